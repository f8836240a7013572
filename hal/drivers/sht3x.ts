/**
 * Sensirion SHT30/SHT31/SHT35, temperature and humidity on I2C.
 * Datasheet: Sensirion SHT3x-DIS, version 7 (2022), system timing, single shot mode, conversion of signal output.
 */
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { ThermoHygrometer } from '../thermo-hygrometer.ts';
import { type SensirionPart, sensirion } from './sensirion.ts';

/** 0x2400: single shot, high repeatability, 15 ms at most. The clock is not stretched, so a sensor cannot stop the bus. */
const SHT3X: SensirionPart = {
  command: [0x24, 0x00],
  conversionMs: 17,
  lowestMilliPct: 0,
  spanMilliPct: 100000,
};

/** `address`: 0x44 with the ADDR pin low, 0x45 with it high. */
export function sht3x(bus: I2cBus, address: number, clock: Clock): ThermoHygrometer {
  return sensirion(bus, address, clock, SHT3X);
}
