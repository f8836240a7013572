import { describe, expect, test } from 'vitest';
import { JOURNAL_TORN } from '../../hal/faults.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type CutDamage, type FlashSnapshot, type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { BLOCK_SIZE, FIRST_RECORD, HEADER_SIZE, PAGE_SIZE, SEAL_SIZE } from './format.ts';
import { findHead, type Head } from './mount.ts';
import { probePages } from './pages.ts';
import type { Ring } from './ring.ts';
import { boot, copyOf, put, ringWith, SAMPLING, STEADY } from './testing/bench.ts';
import { plainLog } from './testing/plain-log.ts';
import { type PlainRecord, plainPages, plainRecords } from './testing/plain-reader.ts';

function head(flash: MockFlash): Head | null {
  return findHead(flash, probePages(flash, mockCrypto), mockCrypto);
}

/** A ring of readings of seven bytes that is about to do `what` at its next reading. */
function about(pages: number, what: (flash: MockFlash, ring: Ring, before: Before) => boolean): MockFlash {
  const flash = ringWith(pages, 0);
  const journal = boot(flash);
  const { ring } = journal;
  for (let i = 0; i < 5000; i++) {
    const before = { snapshot: flash.snapshot(), page: ring.page, index: ring.index };
    put(journal, i % 2 === 0 ? -300 : 300);
    if (!what(flash, ring, before)) continue;
    flash.load(before.snapshot);
    return copyOf(flash);
  }
  throw new Error('it never comes');
}

interface Before {
  readonly snapshot: FlashSnapshot;
  readonly page: number;
  readonly index: number;
}

const newestPage = (flash: MockFlash): number => plainPages(flash.cells).at(-1)?.page ?? -1;
const newest = (flash: MockFlash): PlainRecord => plainRecords(flash.cells).at(-1) as PlainRecord;

/** What a cut leaves of the cells that are open. */
const LEAVES: Record<string, ((damage: CutDamage) => void) | null> = {
  nothing: null,
  zeros: ({ cells, from, to }) => cells.fill(0, from, to),
  noise: ({ cells, from, to }) => {
    const random = randomStream(from, 'noise');
    for (let at = from; at < to; at++) cells[at] = random.int(0, 255);
  },
  'what was meant, and noise behind it': ({ cells, from, to, intended }) => {
    const random = randomStream(from, 'noise');
    for (let at = from; at < to; at++) cells[at] = random.int(0, 255);
    cells.set(intended, from);
  },
  'noise behind what reads as erased': ({ cells, from, to }) => {
    const random = randomStream(from, 'noise');
    for (let at = from + 1; at < to; at++) cells[at] = random.int(0, 255);
  },
};

/** The flash behind a reading that power failed in after `fuel` bytes; null when it did not fail. */
function cut(before: MockFlash, fuel: number, leaves: keyof typeof LEAVES = 'nothing'): MockFlash | null {
  const flash = copyOf(before);
  const journal = boot(flash);
  flash.afterCut = LEAVES[leaves];
  flash.fuel = fuel;
  let failed = false;
  try {
    put(journal, 1);
  } catch (error) {
    expect(String(error)).toContain('power cut');
    failed = true;
  }
  flash.afterCut = null;
  flash.restore();
  return failed ? flash : null;
}

describe('what there is', () => {
  test('an erased ring has no head', () => {
    expect(head(mockFlash(2, PAGE_SIZE))).toBeNull();
  });

  test('noise has no head', () => {
    const flash = mockFlash(2, PAGE_SIZE);
    LEAVES['noise']?.({
      during: 'erase',
      cells: flash.cells,
      from: 0,
      to: flash.cells.length,
      intended: new Uint8Array(),
    });
    expect(head(flash)).toBeNull();
  });

  test('the newest record is found, and the next one goes behind it', () => {
    const flash = ringWith(3, 1500);
    const { page, index, end, checkAt, seq } = newest(flash);
    const found = head(flash) as Head;
    expect(found).toMatchObject({ page: page.page, index, open: true, torn: 0, nextSeq: seq + 1 });
    expect(found.block?.end).toBe(((end - 1) % BLOCK_SIZE) + 1);
    expect(found.place).toBe(checkAt - page.page * PAGE_SIZE + 1);
    put(boot(flash));
    expect(newest(flash)).toMatchObject({ at: end, checkAt: checkAt + 1, seq: seq + 1 });
  });
});

