import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE_BIAS, MISSING, OUT_OF_RANGE } from './format.ts';
import {
  basesFor,
  isInteger,
  isRowLength,
  putRow,
  type Row,
  rowBytesEnd,
  takeRow,
  takeRowByte,
  toCode,
} from './row.ts';
import { codesOf, formsOf, largestBase, readingBytes } from './testing/row-model.ts';

function written(row: Row, previous: Row | null): number[] {
  const out = new Uint8Array(20).fill(0xee);
  const end = putRow(out, 1, row, previous, basesFor(row.length));
  expect([out[0], out[end]], 'nothing around it is touched').toEqual([0xee, 0xee]);
  return [...out.subarray(1, end)];
}

/** The row that the firmware makes of the bytes of one that stands behind `previous`. */
function read(bytes: number[], previous: Row): number[] {
  const row = [...previous];
  const bases = basesFor(row.length);
  if (isInteger(bytes[0])) {
    expect(bytes).toHaveLength(1);
    takeRowByte(bytes[0], 1, row, bases);
    return row;
  }
  const length = bytes.length - 1;
  expect(bytes[0]).toBe(0x40 + length);
  expect(isRowLength(length, row.length)).toBe(true);
  takeRow(Uint8Array.from(bytes), 1, length, row, bases);
  return row;
}

function itemOf(bytes: number[]): number | Uint8Array {
  if (bytes[0] >= 0x40) return Uint8Array.from(bytes.slice(1));
  return bytes[0] < 24 ? bytes[0] : -1 - (bytes[0] - 0x20);
}

const hex = (bytes: number[]): string => Buffer.from(bytes).toString('hex').toUpperCase();

const BASE = [CODE_BIAS + 41, CODE_BIAS + 120, CODE_BIAS + 62];
const moved = (...deltas: number[]): number[] => deltas.map((delta, i) => BASE[i % 3] + delta);
const at = (channels: number): number[] => moved(...Array(channels).fill(0));

describe('as docs/journal.md shows it', () => {
  test('a reading that is as the one before is the byte 00', () => {
    expect(hex(written(BASE, BASE))).toBe('00');
  });

  test('each channel lower by 3 is 41 D7', () => {
    expect(hex(written(moved(-3, -3, -3), BASE))).toBe('41D7');
    expect(read([0x41, 0xd7], BASE)).toEqual(moved(-3, -3, -3));
  });

  test('4.1 C, 85 % and 6.2 C at the start of a block are 46 40 29 40 AA 40 3E', () => {
    const row = [toCode(4100, 100, 0), toCode(85_000, 500, 0), toCode(6200, 100, 0)];
    expect(hex(written(row, null))).toBe('46402940AA403E');
  });

  test('an integer that needs more than one byte is no reading', () => {
    expect(isInteger(0x38)).toBe(false);
    expect(isInteger(0x18)).toBe(false);
  });

  test('the bases of two and of three channels are those of the table', () => {
    expect(basesFor(2)).toEqual([6, 16, 256]);
    expect(basesFor(3)).toEqual([3, 6, 40, 256]);
    expect(basesFor(1)).toEqual([48, 256]);
  });
});

test('the integers 0 to 23 and -1 to -24 are the 48 numbers of one byte, and no other byte is a reading', () => {
  const bytes = [...Array(256).keys()].filter(isInteger);
  expect(bytes).toEqual([...Array(24).keys(), ...[...Array(24).keys()].map((i) => 0x20 + i)]);
  const seen = bytes.map((byte) => read([byte], [CODE_BIAS])[0] - CODE_BIAS);
  expect(new Set(seen)).toEqual(new Set([...Array(48).keys()].map((i) => i - 24)));
});

