/**
 * What journal-life.ts does with its journal: all of it follows from the number of the reading, so that the host knows it
 * without being told.
 */
import { CODE_BIAS, MISSING } from '../../../firmware/journal/format.ts';
import type { Row } from '../../../firmware/journal/row.ts';
import { RETURN_TEMP, type Sampling, SUPPLY_HUMIDITY, SUPPLY_TEMP } from '../../../firmware/journal/scale.ts';

export const RING_PAGES = 3;

export const SAMPLING: Sampling = {
  intervalS: 300,
  tempStep: 100,
  humidityStep: 500,
  channels: [SUPPLY_TEMP, SUPPLY_HUMIDITY, RETURN_TEMP],
};

/** Some readings are beyond these, so that there is something to keep when a page is thinned. */
export const LIMITS = { coldLimitMilliC: -8000, warmLimitMilliC: 9000 };

export const DEVICE_KEY_BYTE = 7;

const NOT_READY = 2;

/** Codes of 4.1 C, 85 % and 6.2 C, in most cases one byte or two away from the reading before. */
export function rowAt(reading: number): Row {
  const supply = reading % 97 === 50 ? 95 : 41 + ((reading * reading) % 5);
  const back = reading % 61 === 30 ? MISSING + NOT_READY : CODE_BIAS + 62 + ((reading * 7) % 13);
  return [CODE_BIAS + supply, CODE_BIAS + 170 + (reading % 2), back];
}

export function hasFix(reading: number): boolean {
  return reading % 12 === 5;
}

export function hasSession(reading: number): boolean {
  return reading % 48 === 7;
}

export function hasAck(reading: number): boolean {
  return reading % 30 === 11;
}

export const FIX_AFTER_S = 10;
export const SESSION_AFTER_S = 20;
export const SATELLITES = 8;
const START_UTC_S = 1795282366;

export function latE5At(reading: number): number {
  return 2100000 + reading * 300;
}

export function lonE5At(reading: number): number {
  return 10500000 - reading * 700;
}

/** The time that comes with a position; null with every other one. */
export function utcAt(reading: number): number | null {
  return reading % 24 === 5 ? null : START_UTC_S + reading * SAMPLING.intervalS + FIX_AFTER_S;
}

export function outcomeAt(reading: number): number {
  return reading % 96 === 7 ? 0 : 12;
}

/** The collector falls behind, so that there are readings to thin when the ring is full. */
export function ackAt(reading: number): number {
  return Math.floor(reading / 2);
}
