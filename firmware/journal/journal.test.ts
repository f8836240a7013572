import { expect, test } from 'vitest';
import { JOURNAL_FOREIGN } from '../../hal/faults.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { scriptedLife } from '../../test/journal/testing/life.ts';
import { Witness } from '../../test/journal/testing/witness.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { CODE_BIAS, MISSING, PAGE_SIZE } from './format.ts';
import { Journal } from './journal.ts';

function boot(flash: MockFlash, intervalS = 300): Journal {
  const journal = new Journal(flash, mockCrypto, intervalS);
  journal.mount();
  return journal;
}

function put(journal: Journal, t = 41, uptimeS = journal.state.rowClockS + journal.state.intervalS): boolean {
  return journal.reading(uptimeS, { t: CODE_BIAS + t, h: CODE_BIAS + 120, r: CODE_BIAS + 60 });
}

function decoded(flash: MockFlash) {
  return decodeJournalImage(flash.cells, { pageSize: PAGE_SIZE });
}

function kinds(flash: MockFlash): string[] {
  return decoded(flash).records.map(({ kind }) => kind);
}

test('a boot finds the state that the life before it left, at every moment of a long one', () => {
  const flash = mockFlash(3, PAGE_SIZE);
  const witness = new Witness(flash);
  for (const wake of scriptedLife(7)) {
    const { journal } = ((lived) => {
      wake.live(lived);
      return lived;
    })(witness.boot(wake.intervalS, mockCrypto));
    const again = boot(flash, wake.intervalS);
    expect(again.state).toEqual(journal.state);
    expect(again.ring.headers).toEqual(journal.ring.headers);
    expect([again.ring.page, again.ring.index]).toEqual([journal.ring.page, journal.ring.index]);
    if ((flash.erasesOf[0] as number) > 2) break;
  }
});

test('it makes no difference to the bytes whether the tracker boots between two appends or not', () => {
  const [awake, asleep] = [mockFlash(2, PAGE_SIZE), mockFlash(2, PAGE_SIZE)];
  const stays = boot(awake);
  stays.poweredOn(0, 3);
  boot(asleep).poweredOn(0, 3);
  for (let i = 0; i < 2500; i++) {
    put(stays, 41 + (i % 5));
    put(boot(asleep), 41 + (i % 5));
    if (i % 50 === 0) for (const journal of [stays, boot(asleep)]) journal.fix(i * 300 + 50, i, -i, 7);
  }
  expect(asleep.cells).toEqual(awake.cells);
});

test('a reading within a second of its time costs four bytes; one that is late costs a TIME too', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  put(journal, 41, 0);
  const before = flash.counts.bytesProgrammed;
  put(journal, 41, 300.9);
  put(journal, 42, 599.1);
  expect(flash.counts.bytesProgrammed - before).toBe(8);
  expect(kinds(flash)).toEqual(['POWER_ON']);
  put(journal, 42, 901.2);
  expect(kinds(flash)).toEqual(['POWER_ON', 'TIME']);
  put(journal, 43, 850);
  expect(decoded(flash).readings.map(({ monoS }) => monoS)).toEqual([0, 300, 600, 901, 850]);
});

test('lateness does not add up: a clock that runs fast by half a second a reading is followed', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < 100; i++) put(journal, 41, i * 300.5);
  for (const [i, { monoS }] of decoded(flash).readings.entries()) {
    expect(Math.abs(monoS - i * 300.5)).toBeLessThanOrEqual(1);
  }
});

test('another interval holds from the next block on, and no reading is dated wrongly', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  let journal = boot(flash, 300);
  journal.poweredOn(0, 0);
  const taken: number[] = [];
  for (const [intervalS, times] of [
    [300, [0, 300, 600]],
    [900, [900, 1800, 2700]],
    [60, [3600, 3660, 3720]],
  ] as const) {
    journal = boot(flash, intervalS);
    expect(journal.state.intervalS).toBe(intervalS);
    for (const uptimeS of times) {
      put(journal, 41, uptimeS);
      taken.push(uptimeS);
    }
  }
  expect(decoded(flash).readings.map(({ monoS }) => monoS)).toEqual(taken);
  // The reading that the old interval had promised still comes at its time, so it takes no TIME.
  expect(kinds(flash)).toEqual(['POWER_ON']);
});

