import { describe, expect, test } from 'vitest';
import type { SimBar } from './corridor.ts';
import { DataBar } from './data-bar.ts';

const RULE: SimBar = {
  kind: 'sim-barred',
  country: 'RU',
  hours: 24,
  idleHours: 72,
  reason: 'data barred',
  mark: 'source',
};

/** The train is in the country from hour 100 to hour 300. */
function barAfter(...joins: number[]): DataBar {
  const bar = new DataBar(RULE, 100, 300);
  for (const hour of joins) bar.joined(hour);
  return bar;
}

describe('data', () => {
  test('is refused for a day from the first registration', () => {
    const bar = barAfter(110, 116, 133);
    expect(bar.refuses(133.9)).toBe(true);
    expect(bar.refuses(134)).toBe(false);
    expect(bar.times()[0]).toEqual({ fromHour: 100, toHour: 134 });
  });

  test('is refused to a SIM that has not registered yet, in this country alone', () => {
    const bar = barAfter();
    expect([99, 100, 200, 299, 300].map((hour) => bar.refuses(hour))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(bar.times()).toEqual([{ fromHour: 100, toHour: 124 }]);
  });

  test('is refused again, for a day, after three days without a registration', () => {
    const bar = barAfter(110, 140, 220);
    expect([200, 212.1, 243.9, 244].map((hour) => bar.refuses(hour))).toEqual([false, true, true, false]);
    expect(bar.times()).toEqual([
      { fromHour: 100, toHour: 134 },
      { fromHour: 212, toHour: 244 },
      { fromHour: 292, toHour: 300 },
    ]);
  });

  test('flows on for a SIM that registers every three days', () => {
    expect(barAfter(110, 182, 254).times()).toEqual([{ fromHour: 100, toHour: 134 }]);
  });
});
