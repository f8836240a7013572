import { beforeEach, describe, expect, test } from 'vitest';
import { type FlashSnapshot, type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { BLOCK_SIZE, CODE_BIAS, MISSING, PAGE_SIZE } from './format.ts';
import type { Journal } from './journal.ts';
import { boot, SAMPLING, type Setting } from './testing/bench.ts';
import { type Entry, type Kept, plainLog } from './testing/plain-log.ts';
import { plainPages, plainRecords } from './testing/plain-reader.ts';

/** Bananas: 12.5 to 14.5 C. */
const LIMITS = { coldLimitMilliC: 12_500, warmLimitMilliC: 14_500 };
const WITH_LIMITS: Setting = { limits: LIMITS };
const [COLD, WARM] = [CODE_BIAS + 125, CODE_BIAS + 145];
const [T, H, R] = [CODE_BIAS + 135, CODE_BIAS + 170, CODE_BIAS + 138];

let journal: Journal;
let flash: MockFlash;

function begin(pages: number, setting: Setting = WITH_LIMITS): void {
  flash = mockFlash(pages, PAGE_SIZE);
  journal = boot(flash, setting);
  journal.poweredOn(0, 3);
}

function put(codes: number[]): void {
  const { rowClockS, intervalS } = journal.state;
  expect(journal.reading(rowClockS + intervalS, codes)).toBe(true);
}

/** A ride in a box that is mostly in order: now and then a door, a position each hour, a power-on now and then. */
function ride(i: number): void {
  const random = randomStream(i, 'ride');
  const door = random.int(0, 20) === 0 ? random.int(-30, 60) : 0;
  put([
    T + random.int(-9, 9) + door,
    H + random.int(-3, 3),
    random.int(0, 60) === 0 ? MISSING : R + random.int(-2, 2),
  ]);
  const { rowClockS } = journal.state;
  if (i % 12 === 5)
    journal.fix(
      rowClockS + 30,
      2_190_000 + i,
      10_670_000 - i,
      9,
      i % 24 === 5 ? 1_795_262_400 + i * 300 : null,
    );
  if (i % 431 === 430) journal.poweredOn(1, 4);
  if (i % 100 === 50) journal.anchor(rowClockS + 40, 1_795_262_400 + i * 300, 2, 2);
}

/** What stood in the page that is erased at last, when it was, and the KEPT records that came of it. */
interface Erased {
  readonly before: FlashSnapshot;
  readonly log: readonly Entry[];
  readonly kept: readonly Entry[];
}

/** Live until a page is erased. */
function untilErased(act: (i: number) => void = ride): Erased {
  for (let i = journal.state.nextSeq; ; i++) {
    const before = flash.snapshot();
    const { erases } = flash.counts;
    act(i);
    if (flash.counts.erases === erases) continue;
    const oldest = plainPages(before.cells)[0].sequence;
    const all = plainLog(before.cells);
    const known = new Set(all.map(({ seq }) => seq));
    return {
      before,
      log: all.filter(({ page }) => page.sequence === oldest),
      kept: plainLog(flash.cells).filter(({ kind, seq }) => kind === 'KEPT' && !known.has(seq)),
    };
  }
}

const isExcursion = ({ codes }: Pick<Entry, 'codes'>): boolean =>
  [codes[0], codes[2]].some((code) => code < MISSING && (code < COLD || code > WARM));

/** Which readings of an erased page docs/journal.md asks for. */
function wanted(log: readonly Entry[], acked: number, strideS: number, limits = true): Entry[] {
  let powerOn = -1;
  let dueS = 0;
  return log.filter((entry) => {
    if (entry.kind !== 'READING') return false;
    if (entry.powerOn !== powerOn) dueS = entry.uptimeS;
    powerOn = entry.powerOn;
    if (entry.seq < acked) return false;
    const due = entry.uptimeS >= dueS - 150;
    if (due) dueS = entry.uptimeS + strideS;
    return due || (limits && isExcursion(entry));
  });
}

const readings = (kept: readonly Entry[]): Kept[] => kept.flatMap((entry) => entry.kept);
const brief = (all: readonly (Entry | Kept)[]): string[] =>
  all.map(({ seq, powerOn, uptimeS, codes }) => `${seq} ${powerOn} ${uptimeS} ${codes}`);

/** The clock that was known in `log` at `seq`, for that power-on, and the position. */
function known(log: readonly Entry[], seq: number): (number | null)[] {
  let clockS: number | null = null;
  let place: (number | null)[] = [null, null];
  for (const { kind, fields } of log.filter((entry) => entry.seq < seq)) {
    if (kind === 'POWER_ON') clockS = null;
    if (kind === 'ANCHOR') clockS = fields[1];
    if (kind === 'FIX') clockS = fields[4] ?? clockS;
    if (kind === 'FIX') place = [fields[1], fields[2]];
  }
  return [clockS, ...place];
}

describe.each([2, 3, 5])('of a page that is erased in a ring of %d', (pages) => {
  beforeEach(() => begin(pages));

  test('the excursions and a reading an hour go to the head, with their numbers and times', () => {
    const { log, kept } = untilErased();
    const expected = wanted(log, 0, 3600);
    expect(brief(readings(kept))).toEqual(brief(expected));
    expect(expected.filter(isExcursion).length).toBeGreaterThan(10);
    expect(expected.length).toBeLessThan(log.length / 5);
  });

  test('so they do each time, lap after lap', () => {
    for (let lap = 0; lap < pages + 3; lap++) {
      const { log, kept } = untilErased();
      expect(brief(readings(kept))).toEqual(brief(wanted(log, 0, 3600)));
    }
  });

  test('each KEPT has the clock and the position that were known at its first reading', () => {
    for (let lap = 0; lap < 3; lap++) {
      const { log, kept } = untilErased();
      let clocks = 0;
      for (const {
        kept: [first],
      } of kept) {
        expect([first.clockS, first.latE5, first.lonE5]).toEqual(known(log, first.seq));
        if (first.clockS !== null) clocks++;
      }
      expect(kept.length).toBeGreaterThan(3);
      expect(clocks).toBeGreaterThan(kept.length / 3);
    }
  });

  test('a KEPT is of one power-on, 16 readings and 128 bytes at most', () => {
    const { kept } = untilErased();
    for (const entry of kept) {
      expect(entry.kept.length).toBeLessThanOrEqual(16);
      expect(new Set(entry.kept.map(({ powerOn }) => powerOn)).size).toBe(1);
    }
    for (const { at, end } of plainRecords(flash.cells)) expect(end - at).toBeLessThanOrEqual(128);
    expect(Math.max(...kept.map((entry) => entry.kept.length))).toBeGreaterThan(6);
  });

  test('what the collector holds is not kept', () => {
    for (let i = 0; i < 200; i++) ride(i);
    const acked = journal.state.nextSeq;
    journal.ack(acked);
    const { log, kept } = untilErased();
    expect(brief(readings(kept))).toEqual(brief(wanted(log, acked, 3600)));
    expect(readings(kept)[0].seq).toBeGreaterThanOrEqual(acked);
    journal.ack(journal.state.nextSeq);
    expect(
      untilErased((i) => {
        ride(i);
        journal.ack(journal.state.nextSeq);
      }).kept,
    ).toEqual([]);
  });

  test('the LOST that says what is gone comes behind them, when the page is erased', () => {
    const { kept } = untilErased();
    const log = plainLog(flash.cells);
    const lost = log.find(({ kind }) => kind === 'LOST') as Entry;
    expect(lost.seq).toBe((kept.at(-1)?.seq as number) + 1);
    expect(lost.fields).toEqual([0, log[0].seq - 1]);
  });
});

describe('an excursion', () => {
  /** Numbers of the readings that are kept beside one an hour, when one in each three hours is `codes`. */
  function keptOf(setting: Setting, usual: number[], codes: number[]): { kept: number; of: number } {
    begin(3, setting);
    const put36th: number[] = [];
    const { log, kept } = untilErased((i) => {
      put(i % 36 === 7 ? codes : usual.map((code, channel) => code - (channel === 0 ? i % 2 : 0)));
      if (i % 36 === 7) put36th.push(journal.state.nextSeq - 1);
    });
    const inPage = put36th.filter((seq) => log.some((entry) => entry.seq === seq));
    const seqs = new Set(readings(kept).map(({ seq }) => seq));
    return { kept: inPage.filter((seq) => seqs.has(seq)).length, of: inPage.length };
  }

  const USUAL = [T, H, R];

  test.each([
    ['supply air below the cold limit', [COLD - 1, H, R]],
    ['supply air above the warm limit', [WARM + 1, H, R]],
    ['return air above it', [T, H, WARM + 1]],
    ['return air below the other', [T, H, COLD - 1]],
  ])('is %s', (_, codes) => {
    const { kept, of } = keptOf(WITH_LIMITS, USUAL, codes);
    expect(kept).toBe(of);
    expect(of).toBeGreaterThan(30);
  });

  test.each([
    ['a reading at both limits', USUAL, [COLD, H, WARM], WITH_LIMITS],
    ['humidity, whatever it is', USUAL, [T, CODE_BIAS - 200, R], WITH_LIMITS],
    ['a missing value', USUAL, [MISSING, MISSING + 1, MISSING + 5], WITH_LIMITS],
    ['anything where no limits are set', USUAL, [WARM + 300, H, COLD - 300], {}],
    [
      'the ambient temperature',
      [...USUAL, T],
      [...USUAL, WARM + 250],
      { ...WITH_LIMITS, sampling: { ...SAMPLING, channels: [1, 17, 2, 3] } },
    ],
  ])('is not %s', (_, usual, codes, setting) => {
    expect(keptOf(setting, usual, codes).kept).toBe(0);
  });

  test('of a cargo with one limit only is beyond that', () => {
    const warmOnly = { limits: { coldLimitMilliC: null, warmLimitMilliC: 14_500 } };
    const coldOnly = { limits: { coldLimitMilliC: 12_500, warmLimitMilliC: null } };
    expect(keptOf(warmOnly, USUAL, [WARM + 1, H, R]).kept).toBeGreaterThan(30);
    expect(keptOf(warmOnly, USUAL, [COLD - 400, H, R]).kept).toBe(0);
    expect(keptOf(coldOnly, USUAL, [COLD - 1, H, R]).kept).toBeGreaterThan(30);
    expect(keptOf(coldOnly, USUAL, [WARM + 400, H, R]).kept).toBe(0);
  });

  test('is measured in the steps of the page', () => {
    const fine = { ...WITH_LIMITS, sampling: { ...SAMPLING, tempStep: 10 } };
    const usual = [CODE_BIAS + 1350, H, CODE_BIAS + 1380];
    expect(keptOf(fine, usual, [CODE_BIAS + 1451, H, usual[2]]).kept).toBeGreaterThan(30);
    expect(keptOf(fine, usual, [CODE_BIAS + 1450, H, usual[2]]).kept).toBe(0);
  });

  test('at a cargo probe is one', () => {
    const probes = { ...WITH_LIMITS, sampling: { ...SAMPLING, channels: [1, 4, 7] } };
    expect(keptOf(probes, [T, T, T], [T, T, WARM + 1]).kept).toBeGreaterThan(30);
  });
});

describe('a page that covers a long time', () => {
  test.each([900, 3600])(
    'of readings each %d s is kept at hours apart that fit, from its start to its end',
    (intervalS) => {
      begin(3, { sampling: { ...SAMPLING, intervalS } });
      const { log, kept } = untilErased((i) => put([T + (i % 7), H, R]));
      const all = readings(kept);
      const gaps = new Set(all.slice(1).map(({ uptimeS }, i) => uptimeS - all[i].uptimeS));
      expect(gaps.size).toBe(1);
      const [gapS] = [...gaps];
      expect(gapS).toBeGreaterThan(3600);
      expect(gapS % 3600).toBe(0);
      expect(all[0].seq).toBe(log.find(({ kind }) => kind === 'READING')?.seq);
      expect((log.at(-1)?.uptimeS as number) - (all.at(-1)?.uptimeS as number)).toBeLessThan(gapS);
      expect(all.length).toBeGreaterThan(60);
    },
  );
});

test('readings in steps or channels that the newest page cannot tell are not kept', () => {
  begin(2);
  for (let i = 0; journal.ring.index < 6; i++) ride(i);
  journal = boot(flash, { ...WITH_LIMITS, sampling: { ...SAMPLING, tempStep: 10 } });
  const { kept } = untilErased((i) => put([CODE_BIAS + 1350 + (i % 9), H, CODE_BIAS + 1380]));
  expect(kept).toEqual([]);
  expect(plainLog(flash.cells).some(({ kind }) => kind === 'LOST')).toBe(true);
});

test('readings that have been kept are not kept again: what is oldest goes first', () => {
  begin(2);
  const first = readings(untilErased().kept);
  const old = new Set(first.map(({ seq }) => seq));
  for (let lap = 0; lap < 3; lap++)
    for (const { seq } of readings(untilErased().kept)) expect(old.has(seq)).toBe(false);
});

test('a page of nothing but excursions does not crowd out what comes: the newest page goes on', () => {
  begin(3);
  for (let lap = 0; lap < 5; lap++) {
    const page = () => journal.ring.page;
    let before = page();
    const { log, kept } = untilErased((i) => {
      before = page();
      put([WARM + 50 + (i % 40) * 3, H, R]);
    });
    expect(page(), 'the erase comes before that page is full').toBe(before);
    expect(journal.ring.roomLeft()).toBeGreaterThanOrEqual(BLOCK_SIZE);
    const seqs = readings(kept).map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(70);
    expect(seqs).toEqual(
      log
        .filter(({ kind }) => kind === 'READING')
        .slice(0, seqs.length)
        .map(({ seq }) => seq),
    );
  }
});

test('power that fails while a page is thinned costs nothing of what was to be kept', () => {
  begin(3);
  const { before, log } = untilErased();
  const next = journal.state.nextSeq;
  const expected = brief(wanted(log, 0, 3600));
  const again = (): void => {
    journal = boot(flash, WITH_LIMITS);
  };
  for (let fuel = 0; fuel < 2600; fuel += fuel < 20 ? 1 : 97) {
    flash.load(before);
    again();
    flash.afterCut = ({ cells, from, to }) => cells.fill(fuel & 255, from, to);
    flash.fuel = fuel;
    expect(() => {
      for (let i = next; i < next + 5000; i++) ride(i);
    }).toThrow('power cut');
    flash.afterCut = null;
    flash.restore();
    again();
    while (flash.counts.erases === 0 || plainPages(flash.cells)[0].sequence === log[0].page.sequence)
      ride(journal.state.nextSeq);
    const all = brief(plainLog(flash.cells).flatMap(({ kept }) => kept));
    for (const line of expected) expect(all, `cut after ${fuel} bytes`).toContain(line);
  }
});
