import { describe, expect, test } from 'vitest';
import { findBattery } from '../sim/batteries.ts';
import { energySummary } from './energy-summary.ts';

const battery = findBattery('liion-18650');
const charges = [
  { state: 'board asleep', hours: 239.123456, milliampHours: 95.649382 },
  { state: 'modem searching', hours: 5.074, milliampHours: 304.4 },
];

describe('the energy of a ride', () => {
  test('is told in all, by day and by state', () => {
    const { milliampHours, perDay, byState } = energySummary(charges, { days: 10, battery, coldestC: 20 });
    expect([milliampHours, perDay]).toEqual([400, 40]);
    expect(byState).toEqual([
      { state: 'board asleep', hours: 239.12, milliampHours: 95.65 },
      { state: 'modem searching', hours: 5.07, milliampHours: 304.4 },
    ]);
  });

  test('leaves the battery days, fewer where it was cold: half of 3 Ah at -18 C', () => {
    const daysLeft = (coldestC: number) =>
      energySummary(charges, { days: 10, battery, coldestC }).battery.daysLeft;
    expect(daysLeft(20)).toBe(65);
    expect(daysLeft(-18)).toBe(27.5);
  });

  test('leaves no days of an empty battery, and no figure where nothing is drawn', () => {
    const empty = [{ state: 'board awake', hours: 100, milliampHours: 3500 }];
    expect(energySummary(empty, { days: 4, battery, coldestC: 20 }).battery.daysLeft).toBe(0);
    expect(energySummary([], { days: 4, battery, coldestC: 20 }).battery.daysLeft).toBeNull();
  });
});
