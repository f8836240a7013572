import { Encoder } from 'cbor-x';
import { describe, expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { BLOCK_SIZE, CODE_BIAS, FIRST_RECORD, INTERVAL, MISSING, PAGE_SIZE } from './format.ts';
import { type PageHeader, readHeader } from './header.ts';
import type { JournalState } from './state.ts';
import { boot, copyOf, put, SAMPLING, STEADY } from './testing/bench.ts';
import { type PlainRecord, plainCheck, plainRecords } from './testing/plain-reader.ts';
import { type Block, walkBlock } from './walk.ts';

/** A page whose block 0 holds every kind of record, and what the writer knew behind each of them. */
function everyKind(): { flash: MockFlash; after: JournalState[] } {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  const encoder = new Encoder({ tagUint8Array: false, useRecords: false });
  const after: JournalState[] = [{ ...journal.state }];
  const append = (act: () => void): void => {
    act();
    after.push({ ...journal.state });
  };
  append(() => journal.poweredOn(0, 10));
  append(() => journal.reading(10.4, STEADY));
  append(() => journal.reading(310, [STEADY[0] + 1, STEADY[1], STEADY[2]]));
  append(() => journal.fix(330, 2_190_000, -10_670_000, 9, 1_795_262_400));
  append(() => journal.anchor(350, 1_795_262_421, 2, 2));
  append(() => journal.reading(610, [MISSING, MISSING, STEADY[2]]));
  append(() => journal.reading(910, [MISSING, MISSING, STEADY[2] + 30]));
  append(() => journal.fix(915, 2_190_010, -10_670_500, 9, null));
  append(() => journal.noFix(920, 30));
  append(() => journal.ack(3));
  append(() => journal.session(925, 45));
  append(() => journal.session(930, 46));
  append(() => journal.fault(20, 1, 940));
  append(() => journal.lost(0, 2));
  append(() =>
    journal.ring.appendItem(encoder.encode([10, 1, 1, 310, null, null, null, Buffer.alloc(6, 64)])),
  );
  append(() => journal.ring.appendItem(encoder.encode([23, 'later', [1, null], -5])));
  append(() => {
    journal.ring.append(INTERVAL, [600]);
    journal.state.intervalS = 600;
  });
  append(() => journal.poweredOn(1, 5));
  append(() => journal.reading(5, STEADY));
  append(() => journal.session(60, 0));
  append(() => journal.reading(605, STEADY));
  return { flash, after };
}

const { flash: whole, after } = everyKind();
const records = plainRecords(whole.cells);
const header = readHeader(whole, 0, mockCrypto) as PageHeader;

function walk(flash: MockFlash, visit: ((block: Block) => void) | null = null): Block | null {
  return walkBlock(flash, 0, 0, header, mockCrypto, visit);
}

/** The block with the first `count` of its records, and nothing behind them. */
function cutTo(count: number): MockFlash {
  const flash = copyOf(whole);
  flash.cells.fill(255, count === 0 ? FIRST_RECORD : records[count - 1].end, BLOCK_SIZE);
  for (const { checkAt } of records.slice(count)) flash.cells[checkAt] = 255;
  return flash;
}

function noise(cells: Uint8Array, from: number, to: number, seed: number): void {
  const random = randomStream(seed, 'cut');
  for (let at = from; at < to; at++) cells[at] = random.int(0, 255);
}

function stateBehind(count: number): JournalState {
  const seq = records[count - 1].seq + (count === 1 ? 0 : 1);
  return after.filter(({ nextSeq }) => nextSeq === seq).at(-1) as JournalState;
}

test('a walk finds every record, and the state that the writer was in', () => {
  const last = records.at(-1) as PlainRecord;
  expect(records.every(({ index }) => index === 0)).toBe(true);
  const block = walk(whole) as Block;
  expect(block).toMatchObject({ count: records.length, end: last.end, start: FIRST_RECORD, first: 0 });
  expect(block.place).toBe(records[0].checkAt);
  expect(block.state).toEqual(after.at(-1));
  expect(block.row).toEqual(STEADY);
  expect(block).toMatchObject({ latE5: 2_190_010, lonE5: -10_670_500, clockS: 1_795_262_421 - 350 });
});

test('behind each record the state is the one that the writer was in then', () => {
  for (let count = 1; count <= records.length; count++) {
    const block = walk(cutTo(count));
    expect({ end: block?.end, count: block?.count }).toEqual({ end: records[count - 1].end, count });
    expect(block?.state).toEqual(stateBehind(count));
  }
});

test('readings are told in order, each with its seq and time', () => {
  const told: (number | number[] | null)[][] = [];
  walk(whole, ({ state, row }) => told.push([state.nextSeq - 1, state.rowClockS, [...(row as number[])]]));
  const missing = [MISSING, MISSING, STEADY[2]];
  expect(told).toEqual([
    [1, 10, STEADY],
    [2, 310, [STEADY[0] + 1, STEADY[1], STEADY[2]]],
    [5, 610, missing],
    [6, 910, [MISSING, MISSING, STEADY[2] + 30]],
    [18, 5, STEADY],
    [20, 605, STEADY],
  ]);
});

test('an erased block, one of checks and one of another page or lap hold nothing', () => {
  expect(walkBlock(whole, 0, 1, header, mockCrypto, null)).toBeNull();
  expect(walkBlock(whole, 0, 15, header, mockCrypto, null)).toBeNull();
  for (const bit of [7, 8, 9, 10, 11, 12, 13, 14, 18, 19, 20, 21, 22, 23, 24, 25]) {
    const other = { ...header, crc: (header.crc ^ (1 << bit)) >>> 0 };
    expect(walkBlock(whole, 0, 0, other, mockCrypto, null)).toBeNull();
  }
});

describe('a power cut brings no record to life', () => {
  test('whatever it leaves of a record and behind it in the program page, the records before it stand', () => {
    for (let count = 1; count < records.length; count++) {
      const { at, end } = records[count];
      for (let to = at; to <= end; to++) {
        const flash = cutTo(count);
        flash.cells.set(whole.cells.subarray(at, to), at);
        noise(flash.cells, to, BLOCK_SIZE, to);
        expect(walk(flash)).toMatchObject({ count, end: at });
      }
    }
  });

  test('cut in the KEY, the block holds nothing', () => {
    for (let to = FIRST_RECORD; to <= records[0].end; to++) {
      const flash = cutTo(0);
      flash.cells.set(whole.cells.subarray(FIRST_RECORD, to), FIRST_RECORD);
      noise(flash.cells, to, BLOCK_SIZE, to);
      expect(walk(flash)).toBeNull();
    }
  });

  test('cut in its check, a record counts where the check is the right one, and else not', () => {
    for (let count = 0; count < records.length; count++) {
      const { checkAt } = records[count];
      const right = whole.cells[checkAt];
      for (let value = 0; value < 256; value++) {
        const flash = cutTo(count + 1);
        noise(flash.cells, checkAt, PAGE_SIZE, value);
        flash.cells[checkAt] = value;
        expect(walk(flash)?.count ?? 0, `record ${count}, check ${value}`).toBe(
          value === right ? count + 1 : count,
        );
      }
    }
  });
});

describe('what has rotted is not believed', () => {
  /** How many of the first `count` records are believed in cells that keep where each begins and ends. */
  function believedByTheBook(cells: Uint8Array, count: number): number {
    const agree = records
      .slice(0, count)
      .map(({ end, checkAt }) => cells[checkAt] === plainCheck(cells, FIRST_RECORD, end, header.crc));
    const erasedBehind = (i: number): boolean =>
      cells.subarray(records[i].end, BLOCK_SIZE).every((byte) => byte === 255);
    if (agree.slice(-3).every((each) => each)) return count;
    const b = agree.findLastIndex((_, i) => i >= 2 && agree[i] && agree[i - 1] && agree[i - 2]);
    if (b >= 0) return erasedBehind(b + 1) ? b + 1 : b - 1;
    const firstBad = agree.indexOf(false);
    return erasedBehind(firstBad) ? firstBad : 0;
  }

  test('a bit of a record: nothing of that record and behind it is', () => {
    const last = records.at(-1) as PlainRecord;
    for (let bit = FIRST_RECORD * 8; bit < last.end * 8; bit++) {
      const flash = copyOf(whole);
      flash.cells[bit >> 3] ^= 1 << (bit & 7);
      expect(walk(flash)?.end ?? 0, `bit ${bit}`).toBeLessThanOrEqual(bit >> 3);
    }
  });

  test('only what three checks vouch for is left in front of a rotten record', () => {
    const place = records.findIndex(({ item }) => Array.isArray(item) && item[0] === 4 && item[5] === null);
    const flash = copyOf(whole);
    flash.cells[records[place].end - 3] ^= 4;
    expect(walk(flash)?.count).toBe(place - 2);
    expect(place - 2).toBeGreaterThan(4);
  });

  test('the newest record, and what is before it counts to the last', () => {
    const flash = copyOf(whole);
    flash.cells[records.at(-2)?.end as number] ^= 1;
    expect(walk(flash)?.count).toBe(records.length - 1);
  });

  test('a check: the records behind it vouch for its own; without two of them what was before is left', () => {
    for (const [i, { checkAt }] of records.entries()) {
      const flash = copyOf(whole);
      flash.cells[checkAt] ^= 0x10;
      const behind = records.length - 1 - i;
      const left = behind >= 3 ? records.length : behind === 0 ? i : i - 2;
      expect(walk(flash)?.count, `check ${i}`).toBe(left);
    }
  });

  test('a check that has become FF ends the walk in front of its record', () => {
    for (const [i, { checkAt }] of records.entries()) {
      const flash = copyOf(whole);
      flash.cells[checkAt] = 255;
      expect(walk(flash)?.count ?? 0).toBe(i);
    }
  });

  test('any checks at once: as docs/journal.md says it', () => {
    for (let seed = 0; seed < 3000; seed++) {
      const random = randomStream(seed, 'rot');
      const count = random.int(1, records.length);
      const flash = cutTo(count);
      for (let damages = random.int(1, seed % 2 ? 4 : count); damages > 0; damages--)
        flash.cells[records[random.int(0, count - 1)].checkAt] = random.int(0, 254);
      const block = walk(flash);
      const believed = believedByTheBook(flash.cells, count);
      expect(block?.count ?? 0, `seed ${seed}`).toBe(believed);
      // Who gets these records with these checks believes all of them too.
      for (let i = Math.max(0, believed - 3); i < believed; i++)
        expect(block?.checks[i]).toBe(whole.cells[records[i].checkAt]);
    }
  });

  test('no reading is told of what is not believed', () => {
    const flash = copyOf(whole);
    const place = records.findIndex(({ item }) => Array.isArray(item) && item[0] === 4 && item[5] === null);
    flash.cells[records[place].end - 3] ^= 4;
    const told: number[] = [];
    walk(flash, ({ state }) => told.push(state.nextSeq - 1));
    expect(told).toEqual([1, 2]);
  });
});

describe('what is no record but has a check is rot: only what three checks vouch for before it is left', () => {
  /** How many records are believed, less those before `item`, which has a check that agrees, as have three behind it. */
  function behindOthers(item: number[], withReading = true): number {
    const flash = mockFlash(2, PAGE_SIZE);
    const journal = boot(flash);
    journal.poweredOn(0, 0);
    if (withReading) put(journal);
    else journal.ack(1);
    const before = plainRecords(flash.cells).length;
    journal.ring.appendItem(Uint8Array.from(item));
    for (let i = 0; i < 3; i++) journal.lost(0, 0);
    const own = readHeader(flash, 0, mockCrypto) as PageHeader;
    return (walkBlock(flash, 0, 0, own, mockCrypto, null)?.count as number) - before;
  }

  test.each([
    ['an integer of two bytes', [0x18, 0x18]],
    ['an integer of two bytes', [0x38, 0xff]],
    ['a byte string of no bytes', [0x40]],
    ['a byte string of four bytes where a reading has three channels', [0x44, 1, 2, 3, 4]],
    ['a byte string of seven bytes', [0x47, 1, 2, 3, 4, 5, 6, 7]],
    ['a text', [0x61, 0x41]],
    ['a map', [0xa1, 1, 2]],
    ['a null', [0xf6]],
    ['an array of nothing', [0x80]],
    ['an array of no kind', [0x81, 0xf6]],
    ['an array of a negative kind', [0x81, 0x20]],
    ['an array whose kind is a text', [0x82, 0x61, 0x41, 0]],
    ['an integer that holds a digit too many', [0x23]],
    ['a byte string that holds a digit too many', [0x41, 216]],
    ['a longer one that does', [0x42, 0xfa, 0x00]],
    ['a KEY of another length', [0x84, 0, 1, 2, 3]],
    ['a second KEY', [0x8a, 0, 0x19, 0x0f, 0x03, 0, 0, 0, 0x18, 60, 0, 0xf6, 0, 0xf6]],
    ['an array of indefinite length', [0x9f, 7, 0xff]],
    ['a later kind with a float', [0x82, 0x17, 0xf9, 0, 0]],
  ])('%s', (_, item) => {
    expect(behindOthers(item)).toBe(-2);
  });

  test('a byte string that runs over the end of the block', () => {
    const flash = cutTo(records.length);
    const last = records.at(-1) as PlainRecord;
    // An array that reaches up to three bytes before the end, and the head of a reading of six.
    const filler = BLOCK_SIZE - 3 - last.end;
    flash.cells.set([0x82, 0x17, 0x58, filler - 4], last.end);
    flash.cells.fill(7, last.end + 4, BLOCK_SIZE - 3);
    flash.cells.set([0x46, 64, 0], BLOCK_SIZE - 3);
    flash.cells[last.checkAt + 1] = plainCheck(flash.cells, FIRST_RECORD, BLOCK_SIZE - 3, header.crc);
    flash.cells[last.checkAt + 2] = plainCheck(flash.cells, FIRST_RECORD, BLOCK_SIZE, header.crc);
    expect(walk(flash)?.end).toBe(records.at(-2)?.end);
  });

  test('a difference without a reading before it in the block', () => {
    expect(behindOthers([0x00], false)).toBe(-2);
    expect(behindOthers([0x43, 1, 2, 3], false)).toBe(-2);
    expect(behindOthers([0x46, 64, 0, 64, 0, 64, 0], false)).toBe(4);
  });

  test('but the largest numbers of three digits are readings', () => {
    for (const item of [[0x22], [0x41, 215], [0x42, 0xf9, 0xff]]) expect(behindOthers(item)).toBe(4);
  });

  test('and a kind that is known but holds other items is one that says nothing', () => {
    expect(behindOthers([0x84, 7, 1, 0x61, 0x41, 0])).toBe(4);
    expect(behindOthers([0x82, 5, 0xf6])).toBe(4);
  });

  test('and so is a kind that a later firmware writes, whatever of the supported forms it holds', () => {
    expect(behindOthers([0x84, 0x17, 0x61, 0x41, 0xa1, 1, 0x81, 0xf6, 0x24])).toBe(4);
    expect(behindOthers([0x81, 0x18, 0x63])).toBe(4);
  });

  test('without a check it is what a power cut leaves, and all before it is believed', () => {
    const flash = copyOf(whole);
    flash.cells.set([0x61, 0x41], records.at(-1)?.end as number);
    expect(walk(flash)?.count).toBe(records.length);
  });
});

test.each([1, 2, 8])('readings of %d channels are walked', (n) => {
  const channels = [1, 17, 2, 18, 3, 4, 5, 7].slice(0, n);
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash, { sampling: { ...SAMPLING, channels } });
  const rows = [0, 0, 1, -4, 9, 40, 300, 0].map((delta, i) =>
    channels.map((_, channel) => CODE_BIAS + (channel <= i ? delta : 0)),
  );
  for (const [i, row] of rows.entries()) journal.reading(i * 300, row);
  const own = readHeader(flash, 0, mockCrypto) as PageHeader;
  const told: number[][] = [];
  for (let index = 0; index < 2; index++)
    walkBlock(flash, 0, index, own, mockCrypto, ({ row }) => told.push([...(row as number[])]));
  expect(told).toEqual(rows);
});
