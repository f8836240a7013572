/**
 * Power fails after every byte that a tracker programs while it reads and judges. Then it boots
 * again and goes on, and the ALARMs in flash must be those that come of the readings in flash: none twice, none lost, and none
 * for a reading that is not there.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { NO_NETWORK, SESSION_BEGUN } from '../hal/faults.ts';
import { type MockFlash, mockFlash, PowerCut } from '../hal/mock/flash.ts';
import { type Aftermath, scrambleCuts } from '../test/journal/testing/damage.ts';
import { hostCrypto } from '../tools/crypto/host-crypto.ts';
import { type Random, randomStream } from '../tools/sim/random.ts';
import { judgeReadings } from './alarms.ts';
import { DOOR_OPEN } from './conditions.ts';
import { PAGE_SIZE } from './journal/format.ts';
import { Journal } from './journal/journal.ts';
import { NO_LIMITS } from './journal/testing/bench.ts';
import { MEAN_KINETIC, type Rule } from './judge/rules.ts';
import { rule } from './judge/testing/standards.ts';
import { alarmsIn, judgedBy, rowOf, SAMPLING, type Told } from './testing/judged.ts';

const SEED = 20261122;
/** More than is filled, so that no alarm is erased. */
const PAGES = 4;
const PLACES = 0b10100;
const RULES: readonly Rule[] = [
  rule(0, 8, 0, { places: PLACES, hysteresisMilliK: 300 }),
  rule(0, 7, 1800, { places: PLACES, graceMilliK: 1000 }),
  rule(MEAN_KINETIC, 7, 28_800, { places: PLACES }),
];
const CONFIG = judgedBy(RULES);
/** What of a cut wake follows: two more wakes, the first of which boots as after a power cut. */
const WAKES_AFTER = 2;

let cuts = 0;
let alarmsMet = 0;

afterAll(() => console.log(`power cuts tried: ${cuts}, alarms in flash behind them: ${alarmsMet}`));

/** Swings about the limits, so that a rule breaks or ends at every third reading or so; the first is outside. */
function milliCOf(n: number): number {
  return 7500 + 100 * Math.round(9 * Math.sin(n * 0.7 + 1) + 6 * Math.sin(n * 0.11));
}

/** Boot, read, judge, and now and then a session and what goes with it. */
function live(flash: MockFlash, n: number, isPowerOn: boolean): void {
  const journal = new Journal(flash, hostCrypto, SAMPLING, null, NO_LIMITS);
  journal.mount();
  const { state } = journal;
  if (isPowerOn) journal.poweredOn(0, 7);
  const uptimeS = state.rowClockS + state.intervalS;
  if (n % 16 === 5) journal.conditions(uptimeS, n % 32 === 5 ? DOOR_OPEN : 0, 3700);
  journal.reading(uptimeS, rowOf(new Array(8).fill(milliCOf(n)), SAMPLING));
  judgeReadings(journal, CONFIG);
  if (n % 7 !== 3) return;
  journal.session(uptimeS + 4, SESSION_BEGUN);
  journal.ack(Math.max(state.acked, state.nextSeq - 90));
  journal.session(uptimeS + 4, NO_NETWORK);
}

/** The same, with power for `fuel` more bytes; false when that was enough. */
function cutAfter(flash: MockFlash, fuel: number, n: number, isPowerOn: boolean): boolean {
  flash.fuel = fuel;
  try {
    live(flash, n, isPowerOn);
    return false;
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    return true;
  } finally {
    flash.restore();
    flash.afterCut = null;
  }
}

/** Without the time: where power was off between a reading and its ALARM, nobody knows it. */
const words = (alarms: Told[]): string[] => alarms.map((alarm) => alarm.slice(2).join(' '));

/**
 * What is wrong with the alarms in flash, in words; null when nothing is. They must come of all readings, or of those from
 * one of the numbers `from` on.
 */
