import { expect, test } from 'vitest';
import { JOURNAL_FOREIGN, JOURNAL_RANGE, JOURNAL_TORN, SESSION_BEGUN } from '../../hal/faults.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { type Random, randomStream } from '../../tools/sim/random.ts';
import { CODE_BIAS, MISSING, PAGE_SIZE } from './format.ts';
import type { Journal } from './journal.ts';
import { boot, put, ringWith, SAMPLING, STEADY } from './testing/bench.ts';
import { type Entry, plainLog } from './testing/plain-log.ts';
import { plainRecords } from './testing/plain-reader.ts';

/** Any append of a tracker's life, with numbers of every size. */
function live(journal: Journal, random: Random): void {
  const { state } = journal;
  const uptimeS = state.rowClockS + state.intervalS + random.int(-9, 9) / 10;
  const utcS = 1_795_262_400 + Math.floor(uptimeS);
  const [lat, lon] = [random.int(0, 6_500_000), random.int(-1_500_000, 14_000_000)];
  const [t, h, r] = STEADY;
  const acts: (() => unknown)[] = [
    () => journal.poweredOn(random.int(0, 3), random.int(0, 9) + 0.5),
    () => journal.fix(uptimeS, lat, lon, 7, random.int(0, 1) === 0 ? null : utcS),
    () => journal.noFix(uptimeS, 30),
    () => journal.anchor(uptimeS, utcS, 2, 2),
    () => journal.ack(Math.min(state.nextSeq, state.acked + random.int(-2, 60))),
    () => journal.session(uptimeS, random.int(0, 1) * 45),
    () => journal.fault(random.int(1, 90), random.int(-70_000, 70_000), uptimeS),
    () => journal.reading(uptimeS + random.int(-40, 900), [t, h, MISSING + random.int(0, 5)]),
  ];
  const usual = (): boolean =>
    journal.reading(uptimeS, [t + random.int(-3, 3), h + random.int(-1, 1), r + random.int(-40, 40)]);
  (acts[random.int(0, 13)] ?? usual)();
}

const readings = (flash: MockFlash): Entry[] =>
  plainLog(flash.cells).filter(({ kind }) => kind === 'READING');
const times = (flash: MockFlash): number[] => readings(flash).map(({ uptimeS }) => uptimeS);
/** Kinds of all that is no reading. */
const kinds = (flash: MockFlash): string[] =>
  plainLog(flash.cells)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'READING');

test.each([2, 3])(
  'a boot finds the state that the life before it left, at every moment of a long one on %d pages',
  (pages) => {
    const flash = mockFlash(pages, PAGE_SIZE);
    const random = randomStream(pages, 'life');
    const journal = boot(flash);
    while (flash.erasesOf[1] < 2) {
      live(journal, random);
      const again = boot(flash);
      expect(again.state).toEqual(journal.state);
      expect(again.ring.table).toEqual(journal.ring.table);
      expect([again.ring.page, again.ring.index]).toEqual([journal.ring.page, journal.ring.index]);
      expect(again.ring.roomLeft()).toBe(journal.ring.roomLeft());
    }
  },
);

test('it makes no difference to the bytes whether the tracker boots between two appends or not', () => {
  const [awake, asleep] = [mockFlash(2, PAGE_SIZE), mockFlash(2, PAGE_SIZE)];
  const [forAwake, forAsleep] = [randomStream(5, 'life'), randomStream(5, 'life')];
  const stays = boot(awake);
  while (awake.erasesOf[1] < 2) {
    live(stays, forAwake);
    live(boot(asleep), forAsleep);
  }
  expect(asleep.cells).toEqual(awake.cells);
});

