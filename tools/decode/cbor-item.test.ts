import { encode } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemEnd, readArray, readPlain } from './cbor-item.ts';
import { diagnostic } from './diagnostic.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const endOf = (text: string): number | undefined => itemEnd(hex(text), 0, hex(text).length);

test('items end where their last byte does, however deep', () => {
  for (const text of [
    '00',
    '17',
    '18 18',
    '19 0100',
    '1a 00010000',
    '1a ffffffff',
    '20',
    '3a ffffffff',
    'f6',
  ])
    expect(endOf(text), text).toBe(hex(text).length);
  for (const text of [
    '40',
    '41 ff',
    `5900fd${'00'.repeat(253)}`,
    '60',
    '63 435231',
    '80',
    '82 00 00',
    'a1 00 80',
  ])
    expect(endOf(text), text).toBe(hex(text).length);
  expect(endOf(`${'81'.repeat(255)}00`)).toBe(256);
});

test.each([
  ['one of more than 32 bits', '1b 0000000100000000'],
  ['a negative one of more than 32 bits', '3b 0000000100000000'],
  ['a tag', 'c1 00'],
  ['a float', 'fa 00000000'],
  ['true', 'f5'],
  ['undefined', 'f7'],
  ['a text of indefinite length', '7f 6161 ff'],
  ['an array of indefinite length', '9f 00 ff'],
  ['a reserved head', '1c'],
  ['an array that is cut off', '82 00'],
  ['a string that is cut off', '42 00'],
  ['a head that is cut off', '19 01'],
  ['more items than there are numbers', '9b ffffffffffffffff 00'],
])('%s is no item of the journal', (_, text) => {
  expect(endOf(text)).toBeUndefined();
});

test('what another encoder writes is read back', () => {
  const plain = fc.oneof(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.string(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(fc.array(plain), (items) => {
      const bytes = encode(items);
      expect(itemEnd(bytes, 0, bytes.length)).toBe(bytes.length);
      const read = readArray(bytes, 0, bytes.length) ?? [];
      expect(read.map((item) => (item instanceof Uint8Array ? Buffer.from(item) : item))).toEqual(items);
    }),
  );
  expect(readPlain(encode([1, ['a', []]]), 0, 6)).toEqual([1, ['a', []]]);
  expect(readPlain(encode({ a: 1 }), 0, 4)).toBeUndefined();
});

test.each([
  ['1a 000f4240', '1000000'],
  ['39 03e7', '-1000'],
  ['44 01020304', "h'01020304'"],
  ['64 49455446', '"IETF"'],
  ['62 225c', '"\\"\\\\"'],
  ['83 01 82 02 03 82 04 f6', '[1, [2, 3], [4, null]]'],
  ['a2 61 61 01 02 82 02 03', '{"a": 1, 2: [2, 3]}'],
  ['80', '[]'],
  ['a0', '{}'],
])('%s is %s in diagnostic notation', (bytes, text) => {
  expect(diagnostic(hex(bytes), 0)).toBe(text);
});
