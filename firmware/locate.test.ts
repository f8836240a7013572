import { beforeEach, expect, test } from 'vitest';
import { GNSS_BUSY, GNSS_IMPLAUSIBLE, GNSS_NO_FIX, GNSS_SILENT } from '../hal/faults.ts';
import type { GnssFailure } from '../hal/gnss.ts';
import { type MockTracker, mockTracker } from '../hal/mock/tracker.ts';
import type { Journal } from './journal/journal.ts';
import { boot } from './journal/testing/bench.ts';
import { type Entry, plainLog } from './journal/testing/plain-log.ts';
import { locateAndAppend } from './locate.ts';

let tracker: MockTracker;
let journal: Journal;

beforeEach(() => {
  tracker = mockTracker();
  journal = boot(tracker.journal);
  journal.poweredOn(0, tracker.clock.uptimeS());
});

/** Try for a position; the record that it leaves, and the time at which it was done. */
function locate(): { entry: Entry; doneS: number } {
  let doneS = Number.NaN;
  locateAndAppend(tracker, journal, () => {
    doneS = tracker.clock.uptimeS();
  });
  tracker.clock.advance(200);
  return { entry: plainLog(tracker.journal.cells).at(-1) as Entry, doneS };
}

test('a position is one record with its time, and the clock with it', () => {
  tracker.gnss.fix = { latE5: 2_190_000, lonE5: 10_670_000, utcS: 1_795_262_400, satellites: 9 };
  const { entry, doneS } = locate();
  expect(entry.kind).toBe('FIX');
  expect(entry.fields).toEqual([doneS - entry.uptimeS, 2_190_000, 10_670_000, 9, 1_795_262_400 - doneS]);
  expect(journal.state.fixAtS).toBe(doneS);
  expect(journal.anchored).toBe(true);
});

test('a position without a date is one all the same, and sets no clock', () => {
  tracker.gnss.fix = { latE5: 2_190_000, lonE5: 10_670_000, utcS: null, satellites: 4 };
  expect(locate().entry.fields.slice(1)).toEqual([2_190_000, 10_670_000, 4, null]);
  expect(journal.anchored).toBe(false);
});

test('a date that was mended for a week counter that has rolled over sets no clock', () => {
  tracker.gnss.fix = {
    latE5: 2_190_000,
    lonE5: 10_670_000,
    utcS: 1_795_262_400,
    satellites: 9,
    rolledOver: true,
  };
  expect(locate().entry.fields.slice(1)).toEqual([2_190_000, 10_670_000, 9, null]);
  expect(journal.anchored).toBe(false);
});

test('the search is long for a cold start, short when hot, and backs off under steel', () => {
  const searches: number[] = [];
  const { locate: real } = tracker.gnss;
  tracker.gnss.locate = (deadlineS, done) => {
    searches.push(deadlineS);
    real(deadlineS, done);
  };
  locate();
  locate();
  tracker.gnss.fix = null;
  for (let i = 0; i < 5; i++) locate();
  expect(searches).toEqual([90, 30, 30, 45, 45, 90, 45]);
});

test.each([
  ['no-fix', GNSS_NO_FIX],
  ['busy', GNSS_BUSY],
  ['silent', GNSS_SILENT],
  ['implausible', GNSS_IMPLAUSIBLE],
] satisfies [GnssFailure, number][])(
  'an attempt that ends by "%s" is recorded as fault %d',
  (failure, fault) => {
    tracker.gnss.fix = null;
    tracker.gnss.failure = failure;
    const { entry, doneS } = locate();
    expect(entry.kind).toBe('NOFIX');
    expect(entry.fields).toEqual([doneS - entry.uptimeS, fault]);
    expect(journal.state.fixAtS).toBe(doneS);
  },
);

test('an attempt is given up after 90 s: the roof is steel', () => {
  tracker.gnss.fixAfterS = 300;
  const startS = tracker.clock.uptimeS();
  const { entry, doneS } = locate();
  expect(entry).toMatchObject({ kind: 'NOFIX', fields: [expect.anything(), GNSS_NO_FIX] });
  expect(doneS - startS).toBeLessThanOrEqual(90);
});
