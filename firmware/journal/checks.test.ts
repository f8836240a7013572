import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { randomStream } from '../../tools/sim/random.ts';
import {
  beginChecks,
  checkOf,
  ERASED,
  endOfBlock,
  NO_CHECKS,
  placeAfter,
  readChecks,
  rubbish,
} from './checks.ts';
import { BLOCK_SIZE, CHECK_BLOCK_HEAD, LONGEST_RECORD, PAGE_SIZE } from './format.ts';
import { plainCheck } from './testing/plain-reader.ts';

const HEAD = CHECK_BLOCK_HEAD.length;
const LAST_BLOCK = PAGE_SIZE - BLOCK_SIZE;

function noise(length: number, seed: number): Uint8Array {
  const random = randomStream(seed, 'noise');
  return Uint8Array.from({ length }, () => random.int(0, 255));
}

test('a check is the one of docs/journal.md, and never that of an erased byte', () => {
  const seen = new Set<number>();
  for (let i = 0; i < 3000; i++) {
    const bytes = noise(200, i);
    const salt = (i * 2654435761) >>> 0;
    const check = checkOf(bytes, 20, 90, salt, mockCrypto);
    expect(check).toBe(plainCheck(bytes, 20, 90, salt));
    seen.add(check);
  }
  expect(seen.has(ERASED)).toBe(false);
  expect(seen.size, 'and every other value is one').toBe(255);
});

test('the check covers the block from its KEY to the end of the record, and the page', () => {
  const bytes = noise(100, 1);
  const check = checkOf(bytes, 10, 60, 7, mockCrypto);
  const outside = Uint8Array.from(bytes, (byte, i) => (i < 10 || i >= 60 ? byte ^ 255 : byte));
  expect(checkOf(outside, 10, 60, 7, mockCrypto)).toBe(check);
  expect(checkOf(bytes, 10, 60, 7 ^ 0x80, mockCrypto)).not.toBe(check);
});

test('any single bit that flips in a record of up to 133 bytes changes its check', () => {
  const LENGTH = 133;
  const before = 24;
  const blank = new Uint8Array(before + LENGTH);
  // CRC-32 is linear: what a flipped bit changes of it depends on the bit's distance from the end alone.
  const crcOfBlank = mockCrypto.crc32(blank);
  for (let bit = 0; bit < LENGTH * 8; bit++) {
    const bytes = new Uint8Array(blank);
    bytes[before + (bit >> 3)] = 1 << (bit & 7);
    const change = mockCrypto.crc32(bytes) ^ crcOfBlank;
    const folded = ((change >>> 7) ^ (change >>> 18)) & 255;
    // 0 would leave the check as it was; 255 would swap FF, which is written as 00, with 00.
    expect([0, 255], `bit ${bit}, ${LENGTH - (bit >> 3)} bytes from the end`).not.toContain(folded);
  }
  expect(LONGEST_RECORD).toBeLessThanOrEqual(LENGTH);
});

test('and so it does in real bytes, whatever stands before them', () => {
  for (let seed = 0; seed < 8; seed++) {
    const bytes = noise(BLOCK_SIZE, seed);
    const check = checkOf(bytes, 0, BLOCK_SIZE, seed, mockCrypto);
    for (let bit = (BLOCK_SIZE - LONGEST_RECORD) * 8; bit < BLOCK_SIZE * 8; bit++) {
      bytes[bit >> 3] ^= 1 << (bit & 7);
      expect(checkOf(bytes, 0, BLOCK_SIZE, seed, mockCrypto), `bit ${bit}`).not.toBe(check);
      bytes[bit >> 3] ^= 1 << (bit & 7);
    }
  }
});

test('places run up a block and then go on in the block below, behind its head', () => {
  const first = LAST_BLOCK + HEAD;
  expect(placeAfter(first, 0)).toBe(first);
  expect(placeAfter(first, 252)).toBe(PAGE_SIZE - 1);
  expect(placeAfter(first, 253), 'at the end of the block').toBe(PAGE_SIZE);
  expect(placeAfter(first, 254)).toBe(LAST_BLOCK - BLOCK_SIZE + HEAD + 1);
  expect(placeAfter(PAGE_SIZE, 1)).toBe(LAST_BLOCK - BLOCK_SIZE + HEAD + 1);
  expect(endOfBlock(first)).toBe(PAGE_SIZE);
  expect(endOfBlock(PAGE_SIZE - 1)).toBe(PAGE_SIZE);
  expect(endOfBlock(PAGE_SIZE)).toBe(PAGE_SIZE);
  expect(endOfBlock(LAST_BLOCK), 'that of the block below').toBe(LAST_BLOCK);
});

