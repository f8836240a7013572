import { describe, expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { BATCH_HEADER_ROOM, putBatchHeader } from '../uplink/batch.ts';
import { BLOCK_SIZE, HEADER_SIZE, PAGE_SIZE, SEAL_SIZE } from './format.ts';
import type { Journal } from './journal.ts';
import { Replay } from './replay.ts';
import { boot, STEADY } from './testing/bench.ts';
import { toldBy } from './testing/plain-log.ts';
import { plainMessage } from './testing/plain-message.ts';
import { plainPages, plainRecords } from './testing/plain-reader.ts';

const MESSAGE = 1024;

/** The supply temperature that was measured at a time. */
const measuredAt = (uptimeS: number): number => STEADY[0] + ((uptimeS / 300) % 1000);

function put(journal: Journal): void {
  const [, h, r] = STEADY;
  const uptimeS = journal.state.rowClockS + journal.state.intervalS;
  const code = measuredAt(uptimeS);
  journal.reading(uptimeS, [code, h, r + (code % 9)]);
}

function ring(pages: number, readings: number): { flash: MockFlash; journal: Journal } {
  const flash = mockFlash(pages, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++) put(journal);
  return { flash, journal };
}

/** A collector in a few lines: holds what it is sent, and answers with the lowest seq that it neither has nor knows lost. */
class Collector {
  readonly held = new Map<number, string>();
  readonly lost: [number, number][] = [];

  /** Take a message, and give the cumulative ack. */
  take(message: Uint8Array): number {
    const { records, device, page } = plainMessage(message);
    expect(device).toBe('CRLU1234567');
    for (const { seq, kind, codes, fields, uptimeS, powerOn, kept } of toldBy(records)) {
      const content = JSON.stringify([kind, codes, fields, uptimeS, powerOn]);
      expect(this.held.get(seq) ?? content, `${seq} is the same each time`).toBe(content);
      expect(seq).toBeGreaterThanOrEqual(page.firstSeq);
      this.held.set(seq, content);
      if (kind === 'READING') expect(codes[0]).toBe(measuredAt(uptimeS));
      for (const reading of kept) expect(reading.codes[0]).toBe(measuredAt(reading.uptimeS));
      const [from, to] = fields as number[];
      if (kind === 'LOST' && !this.lost.some(([first]) => first === from)) this.lost.push([from, to]);
    }
    let next = 0;
    while (this.held.has(next) || this.lost.some(([from, to]) => from <= next && next <= to)) next++;
    return next;
  }
}

function message(replay: Replay): { bytes: Uint8Array; next: number; from: number } | null {
  const out = new Uint8Array(MESSAGE).fill(0xee);
  const slice = replay.take(out, BATCH_HEADER_ROOM);
  if (slice === null) return null;
  const start = putBatchHeader(out, BATCH_HEADER_ROOM, 'CRLU1234567', slice.header);
  const end = BATCH_HEADER_ROOM + slice.length;
  expect(
    out.subarray(end).every((byte) => byte === 0xee),
    'nothing behind the slice is touched',
  ).toBe(true);
  return { bytes: out.subarray(start, end), next: slice.next, from: slice.from };
}

/** A session as the uplink runs it, a batch and its ack in turn, after which the collector has or knows lost everything. */
function session(
  flash: MockFlash,
  journal: Journal,
  collector: Collector,
  meanwhile: () => void = () => {},
): void {
  const replay = new Replay(journal, flash, mockCrypto, journal.state.acked);
  let acked = journal.state.acked;
  for (let batches = 0; batches < 200; batches++) {
    const batch = message(replay);
    if (batch === null) break;
    acked = collector.take(batch.bytes);
    expect(
      acked,
      'the ack reaches what the slice promised, or the session would stand still',
    ).toBeGreaterThanOrEqual(batch.next);
    meanwhile();
  }
  expect(acked).toBe(journal.state.nextSeq);
  journal.ack(acked);
  expect(boot(flash).state.acked).toBe(acked);
}

describe('a slice', () => {
  test('is the checks of each block and then its records, the KEY first, as they stand in flash', () => {
    const { flash, journal } = ring(2, 300);
    const { blocks, page } = plainMessage(
      message(new Replay(journal, flash, mockCrypto, 0))?.bytes as Uint8Array,
    );
    expect(blocks.length).toBeGreaterThan(1);
    expect(page.crc).toBe(plainPages(flash.cells)[0].crc);
    const records = plainRecords(flash.cells);
    for (const [index, block] of blocks.entries()) {
      const own = records.filter((record) => record.index === index);
      expect([...block.checks]).toEqual(own.map(({ checkAt }) => flash.cells[checkAt]));
      expect([...block.records]).toEqual([...flash.cells.subarray(own[0].at, own.at(-1)?.end)]);
    }
  });

  test('is of one page, and of whole blocks as many as fit', () => {
    const { flash, journal } = ring(4, 2000);
    const replay = new Replay(journal, flash, mockCrypto, 0);
    const records = plainRecords(flash.cells);
    let sent = 0;
    for (let batch = message(replay); batch !== null; batch = message(replay)) {
      const { records: got, page } = plainMessage(batch.bytes);
      expect(got.map(({ seq, item }) => [seq, item])).toEqual(
        records.slice(sent, sent + got.length).map(({ seq, item }) => [seq, item]),
      );
      expect(got.every((_, i) => records[sent + i].page.sequence === page.sequence)).toBe(true);
      sent += got.length;
      const next = records[sent];
      if (next === undefined || next.page.sequence !== page.sequence) continue;
      expect(next.at % BLOCK_SIZE).toBe(0);
      const block = records.filter(
        ({ page: { sequence }, index }) => sequence === page.sequence && index === next.index,
      );
      expect(
        batch.bytes.length + 2 + block.length + ((block.at(-1)?.end as number) - next.at),
      ).toBeGreaterThan(MESSAGE - BATCH_HEADER_ROOM);
    }
    expect(sent).toBe(records.length);
  });

  test('begins with the block that holds the first wanted record, known in part or not', () => {
    const { flash, journal } = ring(4, 2000);
    const records = plainRecords(flash.cells);
    for (const wanted of [0, 1, 57, 700, 1234, 1999, 2000]) {
      const batch = message(new Replay(journal, flash, mockCrypto, wanted));
      const first = plainMessage(batch?.bytes as Uint8Array).records[0];
      const { page, index } = records.filter(
        ({ seq, item }) => seq === wanted && !(Array.isArray(item) && item[0] === 0),
      )[0];
      const key = records.filter((record) => record.page === page && record.index === index)[0];
      expect([first.seq, first.item]).toEqual([key.seq, key.item]);
      expect(batch?.from).toBe(key.seq);
      expect(batch?.next).toBeGreaterThan(wanted);
    }
  });

  test('there is none where nothing is wanted', () => {
    const { flash, journal } = ring(2, 100);
    expect(new Replay(journal, flash, mockCrypto, 101).take(new Uint8Array(MESSAGE), 0)).toBeNull();
    const empty = mockFlash(2, PAGE_SIZE);
    expect(new Replay(boot(empty), empty, mockCrypto, 0).take(new Uint8Array(MESSAGE), 0)).toBeNull();
  });

  test('holds what is believed, with checks by which it is, and nothing else', () => {
    const { flash } = ring(2, 1000);
    const third = plainRecords(flash.cells).filter(({ index }) => index === 3);
    for (const { checkAt } of third.slice(20, 22)) flash.cells[checkAt] ^= 0x10;
    flash.cells[third[30].at] ^= 4;
    const collector = new Collector();
    session(flash, boot(flash), collector);
    expect(collector.lost).toEqual([[third[28].seq, third.at(-1)?.seq]]);
    expect(collector.held.has(third[27].seq)).toBe(true);
  });
});

describe('a session', () => {
  test('brings everything, over blocks and pages', () => {
    const { flash, journal } = ring(4, 2000);
    const collector = new Collector();
    session(flash, journal, collector);
    expect(collector.held.size).toBe(2001);
    expect(collector.lost).toEqual([]);
  });

  test('brings what a page without a record yet would hide', () => {
    const { flash } = ring(2, 0);
    const journal = boot(flash);
    let before = flash.snapshot();
    while (journal.ring.page !== 1) {
      before = flash.snapshot();
      put(journal);
    }
    flash.load(before);
    flash.fuel = 1 + SEAL_SIZE + HEADER_SIZE;
    expect(() => put(boot(flash))).toThrow('power cut');
    flash.restore();
    expect(plainPages(flash.cells)).toHaveLength(2);
    const next = boot(flash);
    const collector = new Collector();
    session(flash, next, collector);
    put(next);
    session(flash, next, collector);
    expect(collector.lost).toEqual([]);
  });

  test('brings readings that go on during it, and takes none of them for lost', () => {
    for (let readings = 80; readings < 150; readings++) {
      const { flash, journal } = ring(2, readings);
      const collector = new Collector();
      let left = 90;
      session(flash, journal, collector, () => {
        for (let i = 0; i < 9 && left > 0; i++, left--) put(journal);
      });
      expect(collector.lost).toEqual([]);
    }
  });
});

describe('what cannot be had any more is LOST, and the ack goes on over it', () => {
  test('what was overwritten before it was sent', () => {
    const { flash, journal } = ring(2, 3500);
    const collector = new Collector();
    session(flash, journal, collector);
    const first = Math.min(...collector.held.keys());
    expect(first).toBeGreaterThan(1000);
    expect(Math.max(...collector.lost.map(([, to]) => to))).toBe(first - 1);
  });

  test.each([
    ['the KEY of', 2, 0],
    ['a byte in the middle of', 120, 1],
  ])('%s a rotten block, no more than that block', (_, at, least) => {
    const { flash, journal } = ring(4, 2000);
    const own = plainRecords(flash.cells).filter(({ page, index }) => page.page === 0 && index === 5);
    flash.cells[5 * BLOCK_SIZE + at] ^= 0x55;
    const collector = new Collector();
    session(flash, journal, collector);
    expect(collector.lost).toHaveLength(1);
    const [from, to] = collector.lost[0];
    expect(from).toBeGreaterThanOrEqual(own[0].seq + least);
    expect(to).toBe(own.at(-1)?.seq);
    for (let seq = 0; seq <= 2000; seq++) expect(collector.held.has(seq)).toBe(seq < from || seq > to);
  });

  test('a page whose header has rotted, as a whole', () => {
    const { flash } = ring(4, 4000);
    const [, page, after] = plainPages(flash.cells);
    flash.cells[PAGE_SIZE + 9] ^= 0xff;
    const journal = boot(flash);
    const collector = new Collector();
    session(flash, journal, collector);
    expect(collector.lost).toEqual([[page.firstSeq, after.firstSeq - 1]]);
  });

  test('the numbers that a power cut has cost', () => {
    const { flash, journal } = ring(2, 100);
    flash.afterCut = ({ cells, from, to }) => cells.fill(0x24, from, to);
    flash.fuel = 0;
    expect(() => put(journal)).toThrow('power cut');
    flash.restore();
    const next = boot(flash);
    put(next);
    const collector = new Collector();
    session(flash, next, collector);
    expect([...Array(101).keys()].every((seq) => collector.held.has(seq))).toBe(true);
    expect(collector.lost[0][0]).toBe(101);
  });

  test('the block of that LOST is sent ahead of the blocks behind the gap', () => {
    const { flash, journal } = ring(4, 2000);
    flash.cells[5 * BLOCK_SIZE + 2] ^= 0x55;
    const replay = new Replay(journal, flash, mockCrypto, 0);
    const froms: number[] = [];
    let lostAt = -1;
    for (let batch = message(replay); batch !== null; batch = message(replay)) {
      const told = toldBy(plainMessage(batch.bytes).records);
      if (lostAt < 0 && told.some(({ kind }) => kind === 'LOST')) lostAt = froms.length;
      froms.push(batch.from);
    }
    expect(lostAt).toBeGreaterThan(0);
    expect(froms[lostAt]).toBeGreaterThan(froms[lostAt + 1]);
    expect(froms[lostAt + 1]).toBeGreaterThan(froms[lostAt - 1]);
  });

  test('what the ring takes under a running session, and only what it held', () => {
    const { flash, journal } = ring(2, 0);
    while (journal.ring.page !== 1 || journal.ring.index < 1) put(journal);
    const collector = new Collector();
    // The first message is of page 0, which is then erased, and begun again before the second.
    session(flash, journal, collector, () => {
      while (journal.ring.page === 1 || journal.ring.index < 1) put(journal);
    });
    expect(flash.erasesOf).toEqual([1, 0]);
    const oldest = plainPages(flash.cells)[0].firstSeq;
    const last = journal.state.nextSeq - 2;
    for (let seq = 0; seq < last; seq++) {
      const lost = collector.lost.some(([from, to]) => from <= seq && seq <= to);
      if (seq >= oldest) expect([seq, collector.held.has(seq), lost]).toEqual([seq, true, false]);
      else expect([seq, collector.held.has(seq) || lost]).toEqual([seq, true]);
    }
    expect(collector.held.has(0)).toBe(true);
    expect(collector.held.has(oldest - 1)).toBe(false);
  });

  test('again, where a session failed behind the gap', () => {
    const { flash, journal } = ring(2, 3500);
    message(new Replay(journal, flash, mockCrypto, 0));
    const next = boot(flash);
    const collector = new Collector();
    session(flash, next, collector);
    expect(collector.lost.length).toBeGreaterThan(0);
  });

  test('where power failed in the erase, and no LOST could be written then', () => {
    const { flash } = ring(2, 0);
    const journal = boot(flash);
    let before = flash.snapshot();
    while (flash.counts.erases === 0) {
      before = flash.snapshot();
      put(journal);
    }
    let fuel = 0;
    do {
      flash.load(before);
      const again = boot(flash);
      flash.fuel = fuel += 100;
      expect(() => put(again)).toThrow('power cut');
    } while (flash.erasesOf[0] === before.erasesOf[0]);
    flash.restore();
    const next = boot(flash);
    put(next);
    const collector = new Collector();
    session(flash, next, collector);
    expect(collector.lost.some(([from]) => from === 0)).toBe(true);
  });
});
