import { expect, test } from 'vitest';
import { rcDrift } from './rc-clock.ts';

const boards = Array.from({ length: 500 }, (_, seed) => rcDrift(seed));
const range = (celsius: number): [least: number, most: number] => {
  const drifts = boards.map((driftAt) => driftAt(celsius));
  return [Math.min(...drifts), Math.max(...drifts)];
};

test('a board is off by 0.2 % at most at 25 C', () => {
  const [least, most] = range(25);
  expect(least).toBeGreaterThanOrEqual(-0.002);
  expect(least).toBeLessThan(-0.0019);
  expect(most).toBeLessThanOrEqual(0.002);
  expect(most).toBeGreaterThan(0.0019);
});

test('at -30 C each is slow by 1.4 to 3 %, and no two alike', () => {
  const [least, most] = range(-30);
  expect(least).toBeGreaterThan(-0.03);
  expect(most).toBeLessThan(-0.014);
  expect(new Set(boards.map((driftAt) => driftAt(-30))).size).toBe(boards.length);
});

test('the same seed is the same board', () => {
  expect(rcDrift(7)(-12.5)).toBe(rcDrift(7)(-12.5));
});