test('each number is given once and in order, each record is there as it was put, for as long as its page is', () => {
  const flash = mockFlash(3, PAGE_SIZE);
  const random = randomStream(11, 'life');
  const journal = boot(flash);
  const known = new Map<number, string>();
  for (let i = 1; i < 6000; i++) {
    live(journal, random);
    if (i % 199 !== 0) continue;
    const log = plainLog(flash.cells);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => log[0].seq + n));
    expect(log.at(-1)?.seq).toBe(journal.state.nextSeq - 1);
    for (const { seq, kind, codes, fields, uptimeS } of log) {
      const content = JSON.stringify([kind, codes, fields, uptimeS]);
      expect(known.get(seq) ?? content).toBe(content);
      known.set(seq, content);
    }
  }
  expect(flash.counts.erases).toBeGreaterThan(4);
});

test('a steady reading within a second of its time costs a byte and its check; one that is late costs a TIME too', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  journal.reading(0, STEADY);
  const before = flash.counts.bytesProgrammed;
  journal.reading(300.9, STEADY);
  journal.reading(599.1, STEADY);
  expect(flash.counts.bytesProgrammed - before).toBe(2 * 2);
  expect(kinds(flash)).toEqual(['POWER_ON']);
  journal.reading(901.2, STEADY);
  expect(kinds(flash)).toEqual(['POWER_ON', 'TIME']);
  journal.reading(850, STEADY);
  expect(times(flash)).toEqual([0, 300, 600, 901, 850]);
});

test('lateness does not add up: a clock that runs fast by half a second a reading is followed', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < 100; i++) journal.reading(i * 300.5, STEADY);
  for (const [i, uptimeS] of times(flash).entries())
    expect(Math.abs(uptimeS - i * 300.5)).toBeLessThanOrEqual(1);
});

test('another interval is told by an INTERVAL and needs no page of its own; no reading is dated wrongly', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  boot(flash).poweredOn(0, 0);
  const taken: number[] = [];
  for (const [intervalS, at] of [
    [300, [0, 300, 600]],
    [900, [1500, 2400, 3300]],
    [60, [3360, 3420, 3480]],
  ] as const) {
    const journal = boot(flash, { sampling: { ...SAMPLING, intervalS } });
    expect(journal.state.intervalS).toBe(intervalS);
    for (const uptimeS of at) {
      journal.reading(uptimeS, STEADY);
      taken.push(uptimeS);
    }
    expect(boot(flash, { sampling: { ...SAMPLING, intervalS } }).state).toEqual(journal.state);
  }
  expect(times(flash)).toEqual(taken);
  expect(kinds(flash)).toEqual(['POWER_ON', 'INTERVAL', 'INTERVAL']);
  expect(plainRecords(flash.cells).every(({ page }) => page.page === 0)).toBe(true);
});

test('another interval holds over the end of a block and of a page', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  boot(flash).poweredOn(0, 0);
  const sampling = { ...SAMPLING, intervalS: 60 };
  for (let i = 0; i < 3000; i++) put(boot(flash, { sampling }), i % 3);
  expect(kinds(flash)).not.toContain('TIME');
  const gaps = times(flash).map((uptimeS, i, all) => (i === 0 ? 60 : uptimeS - all[i - 1]));
  expect(new Set(gaps)).toEqual(new Set([60]));
});

test('a power-on begins a new count of seconds, and what it knew of sessions and positions is no longer due by it', () => {
  const flash = ringWith(2, 5);
  const journal = boot(flash);
  journal.session(1400, 45);
  journal.noFix(1450, 30);
  expect(boot(flash).state).toMatchObject({ uplinkAtS: 1400, fixAtS: 1450, failures: 1, powerOn: 1 });
  journal.poweredOn(1, 7.5);
  journal.reading(7.9, STEADY);
  expect(boot(flash).state).toMatchObject({
    uplinkAtS: null,
    fixAtS: null,
    failures: 1,
    powerOn: 2,
    rowClockS: 7,
  });
  expect(plainLog(flash.cells).at(-1)).toMatchObject({ powerOn: 2, uptimeS: 7 });
});

