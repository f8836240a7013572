import { expect, test } from 'vitest';
import { RETURN, SUPPLY } from '../../hal/probe.ts';
import { isDisturbed } from './judgement.ts';
import { BELOW, CUMULATIVE } from './rules.ts';
import { PROBE_1, rule } from './testing/standards.ts';
import { Trip } from './testing/trip.ts';

const EVERYWHERE = { places: 0xfe };
const cargo = (tempC: number | null) => ({ [PROBE_1]: tempC });

test('without a delay the first reading beyond the limit is the alarm, also the first of all', () => {
  expect(new Trip([rule(0, 8, 0)]).read(0, cargo(8.1))).toEqual([
    {
      rule: 0,
      kind: 0,
      raised: true,
      place: PROBE_1,
      valueMilliC: 8100,
      limitMilliC: 8000,
      seconds: 0,
      degreeMinutes: 0,
      extremeMilliC: 8100,
    },
  ]);
  expect(new Trip([rule(0, 8, 0)]).read(0, cargo(8))).toEqual([]);
  expect(new Trip([rule(BELOW, 2, 0)]).read(0, cargo(2))).toEqual([]);
  expect(new Trip([rule(BELOW, 2, 0)]).read(0, cargo(1.9))).toMatchObject([{ extremeMilliC: 1900 }]);
});

test('time counts where both of its ends are outside, at the excess of the later one', () => {
  const trip = new Trip([rule(0, 8, 3600)]);
  expect(trip.steady(0, 0, 10, cargo(5))).toEqual([]);
  // 2 K for 10 min, 4 K for 40 min; not the way up, nor the one down and up again.
  for (const [minute, tempC] of [
    [10, 9],
    [20, 10],
    [30, 7.8],
    [40, 9],
  ])
    expect(trip.read(minute, cargo(tempC))).toEqual([]);
  expect(trip.steady(50, 80, 10, cargo(12))).toEqual([]);
  expect(trip.read(90, cargo(12))).toMatchObject([
    { seconds: 3600, degreeMinutes: 220, extremeMilliC: 12_000 },
  ]);
  expect(trip.read(100, cargo(7.5))).toMatchObject([{ raised: false, seconds: 3600, extremeMilliC: 12_000 }]);
  expect(trip.read(110, cargo(9))).toEqual([]);
});

test('a missing value neither counts nor ends an event', () => {
  const trip = new Trip([rule(0, 8, 3600)]);
  expect(trip.steady(0, 50, 10, cargo(9))).toEqual([]);
  expect(trip.steady(60, 600, 10, cargo(null))).toEqual([]);
  expect(trip.steady(610, 610, 10, cargo(9))).toEqual([]);
  expect(trip.steady(620, 650, 10, cargo(9))).toEqual(['620 +0']);
  expect(trip.steady(660, 700, 10, cargo(null))).toEqual([]);
  expect(isDisturbed(trip.judgement)).toBe(true);
  expect(trip.steady(710, 710, 10, cargo(7.5))).toEqual(['710 -0']);
});

test('an event belongs to all places of a rule: it goes on while one is outside, and the worst tells', () => {
  const trip = new Trip([rule(0, 8, 1800, EVERYWHERE)]);
  expect(trip.read(0, { [RETURN]: 9, [PROBE_1]: 5 })).toEqual([]);
  expect(trip.read(10, { [RETURN]: 9, [PROBE_1]: 11 })).toEqual([]);
  expect(trip.read(20, { [RETURN]: 5, [PROBE_1]: 9 })).toEqual([]);
  expect(trip.read(30, { [RETURN]: 5, [PROBE_1]: 8.5 })).toMatchObject([
    { place: PROBE_1, valueMilliC: 8500, seconds: 1800, degreeMinutes: 45, extremeMilliC: 11_000 },
  ]);
  // The probe has been outside, and is silent: who knows.
  expect(trip.read(40, { [RETURN]: 5, [PROBE_1]: null })).toEqual([]);
  expect(trip.read(50, { [RETURN]: 5, [PROBE_1]: 7.6 })).toEqual([]);
  expect(trip.read(60, { [RETURN]: 5, [PROBE_1]: 7.5 })).toMatchObject([{ raised: false, place: PROBE_1 }]);
});

test('places that a rule does not name do not matter to it', () => {
  const trip = new Trip([rule(0, 8, 0, { places: 1 << RETURN })]);
  expect(trip.steady(0, 100, 10, { [SUPPLY]: 30, [RETURN]: 5, [PROBE_1]: 30 })).toEqual([]);
});

test('rules do not get in each other’s way', () => {
  const trip = new Trip([rule(0, 8, 600), rule(BELOW, 2, 600), rule(CUMULATIVE, 6, 1200)]);
  expect(trip.steady(0, 10, 10, cargo(9))).toEqual(['10 +0']);
  expect(trip.steady(20, 30, 10, cargo(1))).toEqual(['20 -0', '30 +1']);
  expect(trip.steady(40, 60, 10, cargo(7))).toEqual(['40 -1', '50 +2']);
});

test('it is disturbed from a quarter of the way to an alarm until all are back', () => {
  const trip = new Trip([rule(0, 8, 3600)]);
  const disturbed = (minute: number, tempC: number | null) => {
    trip.read(minute, cargo(tempC));
    return isDisturbed(trip.judgement);
  };
  expect([0, 5, 10, 14].map((minute) => disturbed(minute, 8.1))).toEqual([false, false, false, false]);
  expect(disturbed(15, 8.1)).toBe(true);
  expect(disturbed(20, null)).toBe(true);
  expect(disturbed(25, 5)).toBe(false);
  // The ripple of a machine that is in order.
  for (let minute = 30; minute < 300; minute += 10)
    expect(disturbed(minute, minute % 20 === 0 ? 8.4 : 7.4)).toBe(false);
});

test('it is disturbed at once where nothing is to be waited for, and by a sum only while it grows', () => {
  const trip = new Trip([rule(0, 12, 0), rule(CUMULATIVE, 6, 600)]);
  const disturbed = (minute: number, tempC: number) => {
    trip.read(minute, cargo(tempC));
    return isDisturbed(trip.judgement);
  };
  expect(disturbed(0, 12.1)).toBe(true);
  expect(disturbed(10, 5)).toBe(false);
  expect(disturbed(20, 6.1)).toBe(false);
  expect(disturbed(30, 6.1)).toBe(true);
  expect(disturbed(40, 5)).toBe(false);
  expect(disturbed(50, 6.1)).toBe(true);
});

test('what is beyond the numbers stays at their end', () => {
  const trip = new Trip([rule(CUMULATIVE, -100, 2_592_000)]);
  for (let hour = 0; hour < 2500; hour++) trip.read(hour * 60, cargo(100));
  // 2499 h of 200 K would be 29 988 000 K min.
  expect([...trip.judgement.words].slice(4)).toEqual([4_294_967_295, 65_535]);
  expect(Math.floor(trip.judgement.words[3] / 512)).toBe(8_388_607);
});
