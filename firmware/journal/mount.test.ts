import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { BLOCK_SIZE, CODE_BIAS, HEADER_SIZE, PAGE_SIZE } from './format.ts';
import { Journal } from './journal.ts';
import { findHead, readHeaders } from './mount.ts';

function boot(flash: MockFlash, intervalS = 300): Journal {
  const journal = new Journal(flash, mockCrypto, intervalS);
  journal.mount();
  return journal;
}

/** A ring with `readings` in it, five short rows of noise in turn. */
function ring(pages: number, readings: number): MockFlash {
  const flash = mockFlash(pages, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++) put(journal, i);
  return flash;
}

function put(journal: Journal, i: number): boolean {
  const row = { t: CODE_BIAS + 41 + (i % 3), h: CODE_BIAS + 120, r: CODE_BIAS + 60 + ((i * 7) % 20) };
  return journal.reading(journal.state.rowClockS + 300, row);
}

function head(flash: MockFlash) {
  return findHead(flash, readHeaders(flash, mockCrypto), mockCrypto);
}

/** Bytes in front of the newest record's end, in the newest page. */
function programmed(flash: MockFlash, page: number): number {
  let end = PAGE_SIZE;
  while (end > 0 && flash.cells[page * PAGE_SIZE + end - 1] === 255) end--;
  return end;
}

test('an erased ring has no head', () => {
  expect(head(mockFlash(2, PAGE_SIZE))).toBeNull();
});

test('noise has no head', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  for (let at = 0; at < flash.cells.length; at++) flash.cells[at] = (at * 167 + (at >> 3)) & 255;
  expect(head(flash)).toBeNull();
});

test.each([2, 3, 16, 160, 384])(
  'a boot scan of %d pages reads each header once and at most one page more',
  (pages) => {
    const flash = ring(pages, Math.min(pages, 16) * 900);
    const { reads, bytesRead } = { ...flash.counts };
    expect(head(flash)?.open).toBe(true);
    const calls = flash.counts.reads - reads;
    const bytes = flash.counts.bytesRead - bytesRead;
    expect(calls).toBeLessThanOrEqual(pages + BLOCKS + 1);
    expect(bytes).toBeLessThanOrEqual(pages * HEADER_SIZE + BLOCKS + BLOCK_SIZE);
  },
);
const BLOCKS = PAGE_SIZE / BLOCK_SIZE;

test('a page that power left without its first record is the one to go on in', () => {
  const flash = ring(2, 0);
  const journal = boot(flash);
  let started = flash.snapshot();
  for (let i = 0; flash.erasesOf[1] === 0; i++) {
    started = flash.snapshot();
    put(journal, i);
  }
  flash.load(started);
  const lastSeq = journal.state.nextSeq - 1;
  flash.fuel = PAGE_SIZE + HEADER_SIZE;
  expect(() => put(boot(flash), 0)).toThrow('power cut');
  flash.restore();
  expect(head(flash)).toMatchObject({ page: 1, index: -1, open: false, torn: 0, nextSeq: lastSeq });

  const next = boot(flash);
  put(next, 0);
  expect([next.ring.page, next.ring.index]).toEqual([1, 0]);
  expect(flash.erasesOf).toEqual([1, 1]);
});

test('the numbers of records in a block that has become unreadable are not given again', () => {
  const flash = ring(2, 200);
  const before = boot(flash).state.nextSeq;
  const at = Math.floor((programmed(flash, 0) - 1) / BLOCK_SIZE) * BLOCK_SIZE;
  flash.cells[at + 3] = 0;
  expect(head(flash)).toMatchObject({ page: 0, index: at / BLOCK_SIZE, open: false });
  expect(boot(flash).state.nextSeq).toBeGreaterThanOrEqual(before);
});

test('the numbers of records behind a rotten byte are not given again', () => {
  const flash = ring(2, 30);
  const before = boot(flash).state.nextSeq;
  flash.cells[100] = (flash.cells[100] as number) ^ 4;
  expect(boot(flash).state.nextSeq).toBeGreaterThanOrEqual(before);
});

test('where no block can be read any more, the page headers still tell which numbers are gone', () => {
  const flash = ring(2, 1500);
  const before = boot(flash).state.nextSeq;
  for (let at = HEADER_SIZE; at < flash.cells.length; at++)
    if (at % PAGE_SIZE >= HEADER_SIZE) flash.cells[at] = 0x55;
  const found = head(flash);
  expect(found?.block).toBeNull();
  expect(found?.nextSeq).toBeGreaterThanOrEqual(before);
});

test('the numbers of records in a page whose header has rotted are not given again', () => {
  const flash = ring(3, 1500);
  const before = boot(flash).state.nextSeq;
  // Bytes of the sequence, of the CRC, and of the version, which then reads as a later one.
  for (const [at, bit] of [
    [9, 1],
    [24, 64],
    [4, 2],
  ] as const) {
    const rotten = mockFlash(3, PAGE_SIZE);
    rotten.load(flash.snapshot());
    rotten.cells[PAGE_SIZE + at] = (rotten.cells[PAGE_SIZE + at] as number) ^ bit;
    expect(boot(rotten).state.nextSeq).toBeGreaterThanOrEqual(before);
  }
});

test('what an erase that was cut off has left of the oldest page is not taken for newer records', () => {
  const flash = ring(2, 0);
  let last = flash.snapshot();
  for (let i = 0, journal = boot(flash); (flash.erasesOf[0] as number) < 2; i++) {
    last = flash.snapshot();
    put(journal, i);
  }
  for (const fuel of [1, 25, 26, 300, 4000]) {
    flash.load(last);
    const { nextSeq } = boot(flash).state;
    flash.fuel = fuel;
    expect(() => put(boot(flash), 0)).toThrow('power cut');
    flash.restore();
    expect(boot(flash).state.nextSeq).toBe(nextSeq);
  }
});

test('rubbish whose first byte reads as erased is found before it is written on', () => {
  const flash = ring(2, 0);
  const journal = boot(flash);
  while (programmed(flash, 0) < BLOCK_SIZE - 4) put(journal, 1);
  const rubbish = new Uint8Array([0x12, 0x34]);
  flash.program(BLOCK_SIZE + 9, rubbish);
  const seq = journal.state.nextSeq;
  const next = boot(flash);
  for (let i = 0; i < 5; i++) expect(put(next, i)).toBe(true);
  expect(next.ring.index).toBe(2);
  expect(boot(flash).state).toEqual(next.state);
  expect(next.state.nextSeq).toBeGreaterThan(seq);
});

test('a page in other steps is not gone on with: the next reading starts a page of its own', () => {
  const flash = ring(3, 10);
  const headers = readHeaders(flash, mockCrypto);
  expect(headers[0]).toMatchObject({ tempStep: 100, humidityStep: 500 });
  const finer = rescaled(flash);
  const journal = boot(finer);
  put(journal, 0);
  expect(readHeaders(finer, mockCrypto).map((header) => header?.tempStep)).toEqual([10, 100, undefined]);
  expect(journal.state.nextSeq).toBeGreaterThan(0);
});

/** The first page's header with a step of 0.01 C, as a firmware that is set so would have written it. */
function rescaled(flash: MockFlash): MockFlash {
  const bytes = flash.cells;
  bytes[17] = 10;
  const crc = mockCrypto.crc32(bytes.slice(0, 21));
  new DataView(bytes.buffer).setUint32(22, crc);
  return flash;
}