test.each([2, 3, 16, 160, 384])(
  'a boot scan of %d pages reads ten bytes of each, and at most a page more',
  (pages) => {
    const flash = ringWith(pages, Math.min(pages, 16) * 900);
    const { reads, bytesRead } = { ...flash.counts };
    expect(head(flash)?.open).toBe(true);
    // The newest header, first bytes of blocks, the newest block, its checks in two blocks, and what is behind them.
    expect(flash.counts.reads - reads).toBeLessThanOrEqual(pages + 16);
    expect(flash.counts.bytesRead - bytesRead).toBeLessThanOrEqual(10 * pages + HEADER_SIZE + 5 * BLOCK_SIZE);
  },
);

test('a boot scan behind any power cut reads at most a page more than that', () => {
  for (const before of [about(2, startsBlockAt(3)), about(2, startsPage)])
    for (const fuel of [0, 3, 20, 60, 61, 65, 70, 80])
      for (const leaves of Object.keys(LEAVES)) {
        const flash = cut(before, fuel, leaves);
        if (flash === null) continue;
        const { bytesRead } = flash.counts;
        head(flash);
        expect(flash.counts.bytesRead - bytesRead).toBeLessThanOrEqual(4 * HEADER_SIZE + 2 * PAGE_SIZE);
      }
});

const startsBlockAt =
  (index: number) =>
  (_: MockFlash, ring: Ring): boolean =>
    ring.index === index;

const startsCheckBlock = (flash: MockFlash): boolean => flash.cells[14 * BLOCK_SIZE] === 0x59;

const startsPage = (_: MockFlash, ring: Ring, before: Before): boolean =>
  before.page >= 0 && ring.page !== before.page;

const preparesPage = (flash: MockFlash): boolean => flash.counts.erases > 0;

/** The next reading takes two bytes and a check. */
const inABlock = (): MockFlash => ringWith(2, 30);