test('a session that the tracker restarted in has failed, and the next one waits for its turn', () => {
  const flash = ringWith(2, 5);
  boot(flash).session(1400, SESSION_BEGUN);
  // Wherever the block ends, the next one's KEY says it too.
  for (let i = 0; i < 200; i++) boot(flash).noFix(1401 + i, 30);
  expect(boot(flash).state).toMatchObject({ uplinkAtS: 1400, failures: 1, inSession: true });
  boot(flash).poweredOn(0, 3.5);
  expect(boot(flash).state).toMatchObject({ uplinkAtS: 3, failures: 1, inSession: false });
  boot(flash).session(1000, SESSION_BEGUN);
  boot(flash).poweredOn(0, 2);
  expect(boot(flash).state).toMatchObject({ uplinkAtS: 2, failures: 2, inSession: false });
});

test('a session that comes to its end counts once, and one that delivered not at all', () => {
  const flash = ringWith(2, 5);
  const journal = boot(flash);
  journal.session(1400, SESSION_BEGUN);
  journal.session(1400, 45);
  expect(journal.state).toMatchObject({ failures: 1, inSession: false });
  journal.session(3000, SESSION_BEGUN);
  journal.session(3000, 0);
  expect(journal.state).toMatchObject({ failures: 0, inSession: false });
  expect(boot(flash).state).toEqual(journal.state);
  for (let i = 0; i < 20; i++) journal.session(4000 + i, 45);
  expect(boot(flash).state.failures).toBe(9);
});

test('an ack that stands still, or is ahead of what was written, changes nothing', () => {
  const flash = ringWith(2, 9);
  const journal = boot(flash);
  journal.ack(6);
  const before = flash.snapshot();
  for (const next of [6, journal.state.nextSeq + 1, 2 ** 32 - 1, -1]) journal.ack(next);
  expect(flash.cells).toEqual(before.cells);
  expect(boot(flash).state.acked).toBe(6);
});

test('an ack that goes back is kept: the collector asks again for what it has lost', () => {
  const flash = ringWith(2, 9);
  const journal = boot(flash);
  journal.ack(6);
  journal.ack(2);
  expect(boot(flash).state.acked).toBe(2);
});

test('what is put comes back: positions, clocks, faults and losses, absolute and with their own time', () => {
  const flash = ringWith(2, 3);
  const journal = boot(flash);
  const lastS = journal.state.rowClockS;
  journal.fix(lastS + 40.9, -3_450_000, 10_612_345, 9, 1_795_262_400);
  journal.fix(lastS + 50, 2_190_000, -1_500_000, 4, null);
  journal.anchor(lastS + 60, 1_795_262_421, 2, 2);
  journal.noFix(lastS + 90, 32);
  journal.session(lastS - 100, 45);
  journal.fault(20, -1, lastS + 70);
  journal.lost(1, 2);
  const told = plainLog(flash.cells).slice(-7);
  expect(told.map(({ kind, fields }) => [kind, ...fields])).toEqual([
    ['FIX', 40, -3_450_000, 10_612_345, 9, 1_795_262_400 - (lastS + 40)],
    ['FIX', 50, 2_190_000, -1_500_000, 4, null],
    ['ANCHOR', 60, 1_795_262_421 - (lastS + 60), 2, 2],
    ['NOFIX', 90, 32],
    ['SESSION', -100, 45],
    ['FAULT', 20, -1, 70],
    ['LOST', 1, 2],
  ]);
});

test('positions and clocks are small behind others of their block, and absolute in the next', () => {
  const flash = ringWith(2, 3);
  const journal = boot(flash);
  const sizes: number[] = [];
  for (let i = 0; i < 30; i++)
    boot(flash).fix(journal.state.rowClockS + 9, 2_190_000 + i, 10_670_000 - i, 9, 1_795_262_400);
  const fixes = plainRecords(flash.cells).filter(({ item }) => Array.isArray(item) && item[0] === 4);
  for (const [i, { index, at, end }] of fixes.entries()) {
    const first = i === 0 || fixes[i - 1].index !== index;
    sizes[first ? 0 : 1] = end - at;
  }
  expect(sizes).toEqual([19, 7]);
  const told = plainLog(flash.cells).filter(({ kind }) => kind === 'FIX');
  expect(told.map(({ fields }) => fields.slice(1, 3))).toEqual(
    fixes.map((_, i) => [2_190_000 + i, 10_670_000 - i]),
  );
});

