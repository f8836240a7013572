/**
 * Sensirion SHT40/SHT41/SHT45, temperature and humidity on I2C.
 * Datasheet: Sensirion SHT4x, version 6.5 (2023), tables 7 (timing) and 8 (commands), sections 4.4 (CRC), 4.6 (conversion).
 */
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { Climate, SensorFailure, ThermoHygrometer } from '../thermo-hygrometer.ts';

const MEASURE_HIGH_PRECISION = 0xfd;
/** 8.3 ms at most for high precision, and one more for the interpreter's timer. */
const CONVERSION_MS = 10;
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

function failed(failure: SensorFailure): Climate {
  return { tempMilliC: null, humidityMilliPct: null, failure };
}

function convert(answer: Uint8Array | null): Climate {
  if (answer === null) return failed('no-answer');
  if (answer.length !== 6) return failed('not-ready');
  if (sensirionCrc(answer[0], answer[1]) !== answer[2]) return failed('check');
  if (sensirionCrc(answer[3], answer[4]) !== answer[5]) return failed('check');
  const temperature = (answer[0] << 8) | answer[1];
  const humidity = (answer[3] << 8) | answer[4];
  const humidityMilliPct = Math.round((125000 * humidity) / COUNTS) - 6000;
  return {
    tempMilliC: Math.round((175000 * temperature) / COUNTS) - 45000,
    humidityMilliPct: Math.max(0, Math.min(100000, humidityMilliPct)),
    failure: null,
  };
}

/** `address`: 0x44 for the parts named -A, 0x45 for -B. */
export function sht4x(bus: I2cBus, address: number, clock: Clock): ThermoHygrometer {
  return {
    measure: (done) => {
      const started = bus.write(address, [MEASURE_HIGH_PRECISION]);
      clock.after(CONVERSION_MS, () => {
        done(started ? convert(bus.read(address, 6)) : failed('no-answer'));
      });
    },
  };
}
