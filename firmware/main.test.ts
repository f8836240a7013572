import { beforeEach, describe, expect, test } from 'vitest';
import { INTERVAL_REFUSED, NO_NETWORK, SAFE_MODE, SESSION_BEGUN } from '../hal/faults.ts';
import { type MockTracker, mockTracker } from '../hal/mock/tracker.ts';
import { LONGEST_SLEEP_S } from '../hal/power.ts';
import { configPage } from '../tools/provision/config-page.ts';
import { DEFAULT_CONFIG } from './config/values.ts';
import { CODE_BIAS, MISSING } from './journal/format.ts';
import { type Entry, plainLog } from './journal/testing/plain-log.ts';
import { plainPages } from './journal/testing/plain-reader.ts';
import { run } from './main.ts';

const config = {
  ...DEFAULT_CONFIG,
  deviceId: 'box-7',
  apn: 'iot.example',
  brokerHost: 'broker.example',
  caPem: '-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----',
};

let tracker: MockTracker;

beforeEach(() => {
  tracker = mockTracker();
  tracker.link.fault = NO_NETWORK;
});

/** Boot and let time pass until the board sleeps; how long it sleeps. */
function wake(): number {
  const before = tracker.power.sleeps.length;
  run(tracker);
  for (let second = 0; second < 1200 && tracker.power.sleeps.length === before; second += 0.5)
    tracker.clock.advance(0.5);
  expect(tracker.power.sleeps.length).toBe(before + 1);
  return tracker.power.sleeps[before] as number;
}

function sleepThrough(seconds: number): void {
  tracker.clock.advance(seconds);
  tracker.power.cause = 'timer';
}

function provision(changes: object = {}): void {
  tracker.configuration.program(0, configPage({ ...config, ...changes }, 1));
}

const log = (): Entry[] => plainLog(tracker.journal.cells);
const readings = (): Entry[] => log().filter(({ kind }) => kind === 'READING');
const kinds = (): string[] => log().map(({ kind }) => kind);

test('a tracker that was never configured measures all the same, and says what is missing', () => {
  const sleepS = wake();
  expect(readings()).toHaveLength(1);
  expect(kinds()).toEqual(expect.arrayContaining(['POWER_ON', 'FAULT']));
  expect(tracker.link.targets).toEqual([]);
  expect(sleepS).toBeGreaterThan(400);
  expect(sleepS).toBeLessThanOrEqual(600);
});

test('a day of wakes gives a reading every ten minutes, on the grid', () => {
  provision();
  for (let n = 0; n < 144; n++) sleepThrough(wake());
  const times = readings().map(({ uptimeS }) => uptimeS);
  expect(times).toHaveLength(144);
  expect(times).toEqual(times.map((_, n) => (times[0] ?? 0) + n * 600));
});

test('no sleep is longer than the board can sleep', () => {
  provision({ intervalS: 3600 });
  for (let n = 0; n < 8; n++) {
    const sleepS = wake();
    expect(sleepS).toBeLessThanOrEqual(LONGEST_SLEEP_S);
    sleepThrough(sleepS);
  }
  expect(readings().length).toBeGreaterThanOrEqual(3);
});

test('only radios that are allowed are searched for, and all where that would leave none', () => {
  const searched = (radios: number): number[] => {
    tracker = mockTracker();
    provision({ radios });
    wake();
    return (tracker.link.targets[0]?.searches ?? []).map(({ technology }) => technology);
  };
  expect(new Set(searched(30))).toEqual(new Set([1, 2]));
  expect(new Set(searched(4))).toEqual(new Set([2]));
  expect(new Set(searched(8))).toEqual(new Set([1, 2]));
});

test('readings go on at their time while a session takes longer than the interval', () => {
  provision({ intervalS: 60 });
  tracker.link.opensAfterS = 290;
  wake();
  const times = readings().map(({ uptimeS }) => uptimeS);
  expect(times.length).toBeGreaterThanOrEqual(5);
  expect(times).toEqual(times.map((_, n) => (times[0] ?? 0) + n * 60));
});

test('a power cut begins a new power-on and loses no reading', () => {
  provision();
  sleepThrough(wake());
  wake();
  const before = readings().length;
  const next = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
  next.link.fault = NO_NETWORK;
  tracker = next;
  wake();
  expect(readings()).toHaveLength(before + 1);
  expect(readings().map(({ powerOn }) => powerOn)).toEqual([1, 1, 2]);
  expect(new Set(readings().map(({ seq }) => seq)).size).toBe(3);
});

test('a supply that the radio takes down is not asked for it again at once', () => {
  provision();
  const outcomes = (): unknown[] =>
    log().flatMap(({ kind, fields }) => (kind === 'SESSION' ? fields[1] : []));
  const powerOn = (): void => {
    tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
    tracker.link.opensAfterS = 200;
    run(tracker);
    for (let second = 0; second < 200; second += 0.5) tracker.clock.advance(0.5);
  };
  powerOn();
  expect(outcomes()).toEqual([SESSION_BEGUN]);
  powerOn();
  expect(outcomes()).toEqual([SESSION_BEGUN]);
  expect(tracker.link.targets).toEqual([]);
  expect(readings()).toHaveLength(2);
  tracker.link.fault = NO_NETWORK;
  sleepThrough(tracker.power.sleeps[0] as number);
  wake();
  expect(outcomes()).toEqual([SESSION_BEGUN, SESSION_BEGUN, NO_NETWORK]);
});