test('an ack that stands still, or is ahead of what was written, changes nothing', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < 9; i++) put(journal);
  journal.ack(6);
  const before = flash.snapshot();
  for (const next of [6, journal.state.nextSeq + 1, 2 ** 32 - 1, -1]) journal.ack(next);
  expect(flash.cells).toEqual(before.cells);
  expect(boot(flash).state.acked).toBe(6);
});

test('an ack that goes back is kept: the collector asks again for what it has lost', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < 9; i++) put(journal);
  journal.ack(6);
  journal.ack(2);
  expect(boot(flash).state.acked).toBe(2);
});

test('what a page held that the collector had not got is told as LOST when the page is taken', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  for (let i = 0; i < 400; i++) put(journal, 41 + (i % 2));
  journal.ack(300);
  const lost = () => decoded(flash).records.filter(({ kind }) => kind === 'LOST');
  while ((flash.erasesOf[0] as number) < 2) put(journal, 41);
  const first = decoded(flash).readings[0]?.seq as number;
  expect(lost()).toMatchObject([{ firstSeq: 300, lastSeq: first - 1 }]);
  expect(boot(flash).state.acked).toBe(300);

  journal.ack(journal.state.nextSeq);
  while ((flash.erasesOf[1] as number) < 2) put(journal, 41);
  expect(lost(), 'nothing more, as the collector has all').toHaveLength(1);
});

test('power that fails between the erase of a page and its first record does not hide the loss', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  let last = flash.snapshot();
  while ((flash.erasesOf[0] as number) < 2) {
    last = flash.snapshot();
    put(journal);
  }
  flash.load(last);
  flash.fuel = 2000;
  expect(() => put(boot(flash))).toThrow('power cut');
  flash.restore();
  put(boot(flash));
  const first = decoded(flash).readings[0]?.seq as number;
  expect(decoded(flash).records).toMatchObject([{ kind: 'LOST', firstSeq: 0, lastSeq: first - 1 }]);
});

test('missing values of every reason and values at the ends of the scale come back', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = boot(flash);
  const reasons = [
    'not-answering',
    'bad-check-digit',
    'not-ready',
    'out-of-range',
    'bus-stuck',
    'not-fitted',
  ];
  for (let reason = 0; reason < reasons.length; reason++) {
    journal.reading(reason * 300, { t: MISSING + reason, h: 0, r: MISSING - 1 });
  }
  expect(
    decoded(flash).readings.map((reading) => [reading.reasons.supplyC, reading.supplyRh, reading.returnC]),
  ).toEqual(reasons.map((reason) => [reason, -8192, 4911.9]));
});

test('pages of a later format are kept as long as another page is free, and told at each power-on', () => {
  const flash = mockFlash(4, PAGE_SIZE);
  const later = Buffer.from('86634352321a00000009', 'hex');
  flash.cells.set(later, PAGE_SIZE);
  const journal = boot(flash);
  journal.poweredOn(3, 0);
  expect(decoded(flash).records).toMatchObject([{}, { kind: 'FAULT', code: JOURNAL_FOREIGN, detail: 1 }]);
  while ((flash.erasesOf[3] as number) < 1) put(journal);
  expect(flash.erasesOf).toEqual([1, 0, 1, 1]);
  // None is free now: the ring takes it in its turn.
  while ((flash.erasesOf[2] as number) < 2) put(journal);
  expect(flash.erasesOf).toEqual([2, 1, 2, 1]);
  journal.poweredOn(3, 0);
  expect(decoded(flash).records.at(-1)?.kind).toBe('POWER_ON');
});
