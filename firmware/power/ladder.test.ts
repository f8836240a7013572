import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coldMillivolts, fixStretch, powerLevel, radioAllowed, uplinkStretch } from './ladder.ts';

const MILD = 15_000;

test.each([
  [4100, 0],
  [3600, 0],
  [3599, 1],
  [3500, 1],
  [3499, 2],
  [3400, 2],
  [3399, 3],
  [3000, 3],
])('a battery at %d mV gives level %d, from full service in one step', (millivolts, level) => {
  expect(powerLevel(0, millivolts, MILD, false)).toBe(level);
});

test.each([
  [3, 3499, 3],
  [3, 3500, 2],
  [2, 3599, 2],
  [2, 3600, 1],
  [1, 3699, 1],
  [1, 3700, 0],
])('level %d is left upwards 100 mV above its limit: at %d mV it is %d', (before, millivolts, level) => {
  expect(powerLevel(before, millivolts, MILD, false)).toBe(level);
});

test('a battery that has been changed brings back one rung a reading', () => {
  const levels = [3];
  for (let reading = 0; reading < 4; reading++)
    levels.push(powerLevel(levels[reading] as number, 4100, MILD, false));
  expect(levels).toEqual([3, 2, 1, 0, 0]);
});

test.each([
  [3650, MILD, 3650],
  [3650, null, 3650],
  [3650, -10_000, 3650],
  [3650, -20_000, 3600],
  [3650, -25_000, 3575],
  [3650, -30_000, 3550],
  [3650, -40_000, 3500],
  [3650, -100_000, 3500],
])('%d mV at %d thousandths of a degree are worth %d mV', (millivolts, milliC, worth) => {
  expect(coldMillivolts(millivolts, milliC)).toBe(worth);
});

test('in the cold the ladder is climbed down earlier: 3.62 V is full service in summer and not at -25 C', () => {
  expect(powerLevel(0, 3620, MILD, false)).toBe(0);
  expect(powerLevel(0, 3620, -25_000, false)).toBe(1);
  expect(powerLevel(0, 3540, -25_000, false)).toBe(2);
  expect(powerLevel(0, 3450, -25_000, false)).toBe(3);
});

test('external power gives full service at once, but not to a battery near brown-out', () => {
  for (const before of [0, 1, 2, 3]) {
    expect(powerLevel(before, 3400, -40_000, true)).toBe(0);
    expect(powerLevel(before, 3399, MILD, true)).toBe(3);
  }
});

test('a gauge that does not answer leaves the level where it is, but for a tracker that is fed from outside', () => {
  for (const before of [0, 1, 2, 3]) {
    expect(powerLevel(before, null, MILD, false)).toBe(before);
    expect(powerLevel(before, Number.NaN, MILD, null)).toBe(before);
    expect(powerLevel(before, null, MILD, true)).toBe(0);
  }
});

test('a level before that is none counts for the nearest one', () => {
  expect(powerLevel(7, 3500, MILD, false)).toBe(2);
  expect(powerLevel(7, null, MILD, false)).toBe(3);
  expect(powerLevel(-1, null, MILD, false)).toBe(0);
  expect(powerLevel(Number.NaN, null, MILD, false)).toBe(0);
});

const level = fc.integer({ min: 0, max: 3 });
const millivolts = fc.option(fc.integer({ min: 2500, max: 4400 }));
const milliC = fc.option(fc.integer({ min: -60_000, max: 60_000 }));

test('a weaker or a colder battery never gives a better level', () => {
  const colder = fc.integer({ min: 0, max: 30_000 });
  const weaker = fc.integer({ min: 0, max: 500 });
  const reading = fc.tuple(
    level,
    fc.integer({ min: 3000, max: 4300 }),
    fc.integer({ min: -30_000, max: 30_000 }),
  );
  fc.assert(
    fc.property(reading, weaker, colder, ([before, volts, degrees], lessVolts, lessDegrees) => {
      const better = powerLevel(before, volts, degrees, false);
      expect(powerLevel(before, volts - lessVolts, degrees, false)).toBeGreaterThanOrEqual(better);
      expect(powerLevel(before, volts, degrees - lessDegrees, false)).toBeGreaterThanOrEqual(better);
    }),
    { numRuns: 2000, seed: 11 },
  );
});

test('on the battery no reading lifts the level by more than a rung, and the level is one of four', () => {
  fc.assert(
    fc.property(
      level,
      millivolts,
      milliC,
      fc.constantFrom(false, null),
      (before, volts, degrees, external) => {
        const after = powerLevel(before, volts, degrees, external);
        expect([0, 1, 2, 3]).toContain(after);
        expect(after).toBeGreaterThanOrEqual(before - 1);
      },
    ),
    { numRuns: 2000, seed: 12 },
  );
});

test('a battery that wavers by less than 100 mV above its lowest does not change the level', () => {
  const reading = fc.integer({ min: 0, max: 99 });
  fc.assert(
    fc.property(fc.integer({ min: 3200, max: 3800 }), fc.array(reading, { minLength: 2 }), (base, wavers) => {
      let current = powerLevel(0, base, MILD, false);
      const levels = [current];
      for (const waver of wavers) {
        current = powerLevel(current, base + waver, MILD, false);
        if (current !== levels.at(-1)) levels.push(current);
      }
      expect(levels).toHaveLength(1);
    }),
    { numRuns: 1000, seed: 13 },
  );
});

test('below full service the pauses double, and below 3.5 V there is no radio', () => {
  expect([0, 1].map(fixStretch)).toEqual([1, 2]);
  expect([0, 1].map(uplinkStretch)).toEqual([1, 2]);
  expect([0, 1, 2, 3].map(radioAllowed)).toEqual([true, true, false, false]);
});
