import { beforeEach, expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { decodeBatch } from '../../tools/decode/batch.ts';
import { BATCH_HEADER_ROOM, putBatchHeader } from '../uplink/batch.ts';
import { BLOCK_SIZE, CODE_BIAS, HEADER_SIZE, PAGE_SIZE } from './format.ts';
import { Journal } from './journal.ts';
import { Replay } from './replay.ts';

const MESSAGE = 1024;

function boot(flash: MockFlash): Journal {
  const journal = new Journal(flash, mockCrypto, 300);
  journal.mount();
  return journal;
}

/** Supply temperature by seq, of every reading that was put in this test. */
const written = new Map<number, number>();

beforeEach(() => written.clear());

function put(journal: Journal): void {
  const count = journal.state.nextSeq % 1000;
  journal.reading(journal.state.rowClockS + 300, {
    t: CODE_BIAS + count,
    h: CODE_BIAS + 120,
    r: CODE_BIAS + 60,
  });
  written.set(journal.state.nextSeq - 1, count / 10);
}

function ring(pages: number, readings: number): { flash: MockFlash; journal: Journal } {
  const flash = mockFlash(pages, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++) put(journal);
  return { flash, journal };
}

/** A collector in a few lines: holds what decodes, and answers with the lowest seq that it neither has nor knows lost. */
class Collector {
  readonly held = new Map<number, string>();
  readonly lost: [number, number][] = [];

  /** Take a message, and give the cumulative ack. */
  take(message: Uint8Array): number {
    const { readings, records, device } = decodeBatch(message);
    expect(device).toBe('CRLU1234567');
    for (const item of [...readings, ...records]) {
      const content = JSON.stringify(item);
      expect(this.held.get(item.seq) ?? content, `${item.seq} is the same each time`).toBe(content);
      this.held.set(item.seq, content);
    }
    for (const { supplyC, seq } of readings) expect(supplyC).toBe(written.get(seq));
    for (const record of records) {
      if (record.kind === 'LOST' && !this.lost.some(([from]) => from === record.firstSeq)) {
        this.lost.push([record.firstSeq, record.lastSeq]);
      }
    }
    let next = 0;
    while (this.held.has(next) || this.lost.some(([from, to]) => from <= next && next <= to)) next++;
    return next;
  }
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
    const out = new Uint8Array(MESSAGE);
    const slice = replay.take(out, BATCH_HEADER_ROOM);
    if (slice === null) break;
    const start = putBatchHeader(out, BATCH_HEADER_ROOM, 'CRLU1234567', slice.header);
    acked = collector.take(out.subarray(start, BATCH_HEADER_ROOM + slice.length));
    expect(
      acked,
      'the ack reaches what the slice promised, or the session would stand still',
    ).toBeGreaterThanOrEqual(slice.next);
    meanwhile();
  }
  expect(acked).toBe(journal.state.nextSeq);
  journal.ack(acked);
  expect(boot(flash).state.acked).toBe(acked);
}

test('a session brings everything, over blocks and pages, in messages that the host decodes', () => {
  const { flash, journal } = ring(4, 2000);
  const collector = new Collector();
  session(flash, journal, collector);
  expect(collector.held.size).toBe(2001);
  expect(collector.lost).toEqual([]);
});

test('what is held already is not sent again, but for the rest of the block that the first wanted one is in', () => {
  const { flash, journal } = ring(4, 2000);
  for (const wanted of [1, 57, 700, 1234, 1999, 2000]) {
    const replay = new Replay(journal, flash, mockCrypto, wanted);
    const slice = replay.take(new Uint8Array(MESSAGE), BATCH_HEADER_ROOM);
    expect(slice?.from).toBeLessThanOrEqual(wanted);
    expect(slice?.from).toBeGreaterThan(wanted - 62);
    expect(slice?.next).toBeGreaterThan(wanted);
  }
});

test('with nothing wanted there is nothing to send', () => {
  const { flash, journal } = ring(2, 100);
  expect(new Replay(journal, flash, mockCrypto, 101).take(new Uint8Array(MESSAGE), 0)).toBeNull();
  const empty = mockFlash(2, PAGE_SIZE);
  expect(new Replay(boot(empty), empty, mockCrypto, 0).take(new Uint8Array(MESSAGE), 0)).toBeNull();
});

