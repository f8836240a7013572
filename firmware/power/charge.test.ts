import { expect, test } from 'vitest';
import { mayCharge } from './charge.ts';

test.each([
  [-40_000, false, false],
  [-1, false, false],
  [0, false, false],
  [999, false, false],
  [1000, true, false],
  [2000, true, false],
  [2001, true, true],
  [20_000, true, true],
  [42_000, true, true],
  [42_001, true, false],
  [45_000, true, false],
  [45_001, false, false],
  [80_000, false, false],
])('at %d thousandths of a degree charging goes on: %s, begins: %s', (milliC, goesOn, begins) => {
  expect(mayCharge(true, milliC)).toBe(goesOn);
  expect(mayCharge(false, milliC)).toBe(begins);
});

test('a cell of unknown temperature is not charged', () => {
  for (const before of [true, false])
    for (const unknown of [null, Number.NaN]) expect(mayCharge(before, unknown)).toBe(false);
});

test('around freezing the charger is not switched to and fro', () => {
  const temperatures = [3000, 1500, 800, 1300, 1900, -100, 1500, 2500, 1400];
  let charging = false;
  const states = temperatures.map((milliC) => {
    charging = mayCharge(charging, milliC);
    return charging;
  });
  expect(states).toEqual([true, true, false, false, false, false, false, true, true]);
});