test('a wake knows whether the clock has been set in it', () => {
  const flash = ringWith(2, 3);
  const anchored = (act: (journal: Journal) => void): boolean => {
    const journal = boot(flash);
    act(journal);
    return journal.anchored;
  };
  expect(anchored((journal) => journal.fix(900, 0, 0, 4, null))).toBe(false);
  expect(anchored((journal) => journal.fix(900, 0, 0, 4, 1_795_262_400))).toBe(true);
  expect(anchored((journal) => journal.anchor(900, 1_795_262_400, 2, 2))).toBe(true);
});

test('missing values of every reason and values at the ends of the scale come back', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  const rows = [0, 1, 2, 3, 4, 5].map((reason) => [MISSING + reason, 0, MISSING - 1]);
  for (const [i, row] of rows.entries()) journal.reading(i * 300, row);
  expect(readings(flash).map(({ codes }) => codes)).toEqual(rows);
});

test('a number that no record can hold is not written but told, and nothing else is harmed', () => {
  const flash = ringWith(2, 3);
  const journal = boot(flash);
  for (const bad of [Number.NaN, 2 ** 40, 1.5, Number.POSITIVE_INFINITY])
    expect(journal.lost(0, bad)).toBe(false);
  expect(
    plainLog(flash.cells)
      .slice(-4)
      .map(({ kind, fields }) => [kind, ...fields]),
  ).toEqual(Array(4).fill(['FAULT', JOURNAL_RANGE, 8, 0]));
  expect(put(journal)).toBe(true);
  expect(boot(flash).state).toEqual(journal.state);
});

test('a torn tail is told once', () => {
  const flash = ringWith(2, 9);
  flash.fuel = 1;
  expect(() => put(boot(flash), 30)).toThrow('power cut');
  flash.restore();
  boot(flash);
  boot(flash);
  const faults = plainLog(flash.cells).filter(({ kind }) => kind === 'FAULT');
  expect(faults.map(({ fields }) => fields)).toEqual([[JOURNAL_TORN, 1, 0]]);
});

test('pages of a later format are kept as long as another page is free, and told at each power-on', () => {
  const flash = mockFlash(4, PAGE_SIZE);
  flash.cells.set(Buffer.from('8c634352321a00000009', 'hex'), PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(3, 0);
  expect(plainLog(flash.cells)).toMatchObject([{}, { kind: 'FAULT', fields: [JOURNAL_FOREIGN, 1, 300] }]);
  const untilPage = (page: number): void => {
    while (journal.ring.page !== page) put(journal, (journal.state.nextSeq * 7) % 90);
  };
  untilPage(2);
  untilPage(3);
  untilPage(0);
  expect(flash.erasesOf, 'the page before the later one is older').toEqual([1, 0, 0, 0]);
  // None is free now: the ring takes it in its turn.
  untilPage(1);
  expect(flash.erasesOf[1]).toBe(1);
  journal.poweredOn(3, 0);
  expect(plainLog(flash.cells).at(-1)?.kind).toBe('POWER_ON');
});

test('a reading that finds no block in the whole ring is refused, and so is nothing else', () => {
  const flash = ringWith(2, 9);
  const journal = boot(flash);
  for (const page of [0, 1]) flash.defects.deadToProgram[page] = true;
  expect(put(journal)).toBe(false);
  for (const page of [0, 1]) delete flash.defects.deadToProgram[page];
  expect(put(journal)).toBe(true);
  expect(readings(flash).at(-1)?.codes).toEqual([STEADY[0], CODE_BIAS + 120, STEADY[2]]);
});
