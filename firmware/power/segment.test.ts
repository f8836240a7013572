import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentS } from './segment.ts';

/** The segments in which a pause is slept. */
function segments(pauseS: number): number[] {
  const slept: number[] = [];
  for (let leftS = pauseS; leftS > 0 && slept.length < 1000; leftS -= slept.at(-1) as number)
    slept.push(segmentS(leftS));
  return slept;
}

test('a night of 12 hours is 21 segments of 35 minutes at most', () => {
  const slept = segments(43_200);
  expect(slept).toHaveLength(21);
  expect(slept.slice(0, 20)).toEqual(Array(20).fill(2100));
  expect(slept[20]).toBe(1200);
});

test.each([
  [600, [600]],
  [2100, [2100]],
  [2101, [2100, 1]],
  [2100.5, [2099.5, 1]],
  [4200, [2100, 2100]],
])('a pause of %d s is slept as %j', (pauseS, slept) => {
  expect(segments(pauseS)).toEqual(slept);
});

test.each([0, -1, -1e9, 0.25, Number.NaN])('a pause of %d s is a second of sleep', (pauseS) => {
  expect(segmentS(pauseS)).toBe(1);
});

test('a pause without an end is slept in the longest segments', () => {
  expect(segmentS(Number.POSITIVE_INFINITY)).toBe(2100);
});

test('any pause is slept to its end, in segments that deep sleep takes', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 200_000, noNaN: true }), (pauseS) => {
      const slept = segments(pauseS);
      for (const segment of slept) {
        expect(segment).toBeGreaterThanOrEqual(1);
        expect(segment).toBeLessThanOrEqual(2100);
      }
      expect(slept.length).toBeLessThanOrEqual(Math.ceil(pauseS / 2100) + 1);
      const sum = slept.reduce((total, segment) => total + segment, 0);
      expect(sum).toBeGreaterThan(pauseS - 0.001);
      expect(sum).toBeLessThan(pauseS + 1.001);
    }),
    { numRuns: 500, seed: 21 },
  );
});
