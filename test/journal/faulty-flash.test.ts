/** Flash that wears out: what read-back finds is given up, recorded, and costs nothing as long as one page is good. */
import { expect, test } from 'vitest';
import { BLOCK_SIZE, HEADER_SIZE, PAGE_SIZE } from '../../firmware/journal/format.ts';
import { JOURNAL_VERIFY } from '../../hal/faults.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { audit } from './testing/audit.ts';
import { readBack } from './testing/read-back.ts';
import { Witness, type WitnessedJournal } from './testing/witness.ts';

interface Life {
  readonly flash: MockFlash;
  readonly witness: Witness;
  journal: WitnessedJournal;
}

function begin(pages: number): Life {
  const flash = mockFlash(pages, PAGE_SIZE);
  const witness = new Witness(flash);
  const journal = witness.boot(300, hostCrypto);
  journal.poweredOn(0, 0);
  return { flash, witness, journal };
}

/** Append readings, now and then across a boot; true when every one was taken. */
function append(life: Life, readings: number): boolean {
  let taken = true;
  for (let i = 0; i < readings; i++) {
    if (i % 40 === 39) life.journal = life.witness.boot(300, hostCrypto);
    const { state } = life.journal.journal;
    const channels = [4000 + ((i * 37) % 900) * 100, 60000, 5000 + (i % 7) * 100] as const;
    taken = life.journal.reading(state.rowClockS + state.intervalS, channels) && taken;
  }
  return taken;
}

function found(flash: MockFlash) {
  return readBack(flash.read(0, flash.cells.length), PAGE_SIZE);
}

function faults(flash: MockFlash): string[] {
  return found(flash)
    .flat()
    .filter(({ content }) => content.startsWith(`FAULT ${JOURNAL_VERIFY} `))
    .map(({ content }) => content);
}

/** All that a ring of `pages` with `bad` in it must do: take every reading, keep it, say what it gave up. */
function livesWith(pages: number, bad: (flash: MockFlash) => void, readings = 1500): Life {
  const life = begin(pages);
  bad(life.flash);
  expect(append(life, readings), 'every reading is taken').toBe(true);
  expect(audit(life.witness, found(life.flash))).toBeNull();
  expect(faults(life.flash).length, 'the fault is recorded').toBeGreaterThan(0);
  return life;
}

test('a page that does not take programs is passed over', () => {
  const { flash } = livesWith(4, ({ defects }) => {
    defects.deadToProgram[2] = true;
  });
  expect(flash.cells.subarray(2 * PAGE_SIZE, 3 * PAGE_SIZE).every((cell) => cell === 255)).toBe(true);
});

test('a page that cannot be erased any more keeps what it holds, and is passed over', () => {
  const life = begin(4);
  expect(append(life, 3500)).toBe(true);
  // The next page may have been erased ahead; the one behind it holds records.
  const worn = (life.journal.journal.ring.page + 2) % 4;
  const bytes = () => life.flash.read(worn * PAGE_SIZE, PAGE_SIZE);
  life.flash.defects.deadToErase[worn] = true;
  const held = bytes();
  expect(append(life, 3500)).toBe(true);
  expect(bytes()).toEqual(held);
  expect(audit(life.witness, found(life.flash))).toBeNull();
  expect(faults(life.flash).length).toBeGreaterThan(0);
});

test('programs and erases that stop working on three pages of four leave one that works', () => {
  livesWith(4, ({ defects }) => {
    for (const page of [1, 2, 3]) {
      defects.deadToProgram[page] = true;
      defects.deadToErase[page] = page === 2;
    }
  });
});

test.each([
  ['in a page header', PAGE_SIZE + 8],
  ['in the first block', PAGE_SIZE + HEADER_SIZE + 5],
  ['in the middle of a block', PAGE_SIZE + 7 * BLOCK_SIZE + 100],
  ['in the last byte of a page', 2 * PAGE_SIZE - 1],
])('a bit that always reads as 0, %s', (_, at) => {
  for (const bit of [1, 16, 128]) {
    livesWith(4, ({ defects }) => {
      defects.stuckAt0[at] = bit;
    });
  }
});

test.each([
  ['in a page header', PAGE_SIZE + 8],
  ['in the middle of a block', PAGE_SIZE + 7 * BLOCK_SIZE + 100],
])('a bit that always reads as 1, %s', (_, at) => {
  livesWith(4, ({ defects }) => {
    defects.stuckAt1[at] = 255;
  });
});

test('bits that stick at 1 all over the ring cost the blocks that they are in and nothing else', () => {
  const random = randomStream(5, 'cells');
  const { flash } = livesWith(3, ({ defects, cells }) => {
    for (let i = 0; i < 12; i++)
      defects.stuckAt1[random.int(HEADER_SIZE, cells.length - 1)] = 1 << random.int(0, 7);
  });
  expect(found(flash).length).toBeGreaterThan(20);
});

test('bits that stick at 0 on all pages but two cost those pages and nothing else', () => {
  const random = randomStream(6, 'cells');
  livesWith(5, ({ defects }) => {
    for (const page of [0, 2, 3]) {
      defects.stuckAt0[page * PAGE_SIZE + random.int(0, PAGE_SIZE - 1)] = 1 << random.int(0, 7);
    }
  });
});

test('many bad pages in a row do not use up the patience of one append', () => {
  livesWith(16, ({ defects }) => {
    for (let page = 1; page < 15; page++) {
      // Headers go in, no block does.
      for (let block = 0; block < 16; block++)
        defects.stuckAt1[page * PAGE_SIZE + block * BLOCK_SIZE + 30] = 255;
    }
  });
});

test('when no page can be written, a reading is refused, without endless tries, and a later one is taken', () => {
  const life = begin(4);
  append(life, 20);
  for (let page = 0; page < 4; page++) life.flash.defects.deadToProgram[page] = true;
  const before = life.flash.counts.erases;
  expect(life.journal.reading(1e6, [4000, 60000, 5000])).toBe(false);
  expect(life.flash.counts.erases - before).toBeLessThanOrEqual(5 * 16);
  expect(append(life, 3)).toBe(false);
  life.journal.fault(20, 0, 1e6);
  life.journal.ack(5);

  for (let page = 0; page < 4; page++) life.flash.defects.deadToProgram[page] = false;
  life.journal = life.witness.boot(300, hostCrypto);
  expect(append(life, 20)).toBe(true);
});

test('an erased ring of which no page can be erased or written refuses every reading', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  for (const page of [0, 1]) {
    flash.defects.deadToErase[page] = true;
    flash.defects.deadToProgram[page] = true;
  }
  const journal = new Witness(flash).boot(300, hostCrypto);
  journal.poweredOn(0, 0);
  expect(journal.reading(0, [4000, 60000, 5000])).toBe(false);
  expect(found(flash)).toEqual([]);
});