describe('what a power cut leaves', () => {
  test('a record without its check: the next block, a place left out, and a number for each byte', () => {
    const before = inABlock();
    const { end, checkAt, seq } = newest(before);
    for (const [fuel, leaves, torn] of [
      [1, 'nothing', 1],
      [2, 'nothing', 2],
      [0, 'zeros', BLOCK_SIZE - end],
      [1, 'zeros', BLOCK_SIZE - end],
    ] as const) {
      const flash = cut(before, fuel, leaves) as MockFlash;
      expect(head(flash)).toMatchObject({ index: 0, open: false, torn, nextSeq: seq + 1 + torn });
      const next = boot(flash);
      const [key, fault] = plainRecords(flash.cells).slice(-2);
      expect(key).toMatchObject({ index: 1, at: BLOCK_SIZE, checkAt: checkAt + 2, seq: seq + 1 + torn });
      expect(fault.item).toEqual([7, JOURNAL_TORN, torn, 0]);
      expect(flash.cells[checkAt + 1], 'no rubbish can take this check for its own').toBe(255);
      expect(boot(flash).state).toEqual(next.state);
    }
  });

  test('a cut before anything was programmed leaves nothing, and nothing is told', () => {
    const before = inABlock();
    const flash = cut(before, 0) as MockFlash;
    expect(flash.cells).toEqual(before.cells);
    expect(head(flash)).toMatchObject({ open: true, torn: 0 });
  });

  test('a check that is not the right one: the checks go on in the block below', () => {
    const before = inABlock();
    const { checkAt, seq } = newest(before);
    const length = 2;
    const flash = cut(before, length, 'zeros') as MockFlash;
    const torn = length + PAGE_SIZE - checkAt - 1;
    expect(head(flash)).toMatchObject({ index: 0, open: false, torn, place: PAGE_SIZE });
    const next = boot(flash);
    const [key, fault] = plainRecords(flash.cells).slice(-2);
    expect(key.index).toBe(1);
    expect(Math.floor(key.checkAt / BLOCK_SIZE)).toBe(14);
    expect(key.seq).toBeGreaterThan(seq + length);
    expect(fault.item).toEqual([7, JOURNAL_TORN, torn, 0]);
    expect(boot(flash).state).toEqual(next.state);
  });

  test('a check that is the right one: the record is whole, and the block goes on behind it', () => {
    const before = inABlock();
    const done = copyOf(before);
    put(boot(done), 1);
    const flash = cut(before, 3, 'zeros');
    expect(flash, 'that is what three bytes are').toBeNull();
    expect(head(done)).toMatchObject({ open: true, torn: 0, nextSeq: newest(before).seq + 2 });
  });

  test('a KEY without its check: the state is that of the block before', () => {
    const before = about(2, startsBlockAt(3));
    const { seq } = newest(before);
    for (const leaves of ['nothing', 'zeros', 'noise'] as const) {
      const flash = cut(before, 9, leaves) as MockFlash;
      const found = head(flash) as Head;
      expect(found).toMatchObject({ index: 3, open: false });
      expect(found.torn).toBeGreaterThanOrEqual(9);
      expect(found.block?.state.nextSeq).toBe(seq + 1);
      const next = boot(flash);
      expect(newest(flash).index).toBe(4);
      expect(boot(flash).state).toEqual(next.state);
    }
  });

  test('a check block without its whole head is never begun again', () => {
    const before = about(2, startsCheckBlock);
    const at = Math.floor((newest(before).checkAt - 1) / BLOCK_SIZE) - 1;
    for (const leaves of ['nothing', 'zeros', 'noise'] as const)
      for (const fuel of leaves === 'nothing' ? [1, 2] : [0, 1, 2]) {
        const flash = cut(before, fuel, leaves) as MockFlash;
        if (fuel > 0) expect(flash.cells[at * BLOCK_SIZE]).toBe(0x59);
        const journal = boot(flash);
        put(journal);
        const { page, index } = newest(before);
        expect(newest(flash), 'it costs one block').toMatchObject({
          page: { page: page.page },
          index: index + 1,
        });
        for (let i = 0; i < 300; i++) expect(put(journal, i % 3)).toBe(true);
        const places = plainRecords(flash.cells).map(({ checkAt }) => Math.floor(checkAt / BLOCK_SIZE));
        expect(places).not.toContain(at);
        expect(boot(flash).state).toEqual(journal.state);
      }
  });

  test('a whole head without a check behind it is used', () => {
    const before = about(2, startsCheckBlock);
    const at = Math.floor((newest(before).checkAt - 1) / BLOCK_SIZE) - 1;
    const flash = cut(before, 3) as MockFlash;
    const journal = boot(flash);
    put(journal);
    expect(Math.floor(newest(flash).checkAt / BLOCK_SIZE)).toBe(at);
  });

  test('a header without a block: the page is gone on with, nothing is erased and nothing torn', () => {
    const before = about(2, startsPage);
    const flash = cut(before, 1 + SEAL_SIZE + HEADER_SIZE) as MockFlash;
    const { seq } = newest(flash);
    const page = newestPage(flash);
    expect(page).not.toBe(newestPage(before));
    expect(head(flash)).toMatchObject({ page, index: -1, open: false, torn: 0, nextSeq: seq + 1 });
    const erases = flash.counts.erases;
    put(boot(flash));
    const [key, reading] = plainRecords(flash.cells).slice(-2);
    expect(key).toMatchObject({ index: 0, at: page * PAGE_SIZE + FIRST_RECORD });
    expect(reading.seq).toBe(seq + 1);
    expect(flash.counts.erases).toBe(erases);
  });

  test('a seal without a header: the page is erased once more and then begun', () => {
    const before = about(2, startsPage);
    for (const fuel of [1, 17, 18, 40, 56])
      for (const leaves of ['nothing', 'zeros', 'noise'] as const) {
        const flash = cut(before, fuel, leaves) as MockFlash;
        expect(newestPage(flash)).toBe(newestPage(before));
        const found = head(flash) as Head;
        expect(found).toMatchObject({ open: true, torn: 0 });
        const next = boot(flash);
        for (let i = 0; i < 20; i++) put(next, i);
        expect(newestPage(flash)).not.toBe(newestPage(before));
        expect(flash.erasesOf[newestPage(flash)]).toBe(before.erasesOf[newestPage(flash)] + 1);
      }
  });

  test('an erase that was cut off is done again, and no number is given twice or left out for it', () => {
    const before = about(2, preparesPage);
    const { nextSeq } = boot(copyOf(before)).state;
    let cuts = 0;
    for (const fuel of [200, 300, 1000, 2500, 4100])
      for (const leaves of ['nothing', 'zeros', 'noise'] as const) {
        const flash = cut(before, fuel, leaves);
        if (flash === null || flash.erasesOf[0] === before.erasesOf[0]) continue;
        cuts++;
        const found = head(flash) as Head;
        expect(found.nextSeq).toBe(newest(flash).seq + 1);
        expect(found.nextSeq).toBeGreaterThanOrEqual(nextSeq);
        const journal = boot(flash);
        for (let i = 0; flash.erasesOf[0] < before.erasesOf[0] + 2; i++) put(journal, i % 3);
        expect(boot(flash).state).toEqual(journal.state);
      }
    expect(cuts).toBeGreaterThan(5);
  });

  test.each([1, 2, 3, 4, 5, 6, 7])(
    'rubbish in block %d whose first byte reads as erased hides nothing',
    (index) => {
      const flash = about(2, startsBlockAt(index));
      flash.program(index * BLOCK_SIZE + 9, new Uint8Array([0x12, 0x34]));
      for (let i = 0; i < 5; i++) {
        const next = boot(flash);
        expect(put(next, i)).toBe(true);
        expect(boot(flash).state).toEqual(next.state);
      }
      expect(newest(flash).index).toBe(index + 1);
    },
  );
});