function complaint(flash: MockFlash, from: readonly number[]): string | null {
  const held = words(alarmsIn(flash.cells, RULES).held);
  alarmsMet += held.length;
  const due = (seq: number): string[] => words(alarmsIn(flash.cells, RULES, seq).due);
  if (from.some((seq) => due(seq).join() === held.join())) return null;
  return `${held.join(' | ')} in place of ${due(from[0]).join(' | ')}`;
}

/** The wakes from `first` to `last`, each begun on the flash that the ones before it have left. */
function moments(
  first: number,
  last: number,
  visit: (flash: MockFlash, n: number, bytes: number) => void,
): void {
  const flash = mockFlash(PAGES, PAGE_SIZE);
  for (let n = 0; n <= last; n++) {
    const start = flash.snapshot();
    flash.fuel = 1e9;
    live(flash, n, n === 0);
    const bytes = 1e9 - flash.fuel;
    const lived = flash.snapshot();
    if (n >= first) {
      flash.load(start);
      visit(flash, n, bytes);
    }
    flash.load(lived);
  }
}

/** Cut power in wake `n` and the ones behind it, for each list of fuels anew, and say what is wrong two wakes later. */
function tryAll(
  flash: MockFlash,
  n: number,
  fuels: readonly (readonly number[])[],
  aftermath: Aftermath,
  from: readonly number[],
): string[] {
  const start = flash.snapshot();
  const complaints: string[] = [];
  for (const inTurn of fuels) {
    flash.load(start);
    let isPowerOn = n === 0;
    let next = n;
    for (const fuel of inTurn) {
      if (aftermath === 'scrambled') scrambleCuts(flash, SEED, cuts);
      cuts++;
      if (cutAfter(flash, fuel, next++, isPowerOn)) isPowerOn = true;
    }
    for (let after = 0; after < WAKES_AFTER; after++) live(flash, next++, isPowerOn && after === 0);
    const wrong = complaint(flash, from);
    if (wrong) complaints.push(`cuts ${inTurn} in wake ${n}: ${wrong}`);
  }
  return complaints;
}

const ALL = [0];

describe.each(['clean', 'scrambled'] satisfies Aftermath[])('wherever power fails, %s', (aftermath) => {
  const each = (bytes: number): number[][] => Array.from({ length: bytes }, (_, fuel) => [fuel]);

  test('each alarm of two pages stands in flash once', () => {
    const complaints: string[] = [];
    moments(1, 140, (flash, n, bytes) => {
      complaints.push(...tryAll(flash, n, each(bytes), aftermath, ALL));
    });
    expect(complaints.slice(0, 3), `${complaints.length} complaints`).toEqual([]);
  });

  test('a judgement begins with the first reading, or where power fails behind it with the next', () => {
    const complaints: string[] = [];
    // Behind the first reading, which is 1, or as far behind it as a cut has left rubbish.
    const from = Array.from({ length: 90 }, (_, seq) => seq);
    moments(0, 0, (flash, n, bytes) => {
      complaints.push(...tryAll(flash, n, each(bytes), aftermath, from));
    });
    expect(complaints.slice(0, 3), `${complaints.length} complaints`).toEqual([]);
  });
});

test('each alarm stands in flash once when power fails again and again', () => {
  const random: Random = randomStream(SEED, 'cuts in turn');
  const complaints: string[] = [];
  moments(1, 140, (flash, n, bytes) => {
    const fuels = Array.from({ length: 30 }, (_, i) => [
      random.int(0, bytes - 1),
      ...Array.from({ length: 1 + (i % 4) }, () => random.int(0, i % 2 === 0 ? 40 : 160)),
    ]);
    complaints.push(...tryAll(flash, n, fuels, 'scrambled', ALL));
  });
  expect(complaints.slice(0, 3), `${complaints.length} complaints`).toEqual([]);
});

test('the numbers of cuts and of alarms are five digits or more', () => {
  expect(cuts).toBeGreaterThan(10_000);
  expect(alarmsMet).toBeGreaterThan(100_000);
});
