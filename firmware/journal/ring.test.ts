import { describe, expect, test } from 'vitest';
import { JOURNAL_VERIFY } from '../../hal/faults.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, FIRST_RECORD, HEADER_SIZE, PAGE_SIZE, SEAL_SIZE } from './format.ts';
import type { Journal } from './journal.ts';
import { boot, put, putNoisy, ringWith, SAMPLING, STEADY } from './testing/bench.ts';
import { plainLog } from './testing/plain-log.ts';
import { type PlainRecord, plainPages, plainRecords } from './testing/plain-reader.ts';

/** What is programmed and erased, in order: offsets, lengths, and pages. */
interface Step {
  readonly what: 'program' | 'erase';
  readonly at: number;
  readonly length: number;
}

function watched(flash: MockFlash): Step[] {
  const steps: Step[] = [];
  const { program, erase } = flash;
  flash.program = (at, bytes) => {
    steps.push({ what: 'program', at, length: bytes.length });
    return program(at, bytes);
  };
  flash.erase = (page) => {
    steps.push({ what: 'erase', at: page * PAGE_SIZE, length: PAGE_SIZE });
    return erase(page);
  };
  return steps;
}

function untilPage(
  journal: Journal,
  page: number,
  act: (i: number) => void = (i) => put(journal, i % 3),
): void {
  for (let i = 0; journal.ring.page !== page; i++) act(i);
}

const blockOf = (offset: number): number => Math.floor((offset % PAGE_SIZE) / BLOCK_SIZE);
const losses = (flash: MockFlash): (readonly (number | null)[])[] =>
  plainLog(flash.cells)
    .filter(({ kind }) => kind === 'LOST')
    .map(({ fields }) => fields);

describe('a record', () => {
  test('is programmed in one go, and its check behind it in another program page', () => {
    const flash = ringWith(2, 3);
    const journal = boot(flash);
    const steps = watched(flash);
    for (let i = 0; i < 40; i++) putNoisy(journal, i);
    const programmed = new Map(steps.map((step, i) => [step.at, i]));
    for (const { at, end, checkAt } of plainRecords(flash.cells).filter(({ seq }) => seq > 4)) {
      const step = programmed.get(at) as number;
      if (step === undefined) continue;
      expect(steps[step]).toEqual({ what: 'program', at, length: end - at });
      expect(steps[step + 1]).toEqual({ what: 'program', at: checkAt, length: 1 });
      expect(blockOf(at)).not.toBe(blockOf(checkAt));
    }
    expect(steps).toHaveLength(80);
  });

  test('never crosses the end of its block, and what is left there stays erased', () => {
    const flash = ringWith(2, 0);
    const journal = boot(flash);
    untilPage(journal, 1, (i) => journal.fault(i, i * 1000, journal.state.rowClockS));
    const records = plainRecords(flash.cells);
    expect(new Set(records.map(({ index }) => index)).size).toBeGreaterThan(9);
    for (const { at, end } of records) expect(blockOf(end - 1)).toBe(blockOf(at));
    for (let i = 1; i < records.length; i++) {
      const [{ end, index }, next] = [records[i - 1], records[i]];
      if (next.index === index || next.page !== records[i - 1].page) continue;
      const left = flash.cells.subarray(end, (index + 1) * BLOCK_SIZE);
      expect(left.every((byte) => byte === 255)).toBe(true);
      expect(left.length).toBeLessThan(12);
    }
  });
});

