import { expect, test } from 'vitest';
import { decayRate, meanKineticTemp, tempOfRate } from './mkt.ts';

/** To four decimals of a degree. */
const celsius = (tempsC: number[], weights: number[] = tempsC.map(() => 1)) => {
  const milliC = meanKineticTemp(
    tempsC.map((temp) => temp * 1000),
    weights,
  );
  return milliC === null ? null : (milliC / 1000).toFixed(4);
};

test('the mean kinetic temperature of known courses', () => {
  expect(celsius([2, 8])).toBe('5.5364');
  expect(celsius([2, 4, 6, 8, 10])).toBe('6.4773');
  expect(celsius([20, 40], [9, 1])).toBe('25.0576');
  expect(celsius([5, 15], [23, 1])).toBe('5.7635');
});

test('a temperature weighs as much as the time for which it held', () => {
  expect(celsius([20, 20, 40, 20], [3600, 14400, 3600, 14400])).toBe('25.0576');
  expect(celsius([-18, 60], [1, 0])).toBe('-18.0000');
});

test('of nothing there is no mean', () => {
  expect(celsius([])).toBeNull();
  expect(celsius([5], [0])).toBeNull();
});

test('20 K more let the cargo decay about nine times as fast, and the way back gives the temperature', () => {
  // exp(10000 / 293.15 - 10000 / 313.15)
  expect(decayRate(40000, 20000)).toBeCloseTo(8.8344, 4);
  expect(decayRate(20000, 20000)).toBe(1);
  expect(tempOfRate(decayRate(40000, 20000), 20000)).toBeCloseTo(40000, 6);
});