test('whoever takes the power off between sessions sees the next one at once', () => {
  provision();
  wake();
  const sessions = kinds().filter((kind) => kind === 'SESSION').length;
  tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
  wake();
  expect(kinds().filter((kind) => kind === 'SESSION')).toHaveLength(2 * sessions);
});

test('an alarm that nobody has heard is tried again every hour, whatever has failed', () => {
  provision({ coldLimitMilliC: 2000, warmLimitMilliC: 8000 });
  tracker.supplyAir.tempMilliC = 9000;
  // Every 5 minutes while it is too warm.
  for (let wakes = 0; wakes < 144; wakes++) sleepThrough(wake());
  const begun = log().filter(({ kind, fields }) => kind === 'SESSION' && fields[1] !== SESSION_BEGUN);
  const gaps = begun.slice(1).map(({ uptimeS }, i) => uptimeS - (begun[i]?.uptimeS ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...gaps)).toBeLessThan(4300);
});

test('a sensor that does not answer costs its own values and nothing else', () => {
  provision();
  tracker.returnAir.failure = 'no-answer';
  wake();
  expect(readings()[0].codes).toEqual([CODE_BIAS + 43, CODE_BIAS + 130, MISSING]);
  expect(kinds()).toContain('FAULT');
});

test('without sky the attempt is recorded and the reading is there', () => {
  provision();
  tracker.gnss.fix = null;
  wake();
  expect(kinds()).toContain('NOFIX');
  expect(readings()).toHaveLength(1);
});

test('a program error becomes a line on the console and a sleep', () => {
  const broken = {
    ...tracker,
    crypto: {
      ...tracker.crypto,
      crc32: () => {
        throw new Error('boom');
      },
    },
  };
  run(broken);
  expect(tracker.console.lines.join('\n')).toContain('error 90: Error: boom');
  expect(tracker.power.sleeps).toEqual([60]);
});

test('what is configured holds from the next wake on: the interval, the resolution, the key', () => {
  provision();
  sleepThrough(wake());
  tracker.configuration.erase(0);
  provision({ intervalS: 900, fineResolution: true, deviceKey: new Uint8Array(32).fill(7) });
  while (readings().length < 4) sleepThrough(wake());
  const times = readings().map(({ uptimeS }) => uptimeS);
  expect(times.slice(1).map((uptimeS, n) => uptimeS - times[n])).toEqual([900, 900, 900]);
  expect(kinds()).toContain('INTERVAL');
  const pages = plainPages(tracker.journal.cells);
  expect(pages.map(({ tempStep }) => tempStep)).toEqual([100, 10]);
  expect(pages.map(({ seal }) => seal.some((byte) => byte !== 0))).toEqual([false, true]);
});

/** Seconds between the readings from the `from`th on. */
function gaps(from = 0): number[] {
  const times = readings().map(({ uptimeS }) => uptimeS);
  return times.slice(from + 1).map((uptimeS, n) => uptimeS - (times[from + n] as number));
}

const faults = (code: number): unknown[] =>
  log().flatMap(({ kind, fields }) => (kind === 'FAULT' && fields[0] === code ? [fields[1]] : []));

