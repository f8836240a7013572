import { expect, test } from 'vitest';
import { AT_LIMIT, MEAN_KINETIC } from './rules.ts';
import { PROBE_1, rule } from './testing/standards.ts';
import { Trip } from './testing/trip.ts';

const HOUR = 60;
const cargo = (tempC: number | null) => ({ [PROBE_1]: tempC });
const window = (kind = MEAN_KINETIC) => new Trip([rule(kind, 8, 24 * 3600, { hysteresisMilliK: 200 })]);

test('a mean that is at the limit is inside, and outside where the limit itself is', () => {
  expect(window().steady(0, 48 * HOUR, 30, cargo(8))).toEqual([]);
  expect(window(MEAN_KINETIC + AT_LIMIT).steady(0, 48 * HOUR, 30, cargo(8))).toEqual([`${3 * HOUR} +0`]);
});

test('cold hours count as well, however cold', () => {
  const trip = window();
  expect(trip.steady(0, 24 * HOUR, 30, cargo(-60))).toEqual([]);
  // At 20 C it decays exp(10000 / 281.15 - 10000 / 293.15) = 4.29 times as fast as at 8 C: 24 h / 4.29 = 5.6 h.
  expect(trip.steady(24 * HOUR + 30, 29 * HOUR + 30, 30, cargo(20))).toEqual([]);
  expect(trip.steady(30 * HOUR, 30 * HOUR, 30, cargo(20))).toEqual([`${30 * HOUR} +0`]);
});

test('what is a window ago counts no more', () => {
  const trip = window();
  expect(trip.steady(0, 6 * HOUR, 30, cargo(10))).toEqual([`${3 * HOUR} +0`]);
  // 6 h of 10 C and 6 h of 5 C have a mean of 7.87 C, half an hour later it is 7.77 C.
  expect(trip.steady(6 * HOUR + 30, 40 * HOUR, 30, cargo(5))).toEqual([`${12.5 * HOUR} -0`]);
  // 24 h of 5 C now. Decay is 0.681 and 1.647 times that of 8 C: 16 h of 5 C and 8 h of 12 C exceed it, not a half hour less.
  expect(trip.steady(40 * HOUR + 30, 47 * HOUR + 30, 30, cargo(12))).toEqual([]);
  expect(trip.steady(48 * HOUR, 48 * HOUR, 30, cargo(12))).toEqual([`${48 * HOUR} +0`]);
});

test('only the hottest place counts, and only between two values', () => {
  const trip = new Trip([rule(MEAN_KINETIC, 8, 24 * 3600, { places: 0b0011_0000 })]);
  for (let minute = 0; minute < 3 * HOUR; minute += 30) expect(trip.read(minute, { 4: 2, 5: 9 })).toEqual([]);
  for (let minute = 3 * HOUR; minute < 6 * HOUR; minute += 30)
    expect(trip.read(minute, { 4: null, 5: null, 6: 30 })).toEqual([]);
  // 2.5 h so far; the half hour up to here has no value at its beginning.
  expect(trip.read(6 * HOUR, { 4: 9, 5: 2 })).toEqual([]);
  expect(trip.read(6 * HOUR + 30, { 4: 9, 5: 2 })).toMatchObject([{ place: PROBE_1, seconds: 10_800 }]);
});