test('a byte is a reading of one, two, three or eight channels when its number has no digit too many', () => {
  const ends = [1, 2, 3, 8].map((n) => rowBytesEnd(basesFor(n), n));
  expect(ends).toEqual([0x20 + 24, 0x20 + 12, 0x20 + 3, 1]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the bases for %d channels are the largest whose numbers fit', (n) => {
  const bases = basesFor(n);
  expect(bases[0]).toBe(Number(largestBase(48n, n)));
  for (let length = 1; length < n; length++)
    expect(bases[length]).toBe(length > 6 ? 0 : Number(largestBase(256n ** BigInt(length), n)));
  expect(bases[n]).toBe(256);
});

/** Rows of n channels on either side of where each form ends: the widest digit that fits, and the one behind it. */
function* edges(n: number): Generator<{ row: number[]; previous: number[] }> {
  const previous = at(n);
  const unzigzag = (digit: number): number => (digit % 2 ? -(digit + 1) / 2 : digit / 2);
  for (const base of basesFor(n).filter((each) => each > 0))
    for (const digit of [0, base - 2, base - 1, base, base + 1].filter((each) => each >= 0))
      for (const only of [-1, 0, n - 1])
        yield {
          row: previous.map((code, i) => (only < 0 || only === i ? code + unzigzag(digit) : code)),
          previous,
        };
}

test.each([1, 2, 3, 8])(
  'a row of %d channels at the edge of every form takes the shortest, and comes back',
  (n) => {
    const lengths = new Set<number>();
    for (const { row, previous } of edges(n)) {
      const bytes = written(row, previous);
      expect(bytes, JSON.stringify(row)).toEqual(readingBytes(row, previous));
      expect(read(bytes, previous)).toEqual(row);
      lengths.add(bytes.length - 1);
    }
    expect([...lengths].sort((a, b) => a - b)).toEqual([...formsOf(n), 2 * n]);
  },
);

const code = fc.oneof(
  fc.integer({ min: 0, max: 65535 }),
  fc.integer({ min: MISSING, max: MISSING + 5 }),
  fc.integer({ min: CODE_BIAS - 3, max: CODE_BIAS + 3 }),
);
const spread = fc.constantFrom(0, 1, 2, 3, 8, 20, 33, 128, 200, 60_000);

test.each([1, 2, 3, 8])(
  'any row of %d channels behind any other is written and read as the format says',
  (n) => {
    const row = fc.array(code, { minLength: n, maxLength: n });
    const wiggle = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n });
    fc.assert(
      fc.property(row, wiggle, spread, (previous, by, width) => {
        const next = previous.map((each, i) =>
          Math.max(0, Math.min(65535, each + Math.round(by[i] * width))),
        );
        const bytes = written(next, previous);
        expect(bytes).toEqual(readingBytes(next, previous));
        expect(read(bytes, previous)).toEqual(next);
        expect(codesOf(itemOf(bytes), previous)).toEqual(next);
      }),
      { numRuns: 1500 },
    );
  },
);

test('any byte string of a length that is a reading is read as the format says, unless it holds a digit too many', () => {
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 3, 8), fc.uint8Array({ minLength: 1, maxLength: 16 }), (n, bytes) => {
      fc.pre(isRowLength(bytes.length, n));
      const row = at(n);
      const isNumber = bytes.length < n;
      const number = bytes.reduce((all, byte) => all * 256n + BigInt(byte), 0n);
      const tooLarge = isNumber && number >= BigInt(basesFor(n)[bytes.length]) ** BigInt(n);
      expect(takeRow(bytes, 0, bytes.length, row, basesFor(n))).toBe(!tooLarge);
      if (!tooLarge) expect(row).toEqual(codesOf(bytes, at(n)));
    }),
    { numRuns: 1500 },
  );
});

test('byte strings of no other length are readings', () => {
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const lengths = [...Array(40).keys()].filter((length) => isRowLength(length, n));
    expect(lengths).toEqual([...new Set([...formsOf(n).slice(1), 2 * n])]);
  }
});

test('a sensor that stays away costs one byte a reading, and what it says when it is back is absolute', () => {
  const missing = [MISSING + 1, MISSING + 1, BASE[2]];
  expect(written(missing, BASE)).toHaveLength(7);
  expect(written(missing, missing)).toEqual([0]);
  expect(written([MISSING + 1, MISSING + 1, BASE[2] + 1], missing)).toHaveLength(1);
  expect(written(BASE, missing)).toHaveLength(7);
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
