import { expect, test } from 'vitest';
import { readingOf } from './reading.ts';

test('probes come with their places, and a missing value stays missing', () => {
  const { probes, door } = readingOf(
    {
      probes: [
        [1, -18_100, 62_500, null],
        [2, null, null, 0],
      ],
      door: 1,
    },
    5,
  );
  expect(door).toBe(1);
  expect(probes).toEqual([
    { place: 1, milliC: -18_100, milliPercent: 62_500, reason: null },
    { place: 2, milliC: null, milliPercent: null, reason: 0 },
  ]);
});

test.each([[{}], [{ probes: 'all' }], [{ probes: [7, null, {}, ['x'], [0, 1], [8, 1], [1.5, 1]] }]])(
  'an answer that is none gives no probe: %j',
  (answer) => {
    expect(readingOf(answer, 0).probes).toEqual([]);
  },
);

test('what is no number is no temperature', () => {
  expect(readingOf({ probes: [[1, '5100', true, 'x']] }, 0).probes[0]).toMatchObject({
    milliC: null,
    milliPercent: null,
  });
});