describe('a page', () => {
  test.each([
    ['readings of a byte', (journal: Journal) => put(journal)],
    ['readings of two bytes', (journal: Journal) => putNoisy(journal, journal.state.nextSeq)],
    ['readings of seven bytes', (journal: Journal) => put(journal, (journal.state.nextSeq % 2) * 500)],
    ['acks', (journal: Journal) => journal.ack(journal.state.nextSeq)],
  ])('of %s is filled by records from below and checks from above until they meet', (_, act) => {
    const flash = ringWith(2, 0);
    const journal = boot(flash);
    untilPage(journal, 1, () => act(journal));
    const records = plainRecords(flash.cells).filter(({ page }) => page.page === 0);
    const data = records.map(({ at }) => blockOf(at));
    const checks = records.map(({ checkAt }) => blockOf(checkAt));
    const [lastData, lowestCheck] = [Math.max(...data), Math.min(...checks)];
    expect(lastData + 1, 'no block is left between them').toBe(lowestCheck);
    expect([...new Set(data)]).toEqual([...Array(lastData + 1).keys()]);
    expect([...new Set(checks)]).toEqual([...Array(16 - lowestCheck).keys()].map((i) => 15 - i));
    // Each check stands behind the one before, over the ends of blocks too.
    for (let i = 1; i < records.length; i++) {
      const step = records[i].checkAt - records[i - 1].checkAt;
      if (checks[i] === checks[i - 1]) expect(step).toBe(1);
      else expect(records[i].checkAt % BLOCK_SIZE).toBe(3);
    }
    // Not one check more would have gone into the last block.
    const room = PAGE_SIZE - [...flash.cells.subarray(0, PAGE_SIZE)].filter((byte) => byte !== 255).length;
    expect(room).toBeLessThan(2 * BLOCK_SIZE);
  });

  test('begins with the seal and then the header, and is numbered on', () => {
    const flash = ringWith(3, 0);
    const journal = boot(flash);
    const steps = watched(flash);
    untilPage(journal, 1);
    const first = steps.findIndex(({ at }) => at >= PAGE_SIZE);
    expect(steps.slice(first, first + 2)).toEqual([
      { what: 'program', at: PAGE_SIZE + HEADER_SIZE, length: 1 + SEAL_SIZE },
      { what: 'program', at: PAGE_SIZE, length: HEADER_SIZE },
    ]);
    untilPage(journal, 2);
    const firstOfLast = plainRecords(flash.cells).filter(({ page }) => page.page === 2)[0].seq;
    expect(plainPages(flash.cells)).toMatchObject([
      { sequence: 1, place: 3, firstSeq: 0 },
      { sequence: 2, place: 65536 + 3 },
      { sequence: 3, place: 2 * 65536 + 3, firstSeq: firstOfLast },
    ]);
  });

  test('whose steps or channels have changed is left as it is, full or not', () => {
    const flash = ringWith(3, 5);
    const before = flash.cells.slice(0, PAGE_SIZE);
    const journal = boot(flash, { sampling: { ...SAMPLING, tempStep: 10 } });
    put(journal);
    expect(journal.ring.page).toBe(1);
    expect(flash.cells.slice(0, PAGE_SIZE)).toEqual(before);
    const back = boot(flash);
    put(back);
    expect(back.ring.page).toBe(2);
    expect(plainPages(flash.cells).map(({ tempStep }) => tempStep)).toEqual([100, 10, 100]);
  });
});