describe('the interval', () => {
  test('that the table of EN 12830 refuses is told once a power-on, and the table holds', () => {
    provision({ intervalS: 900, tripHours: 12 });
    for (let n = 0; n < 4; n++) sleepThrough(wake());
    expect(gaps()).toEqual([300, 300, 300]);
    expect(faults(INTERVAL_REFUSED)).toEqual([900]);
    tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
    wake();
    expect(faults(INTERVAL_REFUSED)).toEqual([900, 900]);
  });

  test('that the table allows is not told', () => {
    provision({ intervalS: 900, tripHours: 24 });
    for (let n = 0; n < 3; n++) sleepThrough(wake());
    expect(gaps()).toEqual([900, 900]);
    expect(faults(INTERVAL_REFUSED)).toEqual([]);
  });

  test('is that of an excursion from the reading that finds one to the reading that finds none', () => {
    provision({ warmLimitMilliC: 8000, excursionIntervalS: 120 });
    for (const milliC of [5000, 5000, 9000, 9000, 9000, 5000, 5000, 5000]) {
      tracker.returnAir.tempMilliC = milliC;
      // No wake in between takes a reading.
      for (const before = readings().length; readings().length === before; ) sleepThrough(wake());
    }
    expect(gaps()).toEqual([600, 600, 120, 120, 120, 600, 600]);
    expect(kinds().filter((kind) => kind === 'INTERVAL')).toHaveLength(2);
    const alarms = log().filter(({ kind }) => kind === 'ALARM');
    expect(alarms.map(({ fields }) => fields.slice(0, 2))).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  test('of an excursion outlasts a power cut', () => {
    provision({ warmLimitMilliC: 8000, excursionIntervalS: 120 });
    tracker.returnAir.tempMilliC = 9000;
    for (let n = 0; n < 3; n++) sleepThrough(wake());
    tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
    tracker.link.fault = NO_NETWORK;
    tracker.returnAir.tempMilliC = 9000;
    for (let n = 0; n < 3; n++) sleepThrough(wake());
    expect(gaps(3)).toEqual([120, 120]);
    expect(log().filter(({ kind }) => kind === 'ALARM')).toHaveLength(1);
  });
});

describe('safe mode', () => {
  /** Power comes, and goes before the tracker has got as far as its sleep. */
  function powerCut(): void {
    tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
    tracker.link.opensAfterS = 300;
    run(tracker);
    tracker.clock.advance(20);
    expect(tracker.power.sleeps).toEqual([]);
  }

  test('comes with the fourth start behind three that never reached their sleep: readings, and nothing else', () => {
    provision({ warmLimitMilliC: 8000 });
    for (let start = 0; start < 3; start++) powerCut();
    expect(faults(SAFE_MODE)).toEqual([]);
    const before = {
      readings: readings().length,
      sessions: kinds().filter((kind) => kind === 'SESSION').length,
    };
    tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
    tracker.returnAir.tempMilliC = 9000;
    for (let n = 0; n < 10; n++) sleepThrough(wake());
    expect(faults(SAFE_MODE)).toEqual([3]);
    expect(tracker.link.targets).toEqual([]);
    expect(readings()).toHaveLength(before.readings + 10);
    expect(kinds().filter((kind) => kind === 'SESSION')).toHaveLength(before.sessions);
    expect(kinds()).not.toContain('ALARM');
  });

  test('ends within a day, and what was measured meanwhile is judged then', () => {
    provision({ warmLimitMilliC: 8000 });
    for (let start = 0; start < 3; start++) powerCut();
    tracker = mockTracker({ journal: tracker.journal, configuration: tracker.configuration });
    tracker.link.fault = NO_NETWORK;
    wake();
    for (let n = 0; n < 150; n++) {
      sleepThrough(tracker.power.sleeps.at(-1) as number);
      tracker.returnAir.tempMilliC = n < 20 ? 9000 : 5000;
      wake();
    }
    const alarms = log().filter(({ kind }) => kind === 'ALARM');
    expect(alarms.map(({ fields }) => fields[1])).toEqual([1, 0]);
    // The first of 20 readings ten minutes apart; it was told a day later.
    const [raised, ended] = alarms.map(({ uptimeS, fields }) => uptimeS + (fields[2] as number));
    expect((ended as number) - (raised as number)).toBe(12_000);
    expect(tracker.link.targets.length).toBeGreaterThan(0);
  });
});

describe('power and surroundings', () => {
  const conditions = (): unknown[] =>
    log().flatMap(({ kind, fields }) => (kind === 'CONDITIONS' ? [fields[1]] : []));

  test('are recorded once a change, and a compressor is none', () => {
    provision();
    for (let n = 0; n < 6; n++) {
      tracker.reefer.signals = { compressor: n % 2 === 0, defrost: false, inRange: true };
      sleepThrough(wake());
    }
    tracker.door.open = true;
    for (let n = 0; n < 3; n++) sleepThrough(wake());
    // The socket 32, in range 256, the compressor 64 as it was at each change; no ambient air, so no charging.
    expect(conditions()).toEqual([32 + 256 + 64, 32 + 256 + 16]);
  });

  test('below 3.5 V there is neither a position nor a session, and readings go on', () => {
    provision();
    tracker.battery.level = 3490;
    for (let n = 0; n < 8; n++) sleepThrough(wake());
    expect(tracker.link.targets).toEqual([]);
    expect(kinds()).not.toContain('SESSION');
    expect(kinds()).not.toContain('FIX');
    expect(kinds()).not.toContain('NOFIX');
    expect(gaps()).toEqual(new Array(7).fill(600));
    expect(conditions()).toEqual([2]);
    // 3.6 V are 100 mV above the limit of radio.
    tracker.battery.level = 3600;
    sleepThrough(wake());
    expect(tracker.link.targets).toHaveLength(1);
    expect(conditions()).toEqual([2, 1]);
  });

  test('near brown-out readings come as seldom as the trip allows, but not in an excursion', () => {
    provision({ tripHours: 100, warmLimitMilliC: 8000, excursionIntervalS: 300 });
    tracker.battery.level = 3350;
    for (let n = 0; n < 4; n++) sleepThrough(wake());
    expect(gaps()).toEqual([900, 900, 900]);
    tracker.supplyAir.tempMilliC = 9000;
    for (let n = 0; n < 4; n++) sleepThrough(wake());
    expect(gaps(4)).toEqual([300, 300, 300]);
  });
});

test('readings do not keep a wake alive that is stuck', () => {
  provision({ intervalS: 60 });
  tracker.gnss.locate = () => {};
  run(tracker);
  expect(() => {
    for (let second = 0; second < 1100; second += 0.5) tracker.clock.advance(0.5);
  }).toThrow('the watchdog bit');
  expect(readings().length).toBeGreaterThan(8);
});
