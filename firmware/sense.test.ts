import { beforeEach, describe, expect, test } from 'vitest';
import { SENSOR_DOUBTED, SENSOR_FAILED } from '../hal/faults.ts';
import { mockClock } from '../hal/mock/clock.ts';
import { type MockThermoHygrometer, mockThermoHygrometer } from '../hal/mock/thermo-hygrometer.ts';
import { type MockTracker, mockTracker } from '../hal/mock/tracker.ts';
import type { Probe } from '../hal/probe.ts';
import type { SensorFailure } from '../hal/thermo-hygrometer.ts';
import { DEFAULT_CONFIG } from './config/values.ts';
import { CODE_BIAS, MISSING } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';
import { boot } from './journal/testing/bench.ts';
import { type Entry, plainLog } from './journal/testing/plain-log.ts';
import { plainPages } from './journal/testing/plain-reader.ts';
import { samplingOf, senseAndAppend } from './sense.ts';

let tracker: MockTracker;
let journal: Journal;
let config = DEFAULT_CONFIG;
/** The board's, in the order of their places; without humidity from the third on. */
let sensors: MockThermoHygrometer[];

beforeEach(() => begin());

/** A tracker with probes at the first `places` places. */
function begin(changes: object = {}, places = 2): void {
  const bare = mockTracker();
  const { supplyAir, returnAir, door, reefer, clock } = bare;
  sensors = [supplyAir, returnAir];
  while (sensors.length < places) sensors.push(mockThermoHygrometer(clock));
  const probes = sensors.map((sensor, i): Probe => ({ place: i + 1, measuresHumidity: i === 0, sensor }));
  tracker = { ...bare, fittings: () => ({ probes, door, reefer }) };
  config = { ...DEFAULT_CONFIG, ...changes };
  reboot();
}

