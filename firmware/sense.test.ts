import { beforeEach, expect, test } from 'vitest';
import { SENSOR_FAILED } from '../hal/faults.ts';
import { type MockTracker, mockTracker } from '../hal/mock/tracker.ts';
import type { SensorFailure } from '../hal/thermo-hygrometer.ts';
import { DEFAULT_CONFIG } from './config/config.ts';
import { CODE_BIAS, MISSING } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';
import { boot } from './journal/testing/bench.ts';
import { type Entry, plainLog } from './journal/testing/plain-log.ts';
import { plainPages } from './journal/testing/plain-reader.ts';
import { samplingOf, senseAndAppend } from './sense.ts';

let tracker: MockTracker;
let journal: Journal;
let config = DEFAULT_CONFIG;

beforeEach(() => begin());

function begin(changes: object = {}): void {
  tracker = mockTracker();
  config = { ...DEFAULT_CONFIG, ...changes };
  journal = boot(tracker.journal, { sampling: samplingOf(config, tracker.fittings().probes) });
}

/** Take a reading; what it says when it is told as done. */
function sense(): { stored: boolean | undefined; log: Entry[] } {
  let stored: boolean | undefined;
  senseAndAppend(tracker, journal, config, (taken) => {
    stored = taken;
  });
  tracker.clock.advance(1);
  return { stored, log: plainLog(tracker.journal.cells) };
}

const reading = (log: readonly Entry[]): Entry => log.find(({ kind }) => kind === 'READING') as Entry;

test('a reading is supply temperature, supply humidity and return temperature, in steps of 0.1 C and 0.5 %', () => {
  tracker.supplyAir.tempMilliC = 4120;
  tracker.supplyAir.humidityMilliPct = 85_300;
  tracker.returnAir.tempMilliC = -18_070;
  const { stored, log } = sense();
  expect(stored).toBe(true);
  expect(reading(log).codes).toEqual([CODE_BIAS + 41, CODE_BIAS + 171, CODE_BIAS - 181]);
  expect(plainPages(tracker.journal.cells)).toMatchObject([
    { tempStep: 100, humidityStep: 500, channels: [0x01, 0x11, 0x02] },
  ]);
});

test('the fine setting has steps of 0.01 C and 0.1 %', () => {
  begin({ fineResolution: true });
  tracker.supplyAir.tempMilliC = 4126;
  tracker.supplyAir.humidityMilliPct = 85_340;
  tracker.returnAir.tempMilliC = -18_074;
  expect(reading(sense().log).codes).toEqual([CODE_BIAS + 413, CODE_BIAS + 853, CODE_BIAS - 1807]);
  expect(plainPages(tracker.journal.cells)).toMatchObject([{ tempStep: 10, humidityStep: 100 }]);
});

test('the interval is that of the configuration', () => {
  expect(samplingOf({ ...DEFAULT_CONFIG, intervalS: 900 }, tracker.fittings().probes).intervalS).toBe(900);
});

test('a reading is of the time at which measuring began', () => {
  tracker.clock.advance(41);
  const { log } = sense();
  expect(reading(log).uptimeS).toBe(42);
});

test.each([
  ['no-answer', 0],
  ['check', 1],
  ['not-ready', 2],
  ['range', 3],
  ['bus', 4],
  ['absent', 5],
] satisfies [SensorFailure, number][])(
  'a sensor that fails by "%s" costs its own values, which have reason %d, and is told',
  (failure, reason) => {
    tracker.supplyAir.failure = failure;
    const supply = sense();
    expect(supply.stored).toBe(true);
    const [t, h, r] = reading(supply.log).codes;
    expect([t, h]).toEqual([MISSING + reason, MISSING + reason]);
    expect(r).toBeLessThan(MISSING);
    expect(supply.log.at(-1)).toMatchObject({ kind: 'FAULT', fields: [SENSOR_FAILED, 0, 0] });

    begin();
    tracker.returnAir.failure = failure;
    const back = sense();
    const codes = reading(back.log).codes;
    expect(codes[2]).toBe(MISSING + reason);
    expect(Math.max(codes[0], codes[1])).toBeLessThan(MISSING);
    expect(back.log.at(-1)).toMatchObject({ kind: 'FAULT', fields: [SENSOR_FAILED, 1, 0] });
  },
);

test('when flash takes no reading, that is said', () => {
  for (let page = 0; page < tracker.journal.pages; page++) tracker.journal.defects.deadToProgram[page] = true;
  expect(sense().stored).toBe(false);
});
