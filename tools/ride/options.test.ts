import { expect, test } from 'vitest';
import { checkOptions, type RideOptions } from './options.ts';

const options: RideOptions = {
  scenario: 'hanoi-duisburg',
  board: 't-sim7080g-s3',
  seed: 1,
  intervalS: 600,
  climateColumns: {},
  out: 'out',
  powerCutAtHours: [],
};

test('a battery by its name, with its charge or full', () => {
  expect(() => checkOptions({ ...options, battery: 'liion-18650', chargePct: 15 })).not.toThrow();
  expect(() => checkOptions({ ...options, battery: 'lisocl2-d' })).not.toThrow();
});

test('a battery that nobody knows is refused', () => {
  expect(() => checkOptions({ ...options, battery: 'potato' })).toThrow(/potato/);
});

test('a charge without a battery is refused', () => {
  expect(() => checkOptions({ ...options, chargePct: 15 })).toThrow(/--battery/);
});