test('a page without a record yet does not hide the pages before it', () => {
  const { flash } = ring(2, 0);
  const journal = boot(flash);
  let before = flash.snapshot();
  while (flash.erasesOf[1] === 0) {
    before = flash.snapshot();
    put(journal);
  }
  flash.load(before);
  flash.fuel = PAGE_SIZE + HEADER_SIZE;
  expect(() => put(boot(flash))).toThrow('power cut');
  flash.restore();
  const next = boot(flash);
  const collector = new Collector();
  session(flash, next, collector);
  put(next);
  session(flash, next, collector);
  expect(collector.lost).toEqual([]);
});

test('what was overwritten before it was sent is LOST, and the ack goes on over it', () => {
  const { flash, journal } = ring(2, 3500);
  const collector = new Collector();
  session(flash, journal, collector);
  const first = Math.min(...collector.held.keys());
  expect(first).toBeGreaterThan(1000);
  expect(Math.max(...collector.lost.map(([, to]) => to))).toBe(first - 1);
});

test.each([
  ['the KEY of', 2],
  ['a byte in the middle of', 120],
])('%s a rotten block is LOST, no more than that block, and the ack goes on', (_, at) => {
  const { flash, journal } = ring(4, 2000);
  const block = 5 * BLOCK_SIZE;
  flash.cells[block + at] = 0x55;
  const collector = new Collector();
  session(flash, journal, collector);
  expect(collector.lost).toHaveLength(1);
  const [from, to] = collector.lost[0] as [number, number];
  expect(to - from).toBeLessThan(64);
  for (let seq = 0; seq <= 2000; seq++) expect(collector.held.has(seq)).toBe(seq < from || seq > to);
});

test('a page whose header has rotted is LOST as a whole, and the ack goes on', () => {
  const { flash } = ring(4, 2400);
  flash.cells[PAGE_SIZE + 9] = 0;
  const journal = boot(flash);
  const collector = new Collector();
  session(flash, journal, collector);
  expect(collector.lost).toHaveLength(1);
});

test('the numbers that a power cut has cost are told as LOST, and the ack goes on', () => {
  const { flash, journal } = ring(2, 100);
  flash.afterCut = ({ cells, from, to }) => cells.fill(0x24, from, to);
  flash.fuel = 2;
  expect(() => put(journal)).toThrow('power cut');
  flash.restore();
  const next = boot(flash);
  put(next);
  const collector = new Collector();
  session(flash, next, collector);
  expect([...Array(101).keys()].every((seq) => collector.held.has(seq))).toBe(true);
});

test('readings go on during a session, and none of them is taken for lost', () => {
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

test('when the ring takes a page under a running session, only what it held is lost', () => {
  const { flash, journal } = ring(2, 0);
  while ((flash.erasesOf[1] as number) < 1 || journal.ring.page !== 1 || journal.ring.index < 14)
    put(journal);
  const collector = new Collector();
  session(flash, journal, collector, () => {
    for (let i = 0; i < 60; i++) if (journal.ring.page === 1 || journal.ring.index < 2) put(journal);
  });
  expect(flash.erasesOf).toEqual([2, 1]);
  const last = journal.state.nextSeq - 2;
  for (let seq = 0; seq < last; seq++) {
    const lost = collector.lost.some(([from, to]) => from <= seq && seq <= to);
    const stillThere = seq >= (journal.ring.headers[1]?.firstSeq as number);
    if (stillThere) expect([seq, collector.held.has(seq), lost]).toEqual([seq, true, false]);
    else expect([seq, collector.held.has(seq) || lost]).toEqual([seq, true]);
  }
});

test('a session that fails behind a gap starts again, and the gap is told again', () => {
  const { flash, journal } = ring(2, 3500);
  new Replay(journal, flash, mockCrypto, 0).take(new Uint8Array(MESSAGE), BATCH_HEADER_ROOM);
  const next = boot(flash);
  const collector = new Collector();
  session(flash, next, collector);
  expect(collector.lost.length).toBeGreaterThan(0);
});
