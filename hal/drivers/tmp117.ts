/**
 * Texas Instruments TMP117, a thermometer of 0.1 C on I2C.
 * Datasheet: TI SNOSD82D (2022), sections 7.3.3 (result), 7.4.3 (one-shot) and 7.6 (registers).
 */
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { Climate, ThermoHygrometer } from '../thermo-hygrometer.ts';
import { failedClimate, i2cFailure } from './failure.ts';

const TEMPERATURE = 0x00; // signed, 7.8125 mC a count
const CONFIGURATION = 0x01;
const DEVICE_ID = 0x0f; // bits 11:0; the others are the revision

const ID = 0x117;
/** MOD 11: one conversion and then shutdown. AVG 00: no averaging, 17.5 ms at most. */
const ONE_SHOT = [CONFIGURATION, 0x0c, 0x00];
const DATA_READY = 0x2000;
const CONVERSION_MS = 20;
/** -256 C: what the result holds from power-up until the first conversion has ended. */
const NOTHING_YET = 0x8000;
/** -55 and 150 C. Beyond the chip does not work, and lines that float read as ones: -0.008 C is 0xFFFF as well. */
const COLDEST = -7040;
const WARMEST = 19200;

function readWord(bus: I2cBus, address: number, register: number): number | null {
  if (!bus.write(address, [register])) return null;
  const answer = bus.read(address, 2);
  return answer === null || answer.length !== 2 ? null : (answer[0] << 8) | answer[1];
}

function readOut(bus: I2cBus, address: number): Climate {
  const configuration = readWord(bus, address, CONFIGURATION);
  if (configuration === null) return failedClimate(i2cFailure(bus));
  // Without the flag the result is an older one, or the chip was reset in between.
  if ((configuration & DATA_READY) === 0) return failedClimate('not-ready');
  const word = readWord(bus, address, TEMPERATURE);
  if (word === null) return failedClimate(i2cFailure(bus));
  if (word === NOTHING_YET) return failedClimate('not-ready');
  const code = word > 0x7fff ? word - 0x10000 : word;
  if (code < COLDEST || code > WARMEST) return failedClimate('range');
  // 7.8125 = 125/16. The shift rounds half up, for Espruino's Math.round takes -0.5 to -1.
  return { tempMilliC: (code * 125 + 8) >> 4, humidityMilliPct: null, failure: null };
}

/** `address`: 0x48 to 0x4B, by the ADD0 pin. The chip has no check digit; its identity is read each time instead. */
export function tmp117(bus: I2cBus, address: number, clock: Clock): ThermoHygrometer {
  return {
    measure: (done) => {
      const id = readWord(bus, address, DEVICE_ID);
      let failure = id === null ? i2cFailure(bus) : null;
      if (id !== null && (id & 0xfff) !== ID) failure = 'check';
      if (failure === null && !bus.write(address, ONE_SHOT)) failure = i2cFailure(bus);
      clock.after(CONVERSION_MS, () => {
        done(failure === null ? readOut(bus, address) : failedClimate(failure));
      });
    },
  };
}
