import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { PAGE_SIZE } from './format.ts';
import { putHeader } from './header.ts';
import {
  foreignPages,
  isForeign,
  newestPage,
  oldestSeq,
  type PageTable,
  pageAfter,
  pageOf,
  probePages,
  readPageTable,
} from './pages.ts';
import { SAMPLING } from './testing/bench.ts';

const MOST = 2 ** 32;

/** A ring of seven: pages 9 to 11 of the log, a free one, one of a later format, and pages 7 and 8. */
function ring(): MockFlash {
  const flash = mockFlash(7, PAGE_SIZE);
  for (const [page, sequence, firstSeq] of [
    [0, 9, 900],
    [1, 10, 1000],
    [2, 11, 1100],
    [5, 7, 700],
    [6, 8, 800],
  ]) {
    const bytes = new Uint8Array(40);
    putHeader(bytes, sequence, page * 65536 + 7, firstSeq, SAMPLING, mockCrypto);
    flash.program(page * PAGE_SIZE, bytes);
  }
  flash.program(4 * PAGE_SIZE, Buffer.from('8c63435233', 'hex'));
  return flash;
}

function table(): PageTable {
  return readPageTable(ring(), mockCrypto);
}

test('pages are found by what their headers say, whatever their order in the ring', () => {
  expect([...table().sequence]).toEqual([9, 10, 11, 0, 0, 7, 8]);
  expect([MOST, 11, 10, 9, 8, 7].map((below) => newestPage(table().sequence, below))).toEqual([
    2, 1, 0, 6, 5, -1,
  ]);
  expect([0, 6, 7, 8, 9, 10, 11].map((sequence) => pageAfter(table(), sequence))).toEqual([
    5, 5, 6, 0, 1, 2, -1,
  ]);
});

test('a seq is looked for in the newest page that may hold it, and one that is gone in the oldest', () => {
  expect([0, 699, 700, 799, 800, 999, 1000, 1100, 5000].map((seq) => pageOf(table(), seq))).toEqual([
    5, 5, 5, 5, 6, 0, 1, 2, 2,
  ]);
});

test('the oldest seq is that of the oldest page; without a page it is what one says', () => {
  expect(oldestSeq(table(), 4000)).toBe(700);
  const none = readPageTable(mockFlash(3, PAGE_SIZE), mockCrypto);
  expect([
    oldestSeq(none, 4000),
    newestPage(none.sequence, MOST),
    pageAfter(none, 0),
    pageOf(none, 0),
  ]).toEqual([4000, -1, -1, -1]);
});

test('a page of a later format is told from a free one, and is no page of ours', () => {
  expect([0, 1, 2, 3, 4, 5, 6].filter((page) => isForeign(table(), page))).toEqual([4]);
  expect(foreignPages(table())).toBe(1);
});

test('a look at the pages finds the newest, and what is neither erased nor a page of ours', () => {
  const flash = ring();
  expect(probePages(flash, mockCrypto)).toMatchObject({ page: 2, newest: { sequence: 11 }, odd: true });
  flash.cells.fill(255, 4 * PAGE_SIZE, 5 * PAGE_SIZE);
  const found = probePages(flash, mockCrypto);
  expect([...found.sequence]).toEqual([9, 10, 11, 0, 0, 7, 8]);
  expect(found.odd).toBe(false);
  const none = probePages(mockFlash(3, PAGE_SIZE), mockCrypto);
  expect(none).toMatchObject({ page: -1, newest: null, odd: false });
});

test.each([
  ['of the newest page: the one before it is', 2 * PAGE_SIZE + 38, 0x40, 1, [9, 10, 0, 0, 0, 7, 8]],
  ['of another, where its sequence is lower', 9, 0x08, 2, [0, 10, 11, 0, 0, 7, 8]],
  ['of another, where its sequence is now the highest', 6, 0x40, 2, [0, 10, 11, 0, 0, 7, 8]],
])('a header that has rotted is noticed %s', (_, at, bit, newest, sequences) => {
  const flash = ring();
  flash.cells.fill(255, 4 * PAGE_SIZE, 5 * PAGE_SIZE);
  flash.cells[at] ^= bit;
  const found = probePages(flash, mockCrypto);
  expect([...found.sequence]).toEqual(sequences);
  expect(found).toMatchObject({ page: newest, odd: true });
});