describe('the next page', () => {
  test('is erased when the newest is half full, not before and not again', () => {
    const flash = ringWith(3, 0);
    const journal = boot(flash);
    untilPage(journal, 2);
    expect(flash.counts.erases, 'fresh pages need none').toBe(0);
    journal.ack(journal.state.nextSeq);
    const steps = watched(flash);
    while (flash.counts.erases === 0) put(journal, journal.state.nextSeq % 3);
    const erase = steps.findIndex(({ what }) => what === 'erase');
    expect(steps[erase].at).toBe(0);
    const used = new Set(steps.slice(0, erase).map(({ at }) => Math.floor(at / BLOCK_SIZE)));
    expect(used.size, 'blocks of records and of checks').toBe(BLOCKS_PER_PAGE / 2);
    untilPage(journal, 0);
    expect(flash.erasesOf).toEqual([1, 0, 0]);
    expect(plainPages(flash.cells).map(({ page }) => page)).toEqual([1, 2, 0]);
  });

  test('is ready over a power cut in between, and erased once', () => {
    const flash = ringWith(2, 0);
    untilPage(boot(flash), 1);
    for (let i = 0; boot(flash).ring.page !== 0; i++) put(boot(flash), i % 3);
    expect(flash.erasesOf).toEqual([1, 0]);
  });

  test.each<[string, (journal: Journal) => void]>([
    ['a reading', (journal) => put(journal, journal.state.nextSeq % 300)],
    ['a power-on', (journal) => journal.poweredOn(0, 5)],
    ['an anchor', (journal) => journal.anchor(900, 1_795_262_400, 2, 2)],
    ['a fix', (journal) => journal.fix(900, 2_190_000, 10_670_000, 9, null)],
    ['a failed fix', (journal) => journal.noFix(900, 30)],
    ['an ack', (journal) => journal.ack(journal.state.acked === 0 ? 1 : 0)],
    ['a session', (journal) => journal.session(900, 45)],
    ['a fault', (journal) => journal.fault(20, 1, 900)],
  ])('is erased then also where it is %s that begins the block, each in a wake of its own', (_, act) => {
    const flash = ringWith(2, 3);
    while (boot(flash).ring.page !== 1) act(boot(flash));
    let journal = boot(flash);
    while (flash.counts.erases === 0) {
      journal = boot(flash);
      act(journal);
    }
    expect(journal.ring.page, 'the page before is not full yet').toBe(1);
    expect(journal.ring.roomLeft()).toBeGreaterThanOrEqual(2 * BLOCK_SIZE);
    expect(boot(flash).state).toEqual(journal.state);
  });

  test('every page is worn alike, and wear is an erase for each page of records', () => {
    const flash = ringWith(4, 0);
    const journal = boot(flash);
    for (let i = 0; i < 30_000; i++) putNoisy(journal, i);
    const { sequence } = plainPages(flash.cells).at(-1) as { sequence: number };
    expect(sequence).toBeGreaterThan(12);
    const erases = flash.erasesOf.reduce((sum, count) => sum + count, 0);
    expect(erases).toBeLessThanOrEqual(sequence - 3);
    expect(Math.max(...flash.erasesOf) - Math.min(...flash.erasesOf)).toBeLessThanOrEqual(1);
  });
});

describe('what is erased before the collector has it', () => {
  test('is told as LOST from what it holds to the oldest that is left', () => {
    const flash = ringWith(2, 400);
    const journal = boot(flash);
    journal.ack(300);
    while (flash.erasesOf[0] < 1) put(journal, journal.state.nextSeq % 2);
    const oldest = plainLog(flash.cells)[0].seq;
    expect(losses(flash)).toEqual([[300, oldest - 1]]);
    expect(boot(flash).state.acked).toBe(300);
  });

  test('is told again with the next page, from the same number, while the collector is silent', () => {
    const flash = ringWith(3, 0);
    const journal = boot(flash);
    while (flash.erasesOf[1] < 1) put(journal, journal.state.nextSeq % 2);
    const [first, second] = losses(flash);
    expect(losses(flash)).toHaveLength(2);
    expect([first[0], second[0]]).toEqual([0, 0]);
    expect(second[1]).toBeGreaterThan(first[1] as number);
    expect(second[1]).toBe(plainPages(flash.cells)[0].firstSeq - 1);
  });

  test('nothing is lost that the collector holds', () => {
    const flash = ringWith(2, 0);
    const journal = boot(flash);
    for (let i = 0; flash.erasesOf[1] < 2; i++) {
      put(journal, i % 2);
      if (i % 50 === 0) journal.ack(journal.state.nextSeq);
    }
    expect(losses(flash)).toEqual([]);
  });

  test('is told also where a page had to be begun before the one before was half full', () => {
    const flash = ringWith(2, 5);
    put(boot(flash, { sampling: { ...SAMPLING, tempStep: 10 } }));
    const oldest = plainLog(flash.cells).at(-1)?.seq as number;
    const journal = boot(flash);
    put(journal);
    expect(flash.erasesOf[0]).toBe(1);
    expect(losses(flash)).toEqual([[0, oldest - 1]]);
    expect(oldest).toBeGreaterThan(4);
  });
});

