/** The journal that is measured, on the device and on the host that fills its ring beforehand. */
import { type Row, toCode } from '../../../firmware/journal/row.ts';
import { RETURN_TEMP, type Sampling, SUPPLY_HUMIDITY, SUPPLY_TEMP } from '../../../firmware/journal/scale.ts';

/** The raw region of Espruino for Linux. */
export const RAW_FLASH = { address: 0x10030000, pages: 16, pageSize: 4096, erases: 1024 };

export const SAMPLING: Sampling = {
  intervalS: 300,
  tempStep: 100,
  humidityStep: 500,
  channels: [SUPPLY_TEMP, SUPPLY_HUMIDITY, RETURN_TEMP],
};

export const NO_LIMITS = { coldLimitMilliC: null, warmLimitMilliC: null };
export const DEVICE_KEY_BYTE = 1;

const NOT_ANSWERING = 0;

/** Readings in thousandths that mostly take one byte, and two where they take more. */
export function supplyMilliC(reading: number): number {
  return 4100 + 100 * ((reading * 7) % 3);
}

export function humidityMilliPct(reading: number): number {
  return 85000 + 500 * ((reading >> 3) & 1);
}

export function returnMilliC(reading: number): number {
  return 6200 + 100 * ((reading * 5) % 4);
}

/** A reading as the firmware makes it from what the sensors say. */
export function rowOf(supply: number, humidity: number, back: number): Row {
  return [
    toCode(supply, SAMPLING.tempStep, NOT_ANSWERING),
    toCode(humidity, SAMPLING.humidityStep, NOT_ANSWERING),
    toCode(back, SAMPLING.tempStep, NOT_ANSWERING),
  ];
}