/** Each record in a line: seq, kind, time, codes. */
function brief(flash: MockFlash): string[] {
  return plainLog(flash.cells).map(({ seq, kind, uptimeS, codes }) => `${seq} ${kind} ${uptimeS} ${codes}`);
}

describe.each([
  ['in a block', inABlock],
  ['at the start of a block', () => about(2, startsBlockAt(3))],
  ['at the start of a check block', () => about(2, startsCheckBlock)],
  ['at the start of a page', () => about(3, startsPage)],
  ['at the erase of the next page', () => about(2, preparesPage)],
])('whatever a cut leaves %s', (_, make) => {
  const before = make();
  const told = brief(before);
  const known = new Set(told);

  test.each(Object.keys(LEAVES))(
    '(%s), all that was there stays, nothing else comes, and the log goes on',
    (leaves) => {
      const whole = copyOf(before);
      put(boot(whole), 1);
      const erasing = whole.counts.erases > 0;
      const stays = new Set(brief(whole));
      const erased = told.filter((entry) => !stays.has(entry));
      for (let fuel = 0, failed = true; failed; fuel += erasing && fuel > 150 ? 97 : 1) {
        const flash = cut(before, fuel, leaves);
        failed = flash !== null;
        if (flash === null) break;
        const journal = boot(flash);
        expect(put(journal, 2)).toBe(true);
        expect(boot(flash).state).toEqual(journal.state);
        const after = brief(flash);
        const last = after.filter((entry) => entry.includes('READING')).at(-1);
        expect(last).toContain(` ${STEADY[0] + 2},`);
        const seqs = after.map((entry) => Number.parseInt(entry, 10));
        expect(new Set(seqs).size).toBe(seqs.length);
        const there = new Set(after);
        const gone = told.filter((entry) => !there.has(entry));
        if (gone.length > 0) expect(gone).toEqual(erased);
        const news = after.filter((entry) => !known.has(entry)).map((entry) => entry.split(' ')[1]);
        expect(news.filter((kind) => kind === 'READING').length).toBeLessThanOrEqual(2);
        expect(['READING', 'FAULT', 'KEPT', 'LOST']).toEqual(expect.arrayContaining(news));
      }
    },
  );
});