describe('worn flash', () => {
  /** Half a page and more of three bytes each. */
  const READINGS = 600;
  const stuck = (flash: MockFlash, at: number): void => {
    flash.defects.stuckAt1[at] = 255;
  };

  /** The cells as they read. */
  const seen = (flash: MockFlash): Uint8Array => flash.read(0, flash.cells.length);

  function faults(flash: MockFlash): number {
    const all = plainLog(seen(flash)).filter(
      ({ kind, fields }) => kind === 'FAULT' && fields[0] === JOURNAL_VERIFY,
    );
    return all.reduce((sum, { fields }) => sum + (fields[1] as number), 0);
  }

  /** Readings that can be told from each other, and those of them that are there in the end. */
  function fillWith(flash: MockFlash, wear: () => void): { codes: number[]; journal: Journal } {
    const journal = boot(flash);
    journal.poweredOn(0, 0);
    wear();
    for (let i = 0; i < READINGS; i++) expect(put(journal, i * 7)).toBe(true);
    const codes = plainLog(seen(flash))
      .filter(({ kind }) => kind === 'READING')
      .map(({ codes: [t] }) => (t - STEADY[0]) / 7);
    return { codes, journal };
  }

  test.each([
    ['a record', 2 * BLOCK_SIZE + 90],
    ['a KEY', 2 * BLOCK_SIZE],
    ['a check', 15 * BLOCK_SIZE + 40],
  ])('%s that does not take moves on to the next block, and is told', (_, at) => {
    const flash = mockFlash(4, PAGE_SIZE);
    const { codes, journal } = fillWith(flash, () => stuck(flash, at));
    expect(codes).toEqual([...Array(READINGS).keys()]);
    expect(faults(flash)).toBe(1);
    expect(boot(flash).state).toEqual(journal.state);
    const used = plainRecords(seen(flash)).flatMap(({ at: from, end, checkAt }: PlainRecord) =>
      from <= at && at < end ? [from] : checkAt === at ? [checkAt] : [],
    );
    expect(used).toEqual([]);
  });

  test('a block that takes nothing at all does not hide what comes behind it', () => {
    for (const index of [1, 2, 3, 4, 5, 6]) {
      const flash = mockFlash(4, PAGE_SIZE);
      const { codes, journal } = fillWith(flash, () => {
        for (let at = 0; at < BLOCK_SIZE; at++) stuck(flash, index * BLOCK_SIZE + at);
      });
      expect(codes).toEqual([...Array(READINGS).keys()]);
      expect(boot(flash).state).toEqual(journal.state);
    }
  });

  test('a place is left out behind the checks of a block that did not take a record, so that no check is taken for its own', () => {
    const flash = mockFlash(4, PAGE_SIZE);
    fillWith(flash, () => stuck(flash, BLOCK_SIZE + 90));
    const records = plainRecords(seen(flash));
    const next = records.findIndex(({ index }) => index === 2);
    expect(records[next - 1].end).toBeLessThanOrEqual(BLOCK_SIZE + 90);
    expect(records[next].checkAt - records[next - 1].checkAt).toBe(2);
  });

  test('a check block that does not take its head is passed over', () => {
    const flash = mockFlash(4, PAGE_SIZE);
    const { codes, journal } = fillWith(flash, () => stuck(flash, 14 * BLOCK_SIZE));
    expect(codes).toEqual([...Array(READINGS).keys()]);
    expect(plainRecords(seen(flash)).map(({ checkAt }) => blockOf(checkAt))).not.toContain(14);
    expect(boot(flash).state).toEqual(journal.state);
  });

  test.each([
    ['its header', 3],
    ['its seal', HEADER_SIZE + 4],
    ['its first KEY', FIRST_RECORD + 1],
  ])('a page that does not take %s does not stop the log', (_, at) => {
    const flash = mockFlash(3, PAGE_SIZE);
    const journal = boot(flash);
    journal.poweredOn(0, 0);
    flash.defects.stuckAt1[PAGE_SIZE + at] = 4;
    flash.defects.stuckAt0[PAGE_SIZE + at] = 8;
    for (let i = 0; plainPages(seen(flash)).length < 2; i++) expect(put(journal, i % 50)).toBe(true);
    put(journal);
    expect(faults(flash)).toBe(1);
    expect(boot(flash).state).toEqual(journal.state);
  });

  test('a page that cannot be erased is passed over each time it comes round', () => {
    const flash = mockFlash(3, PAGE_SIZE);
    const journal = boot(flash);
    journal.poweredOn(0, 0);
    untilPage(journal, 2);
    flash.defects.deadToErase[0] = true;
    untilPage(journal, 1);
    expect(faults(flash)).toBe(1);
    untilPage(journal, 2);
    untilPage(journal, 1);
    expect(journal.state).toEqual(boot(flash).state);
  });
});
