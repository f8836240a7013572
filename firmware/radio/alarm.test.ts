import { beforeEach, expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { CODE_BIAS, MISSING } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import { boot } from '../journal/testing/bench.ts';
import { alarmSeq } from './alarm.ts';

const LIMITS = { coldLimitMilliC: 2000, warmLimitMilliC: 8000 };

let flash: MockFlash;
let journal: Journal;

beforeEach(() => {
  flash = mockFlash(14, 4096);
  journal = boot(flash);
  journal.poweredOn(0, 0);
});

/** One reading after the other, in tenths of a degree; null: the sensor failed. The seq of the last. */
function read(...tenths: (number | null)[]): number {
  for (const temp of tenths) {
    const code = temp === null ? MISSING : temp + CODE_BIAS;
    journal.reading(journal.state.rowClockS + journal.state.intervalS, [code, CODE_BIAS, CODE_BIAS + 50]);
  }
  return journal.state.nextSeq - 1;
}

const alarm = (limits: { coldLimitMilliC: number | null; warmLimitMilliC: number | null } = LIMITS) => {
  const before = flash.cells.slice();
  const seq = alarmSeq(boot(flash), flash, mockCrypto, limits);
  expect(flash.cells).toEqual(before);
  return seq;
};

test('the first reading beyond the limits is the alarm, for as long as they are left', () => {
  read(50, 60);
  expect(alarm()).toBeNull();
  const first = read(81);
  expect(alarm()).toBe(first);
  read(90, 100);
  expect(alarm()).toBe(first);
  read(80);
  expect(alarm()).toBeNull();
  expect(alarm({ coldLimitMilliC: 2000, warmLimitMilliC: null })).toBeNull();
  const second = read(19);
  expect(alarm()).toBe(second);
  expect(alarm({ coldLimitMilliC: null, warmLimitMilliC: null })).toBeNull();
});

test('neither failed sessions nor a restart end it, only the collector that holds it does', () => {
  const first = read(50, 81);
  journal.session(1000, 45);
  journal.poweredOn(0, 5);
  read(82);
  expect(alarm()).toBe(first);
  journal.ack(first);
  expect(alarm()).toBe(first);
  journal.ack(first + 1);
  expect(alarm()).toBeNull();
  read(85);
  expect(alarm()).toBeNull();
});

test('a reading that says nothing is within no limits and beyond none', () => {
  read(81);
  read(null);
  expect(alarm()).toBeNull();
});

test('it is found across blocks and pages, and held ones do not come back with the next block', () => {
  const first = read(50, 81);
  for (let i = 0; i < 180; i++) {
    // In big steps, so that a few make a block.
    const last = read(i % 2 === 0 ? 3000 : 500);
    if (i % 40 === 0 && i < 100) expect(alarm()).toBe(first);
    if (i > 100 && i < 110) {
      journal.ack(last);
      expect(alarm()).toBeNull();
    }
  }
  expect(alarm()).toBeNull();
});

test('where an excursion has gone on unheard for long, what is found of it is told', () => {
  const first = read(50, 81);
  for (let i = 0; i < 2000; i++) read(i % 2 === 0 ? 3000 : 500);
  const seq = alarm();
  expect(seq).toBeGreaterThan(first);
  expect(seq).toBeLessThan(journal.state.nextSeq);
});
