import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackCounts } from '../../tools/decode/reading.ts';
import { CODE_BIAS, MISSING, OUT_OF_RANGE } from './format.ts';
import { isRowLength, putRow, type Row, takeRow, toCode } from './row.ts';

const value = fc.integer({ min: 0, max: MISSING - 1 });
const code = fc.oneof(value, fc.integer({ min: MISSING, max: MISSING + 31 }));
const row = fc.record({ t: code, h: code, r: code });
const whole = fc.record({ t: value, h: value, r: value });

/** Bytes of payload, and the row that the firmware reads back from them. */
function roundTrip(next: Row, previous: Row | null): { payload: Uint8Array; back: Row } {
  const out = new Uint8Array(16);
  const end = putRow(out, 0, next, previous);
  const payload = out.slice(1, end);
  expect(out[0]).toBe(0x40 + payload.length + 2);
  expect(isRowLength(payload.length)).toBe(true);
  const back = previous === null ? { t: 0, h: 0, r: 0 } : { ...previous };
  takeRow(out, 1, payload.length, back);
  return { payload, back };
}

function counts({ t, h, r }: Row) {
  return [t, h, r].map((each) => (each < MISSING ? { count: each - CODE_BIAS } : { reason: each - MISSING }));
}

const base: Row = { t: CODE_BIAS + 41, h: CODE_BIAS + 120, r: CODE_BIAS + 60 };

function moved(t: number, h: number, r: number): Row {
  return { t: base.t + t, h: base.h + h, r: base.r + r };
}

test.each([
  [1, moved(0, 0, 0)],
  [1, moved(3, 1, -4)],
  [1, moved(-4, -2, 3)],
  [2, moved(4, 0, 0)],
  [2, moved(0, 2, 0)],
  [2, moved(0, 0, 4)],
  [2, moved(-16, 15, -16)],
  [3, moved(16, 0, 0)],
  [3, moved(0, -17, 0)],
  [3, moved(127, -128, 127)],
  [6, moved(128, 0, 0)],
  [6, moved(0, 0, -129)],
  [6, { ...base, h: MISSING + 1 }],
])('%d bytes of payload bring back what was put', (length, next) => {
  const { payload, back } = roundTrip(next, base);
  expect(payload).toHaveLength(length);
  expect(back).toEqual(next);
});

test('the first row of a block, and one behind a missing value, are absolute', () => {
  expect(roundTrip(base, null).payload).toHaveLength(6);
  expect(roundTrip(base, { ...base, r: MISSING }).payload).toHaveLength(6);
});

test('any row behind any other comes back, for the firmware and for the decoder on the host', () => {
  fc.assert(
    fc.property(row, fc.option(row), (next, previous) => {
      const { payload, back } = roundTrip(next, previous);
      expect(back).toEqual(next);
      expect(unpackCounts(payload, previous === null ? undefined : counts(previous))).toEqual(counts(next));
    }),
    { numRuns: 2000 },
  );
});

test('rows that are near to each other come back in every form', () => {
  const delta = fc.integer({ min: -300, max: 300 });
  fc.assert(
    fc.property(whole, delta, delta, delta, (previous, t, h, r) => {
      const next = { t: previous.t + t, h: previous.h + h, r: previous.r + r };
      fc.pre(Object.values(next).every((each) => each >= 0 && each < MISSING));
      expect(roundTrip(next, previous).back).toEqual(next);
    }),
    { numRuns: 2000 },
  );
});

test('a value goes to the nearest step, halves up', () => {
  expect([4149, 4150, 4050, -50, -51, -150].map((milli) => toCode(milli, 100, 0) - CODE_BIAS)).toEqual([
    41, 42, 41, 0, -1, -1,
  ]);
  expect(toCode(100000, 500, 0) - CODE_BIAS).toBe(200);
});

test('a missing value keeps its reason', () => {
  for (let reason = 0; reason < 6; reason++) expect(toCode(null, 100, reason)).toBe(MISSING + reason);
});

test('a value that has no code is missing as out of range, never another value', () => {
  for (const beyond of [4_912_000, -1_638_500, 1e12, -1e12, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(toCode(beyond, 100, 0)).toBe(MISSING + OUT_OF_RANGE);
  }
  expect(toCode(4_911_900, 100, 0)).toBe(MISSING - 1);
  expect(toCode(-1_638_400, 100, 0)).toBe(0);
});
