import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixPauseS, STEP_AFTER_CHANGE, searchS, stepAfterFailure, stepAfterFix } from './fix-policy.ts';

const HOUR = 3600;

/** The steps of so many searches in vain, the one before the first of them included. */
function inVain(searches: number): number[] {
  const steps = [0];
  for (let n = 0; n < searches; n++) steps.push(stepAfterFailure(steps[n] as number));
  return steps;
}

test.each([
  [0, 271, 0],
  [5, 271, 0],
  [0, null, 0],
  [2, null, 1],
  [5, null, 1],
  [0, 0, 1],
  [0, 270, 1],
  [1, 270, 2],
  [2, 270, 2],
  [7, 0, 2],
  [3, Number.NaN, 0],
])('at step %d a position %d/100000 degrees from the last one leads to step %d', (step, movedE5, after) => {
  expect(stepAfterFix(step, movedE5)).toBe(after);
});

test('searches in vain count to 7, and then round the four longest pauses', () => {
  expect(inVain(13)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5]);
});

test.each([
  [0, 1],
  [1, 2],
  [2, 4],
  [3, 8],
  [4, 16],
  [5, 16],
  [6, 16],
  [7, 16],
])('at step %d the pause is %d intervals', (step, times) => {
  expect(fixPauseS(HOUR, step, 0)).toBe(times * HOUR);
});

test('a weak battery doubles the pause, and no pause is longer than a day', () => {
  expect(fixPauseS(HOUR, 0, 1)).toBe(2 * HOUR);
  expect(fixPauseS(HOUR, 3, 1)).toBe(16 * HOUR);
  expect(fixPauseS(HOUR, 4, 1)).toBe(24 * HOUR);
  expect(fixPauseS(4 * HOUR, 4, 0)).toBe(24 * HOUR);
  expect(fixPauseS(24 * HOUR, 7, 3)).toBe(24 * HOUR);
});

test('a pause grows with the step and the level, from the interval to a day', () => {
  const asked = fc.tuple(fc.integer({ min: 600, max: 86_400 }), fc.nat({ max: 7 }), fc.nat({ max: 3 }));
  fc.assert(
    fc.property(asked, ([intervalS, step, level]) => {
      const pauseS = fixPauseS(intervalS, step, level);
      expect(pauseS).toBeGreaterThanOrEqual(intervalS);
      expect(pauseS).toBeLessThanOrEqual(86_400);
      expect(fixPauseS(intervalS, step + 1, level)).toBeGreaterThanOrEqual(pauseS);
      expect(fixPauseS(intervalS, step, level + 1)).toBeGreaterThanOrEqual(pauseS);
    }),
    { numRuns: 2000, seed: 41 },
  );
});

test.each([
  [0, null, 90],
  [0, 0, 30],
  [0, 2 * HOUR - 1, 30],
  [0, 2 * HOUR, 90],
  [0, -1, 90],
  [1, HOUR, 30],
  [1, 2 * HOUR, 45],
  [4, HOUR, 30],
])('at step %d, %d s after the last position, a search takes %d s at most', (step, sinceFixS, withinS) => {
  expect(searchS(step, sinceFixS)).toBe(withinS);
});

test('under steel every fourth search is a long one', () => {
  expect(inVain(12).map((step) => searchS(step, null))).toEqual([
    90, 45, 45, 45, 90, 45, 45, 45, 90, 45, 45, 45, 90,
  ]);
});

test('no search is too short for a cold start under open sky, but where the last position was just there', () => {
  for (let step = 0; step < 8; step++) expect(searchS(step, null)).toBeGreaterThanOrEqual(45);
});

test('a day under steel costs less than 2 mAh, where a search of 90 s every hour would cost 18', () => {
  let step = 0;
  let searchedS = 0;
  for (let atS = 0; atS < 24 * HOUR; atS += fixPauseS(HOUR, step, 0)) {
    searchedS += searchS(step, null);
    step = stepAfterFailure(step);
    expect(step).toBeLessThanOrEqual(7);
  }
  // 180 s in vain cost 1.5 mAh.
  expect((searchedS / 180) * 1.5).toBeLessThan(2);
});

test('a change of network, power or door ends the back-off: the next search is due after one interval, and a long one', () => {
  expect(fixPauseS(HOUR, STEP_AFTER_CHANGE, 0)).toBe(HOUR);
  expect(searchS(STEP_AFTER_CHANGE, null)).toBe(90);
});

test('any history keeps the step within its three bits', () => {
  const event = fc.oneof(fc.constant('in vain'), fc.constant(null), fc.integer({ min: 0, max: 1000 }));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let step = 0;
      for (const what of events) {
        step = typeof what === 'string' ? stepAfterFailure(step) : stepAfterFix(step, what);
        expect([0, 1, 2, 3, 4, 5, 6, 7]).toContain(step);
      }
    }),
    { numRuns: 500, seed: 42 },
  );
});
