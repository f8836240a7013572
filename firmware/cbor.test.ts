import { decode, Encoder } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ARRAY,
  BYTES,
  cursorOn,
  MAP,
  NEGATIVE,
  putHead,
  putInteger,
  putText,
  readHead,
  readInteger,
  readText,
  skipItem,
  TEXT,
  UNSIGNED,
} from './cbor.ts';

/** Byte strings as they are, without the tag for typed arrays. */
const encoder = new Encoder({ tagUint8Array: false, useRecords: false });
const encode = (value: unknown): Buffer => encoder.encode(value);

const BOUNDARIES = [0, 1, 23, 24, 255, 256, 65535, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const INTEGERS = [...BOUNDARIES, ...BOUNDARIES.map((value) => -1 - value)];
const integer = fc.oneof(fc.constantFrom(...INTEGERS), fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }));

function written(put: (out: Uint8Array) => number): Buffer {
  const out = new Uint8Array(64);
  return Buffer.from(out.subarray(0, put(out)));
}

/** An integer from -2^32 to 2^32 - 1 in shortest form, from RFC 8949 alone: cbor-x writes some of them as doubles. */
function shortest(value: number): Buffer {
  const [major, argument] = value < 0 ? [0x20, -1 - value] : [0, value];
  if (argument < 24) return Buffer.from([major + argument]);
  const width = argument < 256 ? 1 : argument < 65536 ? 2 : 4;
  const bytes = Buffer.alloc(1 + width);
  bytes[0] = major + { 1: 24, 2: 25, 4: 26 }[width];
  bytes.writeUIntBE(argument, 1, width);
  return bytes;
}

test.each(INTEGERS)('%d is written in shortest form, and cbor-x reads the same', (value) => {
  const bytes = written((out) => putInteger(out, 0, value));
  expect(bytes).toEqual(shortest(value));
  expect(Number(decode(bytes))).toBe(value);
});

test('any integer and null come back as they were written, and the cursor stands behind them', () => {
  fc.assert(
    fc.property(fc.array(fc.option(integer), { maxLength: 9 }), (values) => {
      const bytes = written((out) => values.reduce<number>((at, value) => putInteger(out, at, value), 0));
      const cursor = cursorOn(bytes, 0, bytes.length);
      expect(values.map(() => readInteger(cursor))).toEqual(values);
      expect(cursor.at).toBe(bytes.length);
      expect(readInteger(cursor)).toBeUndefined();
    }),
  );
});

test('a longer form than the shortest is read all the same: page headers are of fixed width', () => {
  for (const hex of ['1a00000005', '190005', '1805']) {
    const bytes = Buffer.from(hex, 'hex');
    expect(readInteger(cursorOn(bytes, 0, bytes.length))).toBe(5);
  }
});

test.each([UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP])('a head of major %d keeps its argument', (major) => {
  for (const argument of BOUNDARIES) {
    const bytes = written((out) => putHead(out, 0, major, argument));
    const cursor = cursorOn(bytes, 0, bytes.length);
    expect(readHead(cursor)).toBe(true);
    expect([cursor.major, cursor.argument, cursor.at]).toEqual([major, argument, bytes.length]);
  }
});

test('texts and arrays that the device writes are what cbor-x reads', () => {
  const bytes = written((out) =>
    putText(out, putInteger(out, putHead(out, 0, ARRAY, 2), -70000), 'CRLU-1234567_x'),
  );
  expect(decode(bytes)).toEqual([-70000, 'CRLU-1234567_x']);
});

test('texts that cbor-x writes are what the device reads, of any length', () => {
  for (const length of [0, 1, 23, 24, 255, 256, 3000]) {
    const text = 'x'.repeat(length);
    const bytes = encode(text);
    expect(readText(cursorOn(bytes, 0, bytes.length))).toBe(text);
  }
});

test('what is cut off at any byte is not read', () => {
  for (const [value, read] of [
    [65536, readInteger],
    ['abc', readText],
  ] as const) {
    const bytes = encode(value);
    for (let end = 0; end < bytes.length; end++) expect(read(cursorOn(bytes, 0, end))).toBeUndefined();
  }
});

test('what is no integer and no text is told from them', () => {
  for (const value of [1.5, true, undefined, 'a', [1], { a: 1 }, Buffer.from([1]), 2n ** 40n]) {
    const bytes = encode(value);
    expect(readInteger(cursorOn(bytes, 0, bytes.length))).toBeUndefined();
  }
  expect(readText(cursorOn(encode(5), 0, 1))).toBeUndefined();
});

test('any item of the supported forms is passed over whole', () => {
  const leaf = fc.oneof(
    integer,
    fc.string(),
    fc.constant(null),
    fc.boolean(),
    fc.uint8Array({ maxLength: 40 }),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (item) => {
      const bytes = encode(item);
      const cursor = cursorOn(Buffer.concat([bytes, Buffer.from([7])]), 0, bytes.length + 1);
      expect(skipItem(cursor)).toBe(true);
      expect(readInteger(cursor)).toBe(7);
      expect(skipItem(cursorOn(bytes, 0, bytes.length - 1))).toBe(false);
    }),
  );
});

test('no bytes make a reader run on: it stops at the end that it was given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, cut) => {
      const end = Math.min(cut, bytes.length);
      for (const read of [readHead, readInteger, readText]) {
        const cursor = cursorOn(bytes, 0, end);
        read(cursor);
        expect(cursor.at).toBeLessThanOrEqual(end);
      }
      const cursor = cursorOn(bytes, 0, end);
      if (skipItem(cursor)) expect(cursor.at).toBeLessThanOrEqual(end);
    }),
    { numRuns: 2000 },
  );
});