describe('what rot leaves', () => {
  test('the numbers of records in a block that has become unreadable are not given again', () => {
    const flash = ringWith(2, 200);
    const before = boot(flash).state.nextSeq;
    const { index } = newest(flash);
    flash.cells[index * BLOCK_SIZE + 3] = 0;
    expect(head(flash)).toMatchObject({ page: 0, index, open: false });
    expect(boot(flash).state.nextSeq).toBeGreaterThanOrEqual(before);
    expect(newest(flash).index).toBe(index + 1);
  });

  test('the numbers of records behind a rotten byte are not given again', () => {
    for (const at of [70, 80, 100, 110]) {
      const flash = ringWith(2, 30);
      const before = boot(flash).state.nextSeq;
      flash.cells[at] ^= 4;
      expect(boot(flash).state.nextSeq).toBeGreaterThanOrEqual(before);
    }
  });

  test('where no block can be read any more, the page headers still tell which numbers are gone', () => {
    const flash = ringWith(2, 1500);
    const before = boot(flash).state.nextSeq;
    for (let at = 0; at < flash.cells.length; at++) if (at % PAGE_SIZE >= HEADER_SIZE) flash.cells[at] = 0x55;
    const found = head(flash);
    expect(found?.block).toBeNull();
    expect(found?.nextSeq).toBeGreaterThanOrEqual(before);
  });

  test('the numbers of records in a page whose header has rotted are not given again', () => {
    const flash = ringWith(3, 2300);
    const page = newestPage(flash);
    expect(page).toBe(1);
    const before = boot(flash).state.nextSeq;
    // Bytes of the sequence, of the CRC, and of the version, which then reads as a later one.
    for (const [at, bit] of [
      [9, 1],
      [38, 64],
      [4, 2],
    ] as const) {
      const rotten = copyOf(flash);
      rotten.cells[PAGE_SIZE + at] ^= bit;
      const found = head(rotten) as Head;
      expect(found).toMatchObject({ page: 0, open: false, torn: PAGE_SIZE });
      expect(found.nextSeq).toBeGreaterThanOrEqual(before);
    }
  });

  test('but a page that was never begun, or holds older records, costs no numbers', () => {
    const flash = ringWith(2, 4200);
    const page = newestPage(flash);
    const behind = (1 - page) * PAGE_SIZE;
    const expected = newest(flash).seq + 1;
    for (const torn of [[behind + 9], [behind], [behind + 40, behind + 5 * BLOCK_SIZE]]) {
      const older = copyOf(flash);
      for (const at of torn) older.cells[at] ^= 0x11;
      expect(head(older)).toMatchObject({ page, torn: 0, nextSeq: expected });
    }
  });
});

test('a page in other steps or channels is not gone on with: the next reading starts one of its own', () => {
  const flash = ringWith(4, 10);
  const finer = { ...SAMPLING, tempStep: 10, humidityStep: 100 };
  const fewer = { ...finer, channels: [1, 17] };
  for (const [n, sampling] of [finer, fewer].entries()) {
    const journal = boot(flash, { sampling });
    expect(head(flash)?.page).toBe(n);
    journal.reading(
      journal.state.rowClockS + 300,
      sampling.channels.map(() => 16_384),
    );
    expect(newestPage(flash)).toBe(n + 1);
    const { tempStep, humidityStep, channels } = sampling;
    expect(plainPages(flash.cells).at(-1)).toMatchObject({
      tempStep,
      humidityStep,
      channels,
      sequence: n + 2,
    });
    expect(journal.state.nextSeq).toBe(12 + n);
  }
});
