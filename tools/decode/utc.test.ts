import { expect, test } from 'vitest';
import { anchorsOf, resolveUtc } from './utc.ts';

const anchor = (powerOn: number, monoS: number, utcS: number) => ({ powerOn, monoS, utcS });
const at = { seq: 9, powerOn: 3, monoS: 500 };

test('the nearest anchor of the same power-on gives the time, in both directions', () => {
  const utc = resolveUtc([anchor(1, 1000, 5_000_010), anchor(1, 0, 4_000_000), anchor(2, 0, 9_000_000)]);
  expect(utc({ powerOn: 1, monoS: 499 })).toBe(4_000_499_000);
  expect(utc({ powerOn: 1, monoS: 501 })).toBe(4_999_511_000);
  expect(utc({ powerOn: 1, monoS: 2000 })).toBe(5_001_010_000);
  expect(utc({ powerOn: 2, monoS: -5 })).toBe(8_999_995_000);
});

test('a power-on without an anchor has no time yet', () => {
  expect(resolveUtc([anchor(1, 0, 4_000_000)])({ powerOn: 2, monoS: 0 })).toBeNull();
});

test('an ANCHOR is an anchor, and so is a FIX with a clock', () => {
  const position = { latDeg: 52, lonDeg: 13, satellites: 9 };
  expect(
    anchorsOf([
      { ...at, kind: 'ANCHOR', utcS: 4_000_000, source: 3, boundS: 2 },
      { ...at, seq: 10, kind: 'FIX', ...position, utcS: 4_000_001 },
      { ...at, seq: 11, kind: 'FIX', ...position, utcS: null },
      { ...at, seq: 12, kind: 'ACK', acked: 4 },
    ]),
  ).toEqual([
    { ...at, utcS: 4_000_000 },
    { ...at, seq: 10, utcS: 4_000_001 },
  ]);
});

test('a KEPT with a clock is an anchor of the power-on of its readings, at the first of them', () => {
  const readings = [1, 2].map((i) => ({ seq: i, powerOn: 1, monoS: 300 * i, supplyC: 4, reasons: {} }));
  const kept = { ...at, kind: 'KEPT', latDeg: null, lonDeg: null, readings } as const;
  expect(anchorsOf([{ ...kept, utcS: 4_000_300 }])).toEqual([
    { seq: 1, powerOn: 1, monoS: 300, utcS: 4_000_300 },
  ]);
  expect(anchorsOf([{ ...kept, utcS: null }])).toEqual([]);
});
