import { decode } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { HEADER_SIZE } from '../journal/format.ts';
import { type PageHeader, putHeader } from '../journal/header.ts';
import { plainMessage } from '../journal/testing/plain-message.ts';
import { answerIn, BATCH_HEADER_ROOM, putBatchHeader } from './batch.ts';

const scale = { tempStep: 100, humidityStep: 500, channels: [1, 17, 2] };
const header: PageHeader = { sequence: 7, place: 13 * 65536 + 16, firstSeq: 3000, scale, crc: 0 };

function written(device: string, page: PageHeader): Uint8Array {
  const out = new Uint8Array(BATCH_HEADER_ROOM + 9).fill(0xee);
  const start = putBatchHeader(out, BATCH_HEADER_ROOM, device, page);
  expect(
    out.subarray(BATCH_HEADER_ROOM).every((byte) => byte === 0xee),
    'the blocks are not touched',
  ).toBe(true);
  expect(out.subarray(0, start).every((byte) => byte === 0xee)).toBe(true);
  return out.subarray(start, BATCH_HEADER_ROOM);
}

test('a header item is what docs/journal.md says, for any CBOR decoder', () => {
  expect(decode(written('CRLU1234567', header))).toEqual([
    1,
    'CRLU1234567',
    7,
    13 * 65536 + 16,
    3000,
    100,
    500,
    new Uint8Array([1, 17, 2]),
  ]);
});

test('the longest there is fits its room to the byte', () => {
  const most = { tempStep: 65535, humidityStep: 65535, channels: [1, 17, 2, 18, 3, 4, 5, 6] };
  const page = { sequence: 2 ** 32 - 1, place: 2 ** 32 - 1, firstSeq: 2 ** 32 - 1, scale: most, crc: 0 };
  expect(written('x'.repeat(32), page)).toHaveLength(BATCH_HEADER_ROOM);
});

test('from it the page header and its CRC can be made again', () => {
  const bytes = new Uint8Array(HEADER_SIZE);
  const crc = putHeader(bytes, header.sequence, header.place, header.firstSeq, scale, mockCrypto);
  expect(plainMessage(written('box-7', header)).page.crc).toBe(crc);
});

const text = (...bytes: number[]): string => String.fromCharCode(...bytes);

test.each([
  [0, text(0x82, 1, 0)],
  [23, text(0x82, 1, 23)],
  [300, text(0x82, 1, 0x19, 1, 44)],
  [2 ** 32 - 1, text(0x82, 1, 0x1a, 255, 255, 255, 255)],
])('an answer that all below %d is held is understood', (next, payload) => {
  expect(answerIn(payload)).toEqual({ next, utcS: null });
});

test('an answer may tell the time of the collector', () => {
  // 1,795,262,400 is 2026-11-21T12:00:00Z.
  const payload = text(0x83, 1, 0x19, 1, 44, 0x1a, 0x6b, 0x01, 0x87, 0xc0);
  expect(answerIn(payload)).toEqual({ next: 300, utcS: 1_795_262_400 });
});

test.each([
  ['nothing', ''],
  ['no array', text(1)],
  ['an array of one', text(0x81, 1)],
  ['an array of three that has two', text(0x83, 1, 5)],
  ['an array of four', text(0x84, 1, 5, 5, 5)],
  ['a time that is a text', text(0x83, 1, 5, 0x61, 0x35)],
  ['a time of more than 32 bits', text(0x83, 1, 5, 0x1b, 0, 0, 0, 1, 0, 0, 0, 0)],
  ['a cut time', text(0x83, 1, 5, 0x1a, 0x6b, 0x01)],
  ['another version', text(0x82, 2, 5)],
  ['a number below zero', text(0x82, 1, 0x25)],
  ['a null', text(0x82, 1, 0xf6)],
  ['a text', text(0x82, 1, 0x61, 0x35)],
  ['more than 32 bits', text(0x82, 1, 0x1b, 0, 0, 0, 1, 0, 0, 0, 0)],
  ['something behind the end', text(0x82, 1, 5, 0)],
  ['a cut number', text(0x82, 1, 0x19, 1)],
])('%s is no answer', (_, payload) => {
  expect(answerIn(payload)).toBeNull();
});

test('no bytes at all make an answer of less than nothing, or an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const answer = answerIn(text(...bytes));
      expect(answer === null || (answer.next >= 0 && [0x82, 0x83].includes(bytes[0]))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
