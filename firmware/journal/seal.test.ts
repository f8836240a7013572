import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { BLOCK_SIZE, HEADER_SIZE, PAGE_SIZE, SEAL_SIZE } from './format.ts';
import { sealOf } from './seal.ts';
import { boot, putNoisy, SAMPLING } from './testing/bench.ts';
import { plainPages } from './testing/plain-reader.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);
const NO_SEAL = '00'.repeat(SEAL_SIZE);

/** A page's seal as docs/journal.md gives it, from Node's own HMAC. */
function sealByNode(page: Uint8Array, key: Uint8Array): string {
  const hmac = createHmac('sha256', key);
  for (let at = 0; at < PAGE_SIZE; at += BLOCK_SIZE)
    hmac.update(
      createHash('sha256')
        .update(page.subarray(at, at + BLOCK_SIZE))
        .digest(),
    );
  return hmac.digest('hex').slice(0, 2 * SEAL_SIZE);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const pageOf = (flash: MockFlash, page: number): Uint8Array =>
  flash.cells.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);

/** Live through `laps` pages, and give each as it was when it was full, with the seal of the page before in it. */
function live(
  pages: number,
  count: number,
  deviceKey: Uint8Array | null,
): { full: Uint8Array[]; seals: string[] } {
  const flash = mockFlash(pages, PAGE_SIZE);
  let journal = boot(flash, { deviceKey });
  const full: Uint8Array[] = [];
  const seals: string[] = [];
  for (let i = 0; seals.length < count; i++) {
    const before = journal.ring.page;
    const was = before < 0 ? null : pageOf(flash, before);
    putNoisy(journal, i);
    if (journal.ring.page === before) continue;
    if (was !== null) full.push(was);
    seals.push(hex(plainPages(flash.cells).at(-1)?.seal as Uint8Array));
    journal = boot(flash, { deviceKey });
  }
  return { full, seals };
}

test('each page carries the seal of the one before, whole and as it stays', () => {
  const { full, seals } = live(3, 7, KEY);
  expect(seals[0], 'the first page has none before it').toBe(NO_SEAL);
  expect(seals.slice(1)).toEqual(full.map((page) => sealByNode(page, KEY)));
  expect(new Set(seals).size).toBe(7);
});

test('a ring of two pages is sealed too, though one is erased before the other is full', () => {
  const { full, seals } = live(2, 5, KEY);
  expect(seals.slice(1)).toEqual(full.map((page) => sealByNode(page, KEY)));
});

test('a page that was left for other steps is sealed as it was left', () => {
  const flash = mockFlash(3, PAGE_SIZE);
  putNoisy(boot(flash, { deviceKey: KEY }), 1);
  putNoisy(boot(flash, { deviceKey: KEY, sampling: { ...SAMPLING, tempStep: 10 } }), 1);
  expect(hex(plainPages(flash.cells)[1].seal)).toBe(sealByNode(pageOf(flash, 0), KEY));
});

test('without a device key all seals are zeros', () => {
  expect(live(2, 4, null).seals).toEqual(Array(4).fill(NO_SEAL));
});

test('the seal stands as a byte string behind the header', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  putNoisy(boot(flash, { deviceKey: KEY }), 1);
  expect(flash.cells[HEADER_SIZE]).toBe(0x50);
});

test('any byte of a page that is changed changes its seal, and so does another key', () => {
  const flash = mockFlash(1, PAGE_SIZE);
  const [page] = live(2, 2, KEY).full;
  flash.cells.set(page);
  const seal = hex(sealOf(flash, 0, KEY, mockCrypto));
  expect(seal).toBe(sealByNode(page, KEY));
  const seals = new Set([seal]);
  for (let at = 0; at < PAGE_SIZE; at++) {
    flash.cells[at] ^= 1 << (at & 7);
    seals.add(hex(sealOf(flash, 0, KEY, mockCrypto)));
    flash.cells[at] ^= 1 << (at & 7);
  }
  expect(seals.size).toBe(1 + PAGE_SIZE);
  expect(
    hex(
      sealOf(
        flash,
        0,
        KEY.map((byte, i) => (i === 31 ? byte ^ 1 : byte)),
        mockCrypto,
      ),
    ),
  ).not.toBe(seal);
});

test('blocks that change their places change it too', () => {
  const flash = mockFlash(1, PAGE_SIZE);
  const [page] = live(2, 2, KEY).full;
  flash.cells.set(page);
  flash.cells.set(page.subarray(BLOCK_SIZE, 2 * BLOCK_SIZE), 2 * BLOCK_SIZE);
  flash.cells.set(page.subarray(2 * BLOCK_SIZE, 3 * BLOCK_SIZE), BLOCK_SIZE);
  expect(hex(sealOf(flash, 0, KEY, mockCrypto))).not.toBe(sealByNode(page, KEY));
});

test('a page with a header has its seal, wherever power fails', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash, { deviceKey: KEY });
  let before = flash.snapshot();
  for (let i = 0; journal.ring.page !== 1; i++) {
    before = flash.snapshot();
    putNoisy(journal, i);
  }
  const seal = sealByNode(pageOf(flash, 0), KEY);
  for (let fuel = 0; fuel < SEAL_SIZE + HEADER_SIZE + 3; fuel++) {
    flash.load(before);
    const again = boot(flash, { deviceKey: KEY });
    flash.fuel = fuel;
    expect(() => putNoisy(again, 1)).toThrow('power cut');
    const pages = plainPages(flash.cells);
    if (pages.length === 2) expect(hex(pages[1].seal)).toBe(seal);
    else expect(fuel).toBeLessThan(1 + SEAL_SIZE + HEADER_SIZE);
  }
});