test('the first check of a page goes into the last block', () => {
  expect(NO_CHECKS % BLOCK_SIZE).toBe(0);
  expect(placeAfter(NO_CHECKS, 1)).toBe(LAST_BLOCK + HEAD + 1);
});

test('the checks of a block are read over the end of a check block into the one below', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const [upper, lower] = [PAGE_SIZE + LAST_BLOCK, PAGE_SIZE + LAST_BLOCK - BLOCK_SIZE];
  flash.cells.set(noise(BLOCK_SIZE, 5), upper);
  flash.cells[upper + BLOCK_SIZE - 1] = 0x21;
  flash.cells.set([...CHECK_BLOCK_HEAD, 0x31, 0x32], lower);
  const place = PAGE_SIZE - 2;
  const checks = readChecks(flash, 1, place);
  expect([...checks.subarray(0, 5)]).toEqual([flash.cells[upper + BLOCK_SIZE - 2], 0x21, 0x31, 0x32, ERASED]);
  for (const count of [0, 1, 3, 4])
    expect(flash.cells[PAGE_SIZE + placeAfter(place, count)]).toBe(checks[count]);
});

test('they end at the end of their block where none follow below', () => {
  const flash = mockFlash(1, PAGE_SIZE);
  const last = PAGE_SIZE - 1;
  expect([...readChecks(flash, 0, last)]).toEqual([ERASED]);
  flash.cells[last] = 0x11;
  expect([...readChecks(flash, 0, last)], 'the block below is not one of checks').toEqual([0x11]);
  flash.cells[BLOCK_SIZE - 1] = 0x12;
  expect([...readChecks(flash, 0, BLOCK_SIZE - 1)], 'there is no block below').toEqual([0x12]);
});

test('an erased block becomes one for checks, and one without a check is taken as it is', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  expect(beginChecks(flash, 1, LAST_BLOCK)).toBe(LAST_BLOCK + HEAD);
  const at = PAGE_SIZE + LAST_BLOCK;
  expect([...flash.cells.subarray(at, at + 4)]).toEqual([...CHECK_BLOCK_HEAD, ERASED]);
  const programs = flash.counts.programs;
  expect(beginChecks(flash, 1, LAST_BLOCK)).toBe(LAST_BLOCK + HEAD);
  expect(flash.counts.programs, 'nothing is programmed twice').toBe(programs);
});

test.each([
  ['holds a byte far behind its head', [200], true],
  ['holds a byte right behind its head', [HEAD], true],
  ['holds a byte at its end', [BLOCK_SIZE - 1], false],
  ['has a head that power has cut off', [0], false],
  ['has a last byte of a head', [HEAD - 1], false],
])('a block that %s is left alone', (_, dirty, hasHead) => {
  const flash = mockFlash(1, PAGE_SIZE);
  if (hasHead) flash.program(LAST_BLOCK, new Uint8Array(CHECK_BLOCK_HEAD));
  for (const offset of dirty) flash.program(LAST_BLOCK + offset, new Uint8Array([0x59]));
  const { cells } = flash.snapshot();
  expect(beginChecks(flash, 0, LAST_BLOCK)).toBe(0);
  expect(flash.cells).toEqual(cells);
});

test('a block that does not take its head is not used', () => {
  const flash = mockFlash(1, PAGE_SIZE);
  flash.defects.stuckAt1[LAST_BLOCK + 1] = 1;
  expect(beginChecks(flash, 0, LAST_BLOCK)).toBe(0);
});

test('rubbish is counted to its last byte', () => {
  const flash = mockFlash(1, PAGE_SIZE);
  expect(rubbish(flash.read(0, BLOCK_SIZE), 0)).toBe(0);
  flash.cells[9] = 0;
  expect(rubbish(flash.read(0, BLOCK_SIZE), 4)).toBe(6);
  expect(rubbish(flash.read(0, BLOCK_SIZE), 10)).toBe(0);
});
