import { beforeEach, expect, test } from 'vitest';
import { NO_NETWORK } from '../../hal/faults.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import type { Journal } from '../journal/journal.ts';
import { boot, putNoisy } from '../journal/testing/bench.ts';
import { BLANK_HISTORY, type RadioHistory } from './history.ts';
import { itemsOf, recall } from './recall.ts';

const history: RadioHistory = {
  step: 3,
  technology: 2,
  network: 46_000,
  rssiDbm: -97,
  sim: 4711,
  dayH: 70,
  searchedS: 240,
  sentKb: 12,
  latE2: 2957,
  lonE2: -40,
  barredH: 48,
  rung: 4,
  pinRefused: 1,
};

let flash: MockFlash;
let journal: Journal;

beforeEach(() => {
  flash = mockFlash(14, 4096);
  journal = boot(flash);
  journal.poweredOn(0, 0);
});

const recalled = (): RadioHistory => recall(journal);

function readings(count: number): void {
  for (let i = 0; i < count; i++) putNoisy(journal, i);
}

test('a tracker that has never had a session remembers nothing', () => {
  readings(50);
  expect(recalled()).toEqual(BLANK_HISTORY);
});

test('what is put down is remembered as it is, across boots, blocks and pages', () => {
  journal.radio(itemsOf(history));
  expect(recalled()).toEqual(history);
  for (let i = 0; i < 16; i++) {
    readings(100);
    journal = boot(flash);
    expect(recalled()).toEqual(history);
  }
  expect(journal.ring.page).toBeGreaterThan(0);
});

test('the last one counts', () => {
  for (let step = 0; step < 9; step++) {
    journal.radio(itemsOf({ ...history, step, latE2: step % 2 === 0 ? null : step }));
    readings(30);
  }
  journal = boot(flash);
  expect(recalled()).toEqual({ ...history, step: 8, latE2: null });
});

test('its step is the one that a boot knows, and a session behind it counts on top', () => {
  journal.radio(itemsOf(history));
  expect(boot(flash).state.failures).toBe(3);
  journal.session(9000, NO_NETWORK);
  expect(boot(flash).state.failures).toBe(4);
  expect(recalled().step).toBe(4);
});

test('a history that is weeks old says nothing any more', () => {
  journal.radio(itemsOf(history));
  readings(6000);
  expect(recalled()).toEqual({ ...BLANK_HISTORY, step: 3 });
});
