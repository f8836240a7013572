import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allowedIntervalS,
  type Circumstances,
  intervalFor,
  isRefused,
  longestIntervalS,
} from './interval.ts';

test.each([
  [0, 3600],
  [1, 300],
  [23, 300],
  [24, 900],
  [168, 900],
  [169, 3600],
  [2400, 3600],
])(
  'a trip of %d h has a reading every %d s at least, by the EN 12830 interval table',
  (tripHours, longestS) => {
    expect(longestIntervalS(tripHours)).toBe(longestS);
  },
);

test('a length of trip that is none counts as not planned', () => {
  for (const tripHours of [-1, Number.NaN]) expect(longestIntervalS(tripHours)).toBe(3600);
});

test.each([
  [600, 0, false, 600],
  [3600, 0, false, 3600],
  [300, 12, false, 300],
  [301, 12, true, 300],
  [600, 12, true, 300],
  [900, 72, false, 900],
  [1800, 72, true, 900],
  [3600, 600, false, 3600],
  [60, 12, false, 60],
  [0, 72, true, 900],
  [Number.NaN, 72, true, 900],
])('%d s on a trip of %d h: refused %s, so it is %d s', (configuredS, tripHours, refused, allowedS) => {
  expect(isRefused(configuredS, tripHours)).toBe(refused);
  expect(allowedIntervalS(configuredS, tripHours)).toBe(allowedS);
});

const calm: Circumstances = { configuredS: 600, tripHours: 0, excursionS: 300, disturbed: false, level: 0 };

test.each([
  ['as configured', {}, 600],
  ['denser in an excursion', { disturbed: true }, 300],
  ['not thinner in an excursion', { disturbed: true, configuredS: 120 }, 120],
  [
    '15 min in an alarm that has no interval of its own',
    { disturbed: true, excursionS: 0, configuredS: 3600 },
    900,
  ],
  [
    '15 min in an alarm, however thin the excursion',
    { disturbed: true, excursionS: 1800, configuredS: 3600 },
    900,
  ],
  ['the configured one in an alarm without its own', { disturbed: true, excursionS: 0 }, 600],
  ["the table's where the configured one is refused", { tripHours: 12 }, 300],
  ['as configured on a weak battery', { level: 2 }, 600],
  ["the table's longest near brown-out", { level: 3 }, 3600],
  ["the table's longest near brown-out, on a trip of three days", { level: 3, tripHours: 72 }, 900],
  ["the table's longest near brown-out, on a trip of a day", { level: 3, tripHours: 12 }, 300],
  ['dense in an excursion, near brown-out too', { level: 3, disturbed: true }, 300],
])('%s', (_, changes, seconds) => {
  expect(intervalFor({ ...calm, ...changes })).toBe(seconds);
});

test('no interval in force is beyond the table, and none beyond 15 min while something is wrong', () => {
  const circumstances = fc.record({
    configuredS: fc.integer({ min: 60, max: 3600 }),
    tripHours: fc.integer({ min: 0, max: 2400 }),
    excursionS: fc.oneof(fc.constant(0), fc.integer({ min: 60, max: 3600 })),
    disturbed: fc.boolean(),
    level: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(circumstances, (now) => {
      const { tripHours, disturbed, level, configuredS } = now;
      const seconds = intervalFor(now);
      const tableS = tripHours === 0 || tripHours > 7 * 24 ? 3600 : tripHours < 24 ? 300 : 900;
      expect(seconds).toBeGreaterThanOrEqual(60);
      expect(seconds).toBeLessThanOrEqual(disturbed ? Math.min(900, tableS) : tableS);
      if (disturbed || level < 3) expect(seconds).toBeLessThanOrEqual(configuredS);
    }),
    { numRuns: 2000, seed: 31 },
  );
});
