import { expect, test } from 'vitest';
import { HOUR_US } from '../sim/kernel.ts';
import { type Delivery, gapsBetween, longestGapHours } from './deliveries.ts';

const at = (hour: number): Delivery => ({ atUs: hour * HOUR_US, next: hour, bytesOnAir: 0 });
const reason = () => ({ where: 'somewhere', reason: 'a hole' });

test('the longest gap counts from departure, between deliveries, and to the end', () => {
  expect(longestGapHours([at(9), at(12)], 13 * HOUR_US)).toBe(9);
  expect(longestGapHours([at(1), at(12)], 13 * HOUR_US)).toBe(11);
  expect(longestGapHours([at(1), at(2)], 30 * HOUR_US)).toBe(28);
  expect(longestGapHours([], 72 * HOUR_US)).toBe(72);
});

test('a ride that never delivered is one gap, and the schedule itself is none', () => {
  expect(gapsBetween([], 72 * HOUR_US, [], reason)).toMatchObject([{ fromHour: 0, toHour: 72 }]);
  expect(gapsBetween([at(4), at(8), at(12)], 13 * HOUR_US, [], reason)).toEqual([]);
});

test('a gap counts the readings that waited in it', () => {
  const stored = [3, 5, 11, 13].map((hour, seq) => ({
    seq,
    sample: { atUs: hour * HOUR_US, supplyMilliC: 0, supplyMilliPct: 0, returnMilliC: null },
  }));
  expect(gapsBetween([at(4), at(12)], 13 * HOUR_US, stored, reason)).toMatchObject([
    { fromHour: 4, toHour: 12, readings: 2, where: 'somewhere' },
  ]);
});
