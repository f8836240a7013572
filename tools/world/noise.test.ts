import { expect, test } from 'vitest';
import { randomStream } from '../sim/random.ts';
import { isEuSummerTime } from './local-time.ts';
import { bell, bellNoise, smoothNoise, uniformNoise } from './noise.ts';

const indices = Array.from({ length: 5000 }, (_, index) => index);

test('bell noise has mean 0 and standard deviation 1', () => {
  const random = randomStream(1, 'test');
  const at = bellNoise(1, 'test');
  for (const draws of [indices.map(() => bell(random)), indices.map(at)]) {
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.06);
    expect(Math.abs(variance - 1)).toBeLessThan(0.08);
  }
});

test('uniform noise is the same for an index in any order', () => {
  const at = uniformNoise(5, 'name');
  const forwards = indices.slice(0, 50).map(at);
  expect(indices.slice(0, 50).toReversed().map(at).toReversed()).toEqual(forwards);
  expect(new Set(forwards).size).toBe(50);
});

test('smooth noise neither jumps nor leaves [-1, 1]', () => {
  const at = smoothNoise(2, 'weather', 10);
  const values = indices.map((index) => at(index / 10));
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
  expect(
    Math.max(...values.slice(1).map((value, index) => Math.abs(value - (values[index] as number)))),
  ).toBeLessThan(0.04);
  expect(at(123.4)).toBe(values[1234]);
});

test('EU summer time begins and ends at 01:00 UTC on the last Sundays of March and October', () => {
  expect(isEuSummerTime(Date.UTC(2026, 2, 29, 0, 59))).toBe(false);
  expect(isEuSummerTime(Date.UTC(2026, 2, 29, 1))).toBe(true);
  expect(isEuSummerTime(Date.UTC(2026, 9, 25, 0, 59))).toBe(true);
  expect(isEuSummerTime(Date.UTC(2026, 9, 25, 1))).toBe(false);
});
