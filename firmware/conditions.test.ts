import { expect, test } from 'vitest';
import { changesPlace, isMasked, isWorthTelling } from './conditions.ts';

test('all but a compressor that starts or stops is worth telling', () => {
  for (let bit = 1; bit < 512; bit *= 2) {
    expect(isWorthTelling(0, bit)).toBe(bit !== 64);
    expect(isWorthTelling(511, 511 - bit)).toBe(bit !== 64);
  }
  expect(isWorthTelling(64, 128)).toBe(true);
});

test('power from outside and doors tell that somebody was at the container', () => {
  for (let bit = 1; bit < 512; bit *= 2) expect(changesPlace(96, 96 ^ bit)).toBe(bit === 4 || bit === 16);
});

test('an open door and a defrost mask what is measured', () => {
  for (let bit = 1; bit < 512; bit *= 2) expect(isMasked(bit)).toBe(bit === 16 || bit === 128);
});
