import { expect, test } from 'vitest';
import { anchorsOf } from './anchor.ts';

const at = { seq: 9, powerOn: 3, monoS: 500 };

test('an ANCHOR is an anchor with its own bound, and a FIX with a clock one from GNSS within 1 s', () => {
  const position = { latDeg: 52, lonDeg: 13, satellites: 9 };
  expect(
    anchorsOf([
      { ...at, kind: 'ANCHOR', utcS: 4_000_000, source: 3, boundS: 17 },
      { ...at, seq: 10, kind: 'FIX', ...position, utcS: 4_000_001 },
      { ...at, seq: 11, kind: 'FIX', ...position, utcS: null },
      { ...at, seq: 12, kind: 'ACK', acked: 4 },
    ]),
  ).toEqual([
    { ...at, utcS: 4_000_000, source: 3, boundS: 17 },
    { ...at, seq: 10, utcS: 4_000_001, source: 1, boundS: 1 },
  ]);
});

test('a KEPT with a clock is an anchor at its first reading, less certain the longer the power-on had lasted', () => {
  const kept = (monoS: number, utcS: number | null) => {
    const readings = [1, 2].map((i) => ({ seq: i, powerOn: 1, monoS: monoS * i, supplyC: 4, reasons: {} }));
    return { ...at, kind: 'KEPT', latDeg: null, lonDeg: null, readings, utcS } as const;
  };
  // The 480 s of a session, and 5 % of the time since power-on.
  const first = { seq: 1, powerOn: 1, source: 4 };
  expect(anchorsOf([kept(300, 4_000_300)])).toEqual([{ ...first, monoS: 300, utcS: 4_000_300, boundS: 495 }]);
  expect(anchorsOf([kept(86_400, 4_086_400)])).toMatchObject([{ monoS: 86_400, boundS: 4800 }]);
  expect(anchorsOf([kept(300, null)])).toEqual([]);
});
