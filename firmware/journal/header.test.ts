import { decode } from 'cbor-x';
import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { readPageHeader } from '../../tools/decode/page-header.ts';
import { HEADER_SIZE } from './format.ts';
import { FOREIGN_PAGE, putHeader, readHeader } from './header.ts';

function header(sequence: number, firstSeq: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE);
  putHeader(bytes, sequence, firstSeq, 100, 500, mockCrypto);
  return bytes;
}

test.each([
  [1, 0],
  [255, 65536],
  [0xffffffff, 0xfffffffe],
])(
  'a header with page sequence %d and first seq %d comes back, here and on the host',
  (sequence, firstSeq) => {
    const bytes = header(sequence, firstSeq);
    const read = readHeader(bytes, mockCrypto);
    expect(read).toMatchObject({ sequence, firstSeq, tempStep: 100, humidityStep: 500 });
    expect(readPageHeader(bytes, 0)).toEqual({
      sequence,
      firstSeq,
      steps: { temperatureMilliC: 100, humidityMilliPercent: 500 },
      crc: read?.crc,
    });
  },
);

test('any CBOR decoder reads it as six items', () => {
  const bytes = header(7, 3000);
  expect(decode(bytes)).toEqual(['CR1', 7, 3000, 100, 500, readHeader(bytes, mockCrypto)?.crc]);
});

test('no flipped bit goes unnoticed', () => {
  const whole = header(7, 3000);
  for (let bit = 0; bit < HEADER_SIZE * 8; bit++) {
    const bytes = new Uint8Array(whole);
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
    const found = readHeader(bytes, mockCrypto);
    if (found !== FOREIGN_PAGE) expect(found, `bit ${bit}`).toBeNull();
    else expect(bit >> 3, 'only in the digit of the version').toBe(4);
  }
});

test('an erased page and a header cut off at any byte have none', () => {
  const whole = header(7, 3000);
  for (let end = 0; end < HEADER_SIZE; end++) {
    const bytes = new Uint8Array(HEADER_SIZE).fill(255);
    bytes.set(whole.subarray(0, end));
    expect(readHeader(bytes, mockCrypto), `${end} bytes`).toBeNull();
  }
});

test('a page of a later format is known as such, and is older than all of ours', () => {
  for (const version of ['2', '9']) {
    const bytes = header(7, 3000);
    bytes[4] = version.charCodeAt(0);
    expect(readHeader(bytes, mockCrypto)).toBe(FOREIGN_PAGE);
  }
  for (const version of ['0', ':', 'a']) {
    const bytes = header(7, 3000);
    bytes[4] = version.charCodeAt(0);
    expect(readHeader(bytes, mockCrypto)).toBeNull();
  }
  expect(FOREIGN_PAGE.sequence).toBe(0);
});
