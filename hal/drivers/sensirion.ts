/**
 * What Sensirion's SHT3x and SHT4x have in common: a command, a conversion, six bytes of answer, and how they are checked
 * and converted. Datasheets: SHT3x-DIS version 7 (2022) and SHT4x version 6.5 (2023), in each the sections on checksum and
 * conversion of signal output.
 *
 *     T high . T low . CRC . RH high . RH low . CRC
 */
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { Climate, ThermoHygrometer } from '../thermo-hygrometer.ts';
import { failedClimate, i2cFailure } from './failure.ts';

export interface SensirionPart {
  /** Starts one conversion of temperature and humidity. */
  readonly command: readonly number[];
  /** At most, and one more for the interpreter's timer. */
  readonly conversionMs: number;
  /** Thousandths of a percent at code 0, and from there to code 65535. */
  readonly lowestMilliPct: number;
  readonly spanMilliPct: number;
}

const COUNTS = 65535;

/** CRC-8 of a two-byte word: polynomial 0x31, start 0xFF, not reflected. */
export function sensirionCrc(high: number, low: number): number {
  let crc = 0xff;
  for (const byte of [high, low]) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x31) & 0xff : crc << 1;
  }
  return crc;
}

function convert(answer: Uint8Array, part: SensirionPart): Climate {
  if (answer.length !== 6) return failedClimate('not-ready');
  if (sensirionCrc(answer[0], answer[1]) !== answer[2]) return failedClimate('check');
  if (sensirionCrc(answer[3], answer[4]) !== answer[5]) return failedClimate('check');
  const temperature = (answer[0] << 8) | answer[1];
  const humidity = (answer[3] << 8) | answer[4];
  const humidityMilliPct = Math.round((part.spanMilliPct * humidity) / COUNTS) + part.lowestMilliPct;
  return {
    tempMilliC: Math.round((175000 * temperature) / COUNTS) - 45000,
    humidityMilliPct: Math.max(0, Math.min(100000, humidityMilliPct)),
    failure: null,
  };
}

function readOut(bus: I2cBus, address: number, part: SensirionPart): Climate {
  const answer = bus.read(address, 6);
  return answer === null ? failedClimate(i2cFailure(bus)) : convert(answer, part);
}

export function sensirion(bus: I2cBus, address: number, clock: Clock, part: SensirionPart): ThermoHygrometer {
  return {
    measure: (done) => {
      const failure = bus.write(address, part.command) ? null : i2cFailure(bus);
      clock.after(part.conversionMs, () => {
        done(failure === null ? readOut(bus, address, part) : failedClimate(failure));
      });
    },
  };
}