/** What each wake does: the last record is in flash and nowhere else. */
function reboot(): void {
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

describe('which channels a page has', () => {
  const probe = (place: number, measuresHumidity: boolean): Probe => ({
    place,
    measuresHumidity,
    sensor: mockThermoHygrometer(mockClock()),
  });
  const all = [1, 2, 3, 4, 5, 6, 7].map((place) => probe(place, true));

  test('those of the probes that the configuration says are fitted, in the order of their places', () => {
    const channels = (probes: number) => samplingOf({ ...DEFAULT_CONFIG, probes }, all).channels;
    expect(channels(6)).toEqual([0x01, 0x11, 0x02, 0x12]);
    expect(channels(16 + 4)).toEqual([0x02, 0x12, 0x04, 0x14]);
  });

  test('eight at most, and no temperature goes without for a humidity', () => {
    const channels = samplingOf({ ...DEFAULT_CONFIG, probes: 254 }, all).channels;
    expect(channels).toEqual([0x01, 0x11, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07]);
    begin({ probes: 254 }, 7);
    expect(sense().stored).toBe(true);
    expect(plainPages(tracker.journal.cells)[0]?.channels).toHaveLength(8);
  });

  test('a probe that is fitted by the configuration and not on the board is not fitted in each reading', () => {
    begin({ probes: 6 + 16 });
    const { codes } = reading(sense().log);
    expect(codes[3]).toBe(MISSING + 5);
    expect(faults()).toEqual([[SENSOR_FAILED, 3]]);
  });
});

const NO_PROBE = 0;

/** Code and detail of each FAULT in flash, oldest first. */
function faults(): unknown[] {
  const all = plainLog(tracker.journal.cells).filter(({ kind }) => kind === 'FAULT');
  return all.map(({ fields }) => fields.slice(0, 2));
}

/** A wake of the timer's for each temperature of the return air, ten minutes apart. */
function wakes(...returnMilliC: readonly (number | null)[]): void {
  tracker.power.cause = 'timer';
  for (const milliC of returnMilliC) {
    tracker.clock.advance(599);
    tracker.returnAir.failure = milliC === null ? 'no-answer' : null;
    tracker.returnAir.tempMilliC = milliC ?? NO_PROBE;
    reboot();
    sense();
  }
}

describe('a probe that fails', () => {
  test('is told once, and again when it fails in another way', () => {
    wakes(5000, null, null, null);
    expect(faults()).toEqual([[SENSOR_FAILED, 1]]);
    tracker.clock.advance(599);
    tracker.returnAir.failure = 'check';
    reboot();
    sense();
    expect(faults()).toHaveLength(2);
  });

  test('and comes back, and fails again and again, as behind a loose plug, does not fill the journal', () => {
    wakes(5000);
    const before = journal.ring.index;
    while (journal.ring.index === before) wakes(null, 5000);
    const log = plainLog(tracker.journal.cells);
    const firstBlock = log.filter(({ kind, index }) => kind === 'FAULT' && index === 0);
    expect(firstBlock).toHaveLength(1);
    expect(log.filter(({ kind }) => kind === 'READING').length).toBeGreaterThan(20);
  });

  test('for long is told once in each block', () => {
    wakes(...new Array(900).fill(null));
    const log = plainLog(tracker.journal.cells);
    const blocks = new Set(log.filter(({ kind }) => kind === 'READING').map(({ index }) => index));
    expect(blocks.size).toBeGreaterThanOrEqual(4);
    expect(faults()).toHaveLength(blocks.size);
  });
});

describe('a value that can hardly be true', () => {
  test('is kept, and doubted once for as long as it stays', () => {
    begin({ probes: 4 });
    wakes(5000, 70_100, 70_000, 5000, 71_000, 72_000, 5000);
    const kept = plainLog(tracker.journal.cells).filter(({ kind }) => kind === 'READING');
    expect(kept.map(({ codes }) => codes[0])).toEqual(
      [50, 701, 700, 50, 710, 720, 50].map((n) => n + CODE_BIAS),
    );
    // Beyond 70 C; that it jumped there by more than 60 K is no news. The second time is in the same block.
    expect(faults().slice(0, 1)).toEqual([[SENSOR_DOUBTED, 16 * 2 + 1]]);
    expect(faults().filter((fault) => String(fault) === `${SENSOR_DOUBTED},33`)).toHaveLength(1);
  });

  test('a jump of more than 60 K is one', () => {
    begin({ probes: 4 });
    wakes(-40_000, 20_000, 20_000, -40_000);
    expect(faults()).toEqual([]);
    wakes(20_100, 20_100, -40_000);
    expect(faults()).toEqual([[SENSOR_DOUBTED, 16 * 2 + 2]]);
  });

  test('no jump is too fast for the time that power was off, or behind an hour of silence', () => {
    begin({ probes: 4 });
    wakes(-40_000);
    tracker.clock.advance(3700);
    wakes(30_000);
    tracker.clock.advance(599);
    tracker.returnAir.tempMilliC = -40_000;
    tracker.power.cause = 'power-on';
    reboot();
    journal.poweredOn(0, tracker.clock.uptimeS());
    sense();
    expect(faults()).toEqual([]);
  });

  test('supply and return air that contradict each other are both doubted', () => {
    tracker.supplyAir.tempMilliC = -20_000;
    wakes(9900, 10_000);
    expect(faults()).toEqual([]);
    wakes(10_100, 10_200);
    expect(faults()).toEqual([
      [SENSOR_DOUBTED, 16 + 4],
      [SENSOR_DOUBTED, 32 + 4],
    ]);
  });
});

describe('a probe that does not move through a whole block', () => {
  const STUCK_SUPPLY = [SENSOR_DOUBTED, 16 + 3];

  /** As many readings as fill blocks of the journal, of return air that swings by `swing` thousandths of a degree. */
  function fill(blocks: number, swing: number): void {
    if (journal.readingSeq < 0) wakes(5000);
    const end = journal.ring.index + blocks;
    for (let n = 0; journal.ring.index < end; n++) wakes(5000 + (n % 2) * swing);
  }

  test('is doubted once in each block in which another moved by 2 K', () => {
    fill(1, 2000);
    expect(faults()).toEqual([STUCK_SUPPLY]);
    fill(2, 2000);
    expect(faults()).toEqual([STUCK_SUPPLY, STUCK_SUPPLY, STUCK_SUPPLY]);
  });

  test('is not where none moved so far, or where it moved by one step', () => {
    fill(2, 1900);
    tracker.supplyAir.tempMilliC += 100;
    fill(1, 2000);
    expect(faults()).toEqual([]);
  });

  test('is not in a block of few readings', () => {
    for (let n = 0; n < 10; n++) {
      wakes(5000 + (n % 2) * 2000);
      for (let i = 0; i < 8; i++) journal.fix(700 * n, 2312345 + n, 11345678 - n, 9, 1790000000 + n);
    }
    expect(new Set(plainLog(tracker.journal.cells).map(({ index }) => index)).size).toBeGreaterThan(2);
    expect(faults()).toEqual([]);
  });

  test('that sits in the cargo is doubted only where the air moved by 10 K', () => {
    begin({ probes: 4 + 16 }, 4);
    fill(2, 9900);
    expect(faults()).toEqual([]);
    fill(2, 10_000);
    expect(faults()[0]).toEqual([SENSOR_DOUBTED, 16 * 4 + 3]);
  });

  test('is not while it gives no value at all', () => {
    tracker.supplyAir.failure = 'bus';
    fill(2, 2000);
    expect(faults()).not.toContainEqual(STUCK_SUPPLY);
  });
});

describe('a correction', () => {
  /** Place, correction in thousandths of a degree, due day 20454, certificate "K-7". */
  const calibration = (place: number, milliC: number): number[] => {
    const correction = milliC & 0xffff;
    return [place, correction >> 8, correction & 255, 20454 >> 8, 20454 & 255, 3, 0x4b, 0x2d, 0x37];
  };

  test('is added to what its probe measures, and to nothing else', () => {
    begin({
      fineResolution: true,
      calibration: new Uint8Array([...calibration(2, -310), ...calibration(1, 150)]),
    });
    tracker.supplyAir.tempMilliC = 4000;
    tracker.returnAir.tempMilliC = 100;
    expect(reading(sense().log).codes).toEqual([CODE_BIAS + 415, CODE_BIAS + 650, CODE_BIAS - 21]);
  });

  test('makes no value of none', () => {
    begin({ calibration: new Uint8Array(calibration(1, 150)) });
    tracker.supplyAir.failure = 'check';
    expect(reading(sense().log).codes[0]).toBe(MISSING + 1);
  });
});
