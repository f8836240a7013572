import { decode } from 'cbor-x';
import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { HEADER_SIZE, PAGE_SIZE } from './format.ts';
import { FOREIGN, type PageHeader, putHeader, readHeader } from './header.ts';

const THREE = { tempStep: 100, humidityStep: 500, channels: [1, 17, 2] };
const EIGHT = { tempStep: 10, humidityStep: 65535, channels: [1, 17, 2, 18, 3, 4, 5, 7] };

function header(sequence: number, place: number, firstSeq: number, scale = THREE): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE).fill(0xee);
  putHeader(bytes, sequence, place, firstSeq, scale, mockCrypto);
  return bytes;
}

/** What is read of a header in page 1 of a ring of two. */
function found(bytes: Uint8Array): PageHeader | null {
  const flash = mockFlash(2, PAGE_SIZE);
  flash.cells.set(bytes, PAGE_SIZE);
  return readHeader(flash, 1, mockCrypto);
}

test('a header is the 40 bytes that docs/journal.md draws', () => {
  const place = 13 * 65536 + 16;
  expect(Buffer.from(header(7, place, 3000)).toString('hex')).toBe(
    [
      '88',
      '63435231',
      '1a00000007',
      '1a000d0010',
      '1a00000bb8',
      '190064',
      '1901f4',
      '480111020000000000',
      '1acc87dead',
    ].join(''),
  );
});

test('any CBOR decoder reads it as eight items', () => {
  const bytes = header(7, 65552, 3000, EIGHT);
  expect(decode(bytes)).toEqual([
    'CR1',
    7,
    65552,
    3000,
    10,
    65535,
    new Uint8Array(EIGHT.channels),
    mockCrypto.crc32(bytes.subarray(0, 35)),
  ]);
});

test.each([
  [1, 0, 0, THREE],
  [255, 65535 * 65536 + 65535, 65536, EIGHT],
  [0xffffffff, 1, 0xfffffffe, { ...THREE, channels: [4] }],
])('page sequence %d, place %d, first seq %d and the scale come back', (sequence, place, firstSeq, scale) => {
  const bytes = header(sequence, place, firstSeq, scale);
  const crc = mockCrypto.crc32(bytes.subarray(0, 35));
  expect(found(bytes)).toEqual({ sequence, place, firstSeq, scale, crc });
  expect(putHeader(bytes, sequence, place, firstSeq, scale, mockCrypto)).toBe(crc);
});

test('no flipped bit goes unnoticed', () => {
  const whole = header(7, 65552, 3000, EIGHT);
  for (let bit = 0; bit < HEADER_SIZE * 8; bit++) {
    const bytes = new Uint8Array(whole);
    bytes[bit >> 3] ^= 1 << (bit & 7);
    const read = found(bytes);
    if (read?.firstSeq !== FOREIGN) expect(read, `bit ${bit}`).toBeNull();
    else expect(bit >> 3, 'only in the digit of the version').toBe(4);
  }
});

test('an erased page and a header cut off at any byte have none', () => {
  const whole = header(7, 65552, 3000);
  for (let end = 0; end < HEADER_SIZE; end++) {
    const bytes = new Uint8Array(HEADER_SIZE).fill(255);
    bytes.set(whole.subarray(0, end));
    expect(found(bytes), `${end} bytes`).toBeNull();
  }
});

test('a page of format 2 to 9 is known as such, whatever its header holds; no record of ours is in it', () => {
  for (const [version, isForeign] of Object.entries({ 2: true, 9: true, 0: false, ':': false, a: false })) {
    const bytes = new Uint8Array(HEADER_SIZE).fill(0x5a);
    bytes.set([0x8c, 0x63, 0x43, 0x52, version.charCodeAt(0)]);
    const read = found(bytes);
    if (isForeign) expect(read).toMatchObject({ sequence: 0, firstSeq: FOREIGN });
    else expect(read, version).toBeNull();
  }
});
