import { beforeEach, expect, test } from 'vitest';
import { type MockTracker, mockTracker } from '../hal/mock/tracker.ts';
import type { Journal } from './journal/journal.ts';
import { boot } from './journal/testing/bench.ts';
import { plainLog } from './journal/testing/plain-log.ts';
import { observe } from './observe.ts';

const MILD = 15_000;
const CHARGING = 8;
const SOCKET = 32;

let tracker: MockTracker;
let journal: Journal;

beforeEach(() => {
  tracker = mockTracker();
  journal = boot(tracker.journal);
  journal.poweredOn(0, 0);
});

/** What each wake does. Gives the bits and the millivolts, where they tell of power, of all CONDITIONS so far. */
function look(milliC: number | null = MILD): unknown[] {
  journal = boot(tracker.journal);
  observe(tracker, tracker.fittings(), journal, milliC);
  const records = plainLog(tracker.journal.cells).filter(({ kind }) => kind === 'CONDITIONS');
  return records.map(({ fields }) => fields.slice(1));
}

test('conditions are recorded when they change, and then once', () => {
  expect(look()).toEqual([[CHARGING, 3900]]);
  tracker.battery.level = 3880;
  expect(look()).toHaveLength(1);
  tracker.battery.supplied = true;
  expect(look().at(-1)).toEqual([CHARGING + 4, 3880]);
  tracker.door.open = true;
  expect(look().at(-1)).toEqual([CHARGING + 4 + 16, null]);
  expect(look()).toHaveLength(3);
  tracker.door.open = false;
  expect(look().at(-1)).toEqual([CHARGING + 4, null]);
});

test('a compressor that starts and stops is not recorded, but what else changes tells of it', () => {
  tracker.reefer.signals = { compressor: false, defrost: false, inRange: true };
  expect(look().at(-1)).toEqual([CHARGING + SOCKET + 256, 3900]);
  tracker.reefer.signals = { compressor: true, defrost: false, inRange: true };
  expect(look()).toHaveLength(1);
  tracker.reefer.signals = { compressor: true, defrost: true, inRange: false };
  expect(look().at(-1)).toEqual([CHARGING + SOCKET + 64 + 128, null]);
  // A contact that flickers says nothing: it is as it was.
  tracker.reefer.signals = null;
  expect(look()).toHaveLength(2);
});

test('what nobody knows is no condition: a door, a gauge, a supply', () => {
  tracker.door.open = null;
  tracker.battery.supplied = null;
  expect(look().at(-1)).toEqual([CHARGING, 3900]);
  tracker.battery.level = null;
  // Nor can anything be done about charging then: it is as it was.
  expect(look(-5000)).toHaveLength(1);
});

test('the charger is allowed and forbidden by the air, and forbidden where that is unknown', () => {
  for (const [milliC, allowed] of [
    [MILD, true],
    [-5000, false],
    [1500, false],
    [2500, true],
    [null, false],
  ] as const) {
    look(milliC);
    expect(tracker.battery.charge).toBe(allowed);
  }
  expect(look(null).map((fields) => (fields as number[])[0])).toEqual([CHARGING, 0, CHARGING, 0]);
});

test('a charger that is beyond control is not said to charge', () => {
  tracker.battery.charge = null;
  expect(look()).toEqual([]);
});

test('the level of the battery goes down at once, and up again one step a look', () => {
  tracker.battery.level = 3300;
  expect(look().at(-1)).toEqual([CHARGING + 3, 3300]);
  tracker.battery.level = 3900;
  for (const level of [2, 1, 0]) expect(look().at(-1)).toEqual([CHARGING + level, 3900]);
  expect(look()).toHaveLength(4);
});

test('they are known to the next boot, also when their block has ended', () => {
  tracker.door.open = true;
  look();
  for (let i = 0; i < 80; i++) journal.fault(20, 1000 + i, 5);
  expect(boot(tracker.journal).state.conditions).toBe(CHARGING + 16);
  expect(look()).toHaveLength(1);
});
