import { expect, test } from 'vitest';
import { toValues, unpackCounts } from './reading.ts';

const steps = { temperatureMilliC: 100, humidityMilliPercent: 500 };
const zero = [{ count: 0 }, { count: 0 }, { count: 0 }];

test('the four packings are those of docs/journal.md', () => {
  expect(unpackCounts(Uint8Array.of(0b010_01_011), zero)).toEqual([
    { count: 1 },
    { count: -1 },
    { count: -2 },
  ]);
  expect(unpackCounts(Uint8Array.of(0b0_11111_11, 0b110_00001), zero)).toEqual([
    { count: -16 },
    { count: 15 },
    { count: -1 },
  ]);
  expect(unpackCounts(Uint8Array.of(255, 254, 0), zero)).toEqual([
    { count: -128 },
    { count: 127 },
    { count: 0 },
  ]);
  expect(unpackCounts(Uint8Array.of(0x3f, 0xff, 0x40, 0x00, 0xff, 0xe1), undefined)).toEqual([
    { count: -1 },
    { count: 0 },
    { reason: 1 },
  ]);
});

test('deltas against nothing or against a missing value are no reading', () => {
  expect(unpackCounts(Uint8Array.of(0), undefined)).toBeUndefined();
  expect(unpackCounts(Uint8Array.of(0), [{ count: 1 }, { reason: 0 }, { count: 1 }])).toBeUndefined();
});

test('a two-byte packing with its top bit set and other lengths are no reading', () => {
  expect(unpackCounts(Uint8Array.of(0x80, 0), zero)).toBeUndefined();
  for (const length of [0, 4, 5, 7]) expect(unpackCounts(new Uint8Array(length), zero)).toBeUndefined();
});

test('every step count prints as its decimal', () => {
  for (let count = -1000; count <= 1000; count++) {
    const { supplyC, supplyRh } = toValues([{ count }, { count }, { count }], steps);
    expect(String(supplyC)).toBe(String(Number((count * 0.1).toFixed(1))));
    expect(String(supplyRh)).toBe(String(Number((count * 0.5).toFixed(1))));
  }
});

test('a missing channel is null with its reason, known or not', () => {
  expect(toValues([{ reason: 0 }, { reason: 31 }, { count: 41 }], steps)).toEqual({
    supplyC: null,
    supplyRh: null,
    returnC: 4.1,
    reasons: { supplyC: 'not-answering', supplyRh: 'reason-31' },
  });
});
