/**
 * Sensirion SHT40/SHT41/SHT45, temperature and humidity on I2C.
 * Datasheet: Sensirion SHT4x, version 6.5 (2023), tables 7 (timing) and 8 (commands), section 4.6 (conversion).
 */
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { ThermoHygrometer } from '../thermo-hygrometer.ts';
import { type SensirionPart, sensirion } from './sensirion.ts';

/** 0xFD: high precision, 8.3 ms at most. */
const SHT4X: SensirionPart = {
  command: [0xfd],
  conversionMs: 10,
  lowestMilliPct: -6000,
  spanMilliPct: 125000,
};

/** `address`: 0x44 for the parts named -A, 0x45 for -B. */
export function sht4x(bus: I2cBus, address: number, clock: Clock): ThermoHygrometer {
  return sensirion(bus, address, clock, SHT4X);
}
