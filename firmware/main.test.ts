import { beforeEach, expect, test } from 'vitest';
import { NO_NETWORK, SESSION_BEGUN } from '../hal/faults.ts';
import { type MockTracker, mockTracker } from '../hal/mock/tracker.ts';
import { LONGEST_SLEEP_S } from '../hal/power.ts';
import { configPage } from '../tools/provision/config-page.ts';
import { DEFAULT_CONFIG } from './config/config.ts';
import { CODE_BIAS, MISSING } from './journal/format.ts';
import { type Entry, plainLog } from './journal/testing/plain-log.ts';
import { plainPages } from './journal/testing/plain-reader.ts';
import { run } from './main.ts';

const config = {
  ...DEFAULT_CONFIG,
  deviceId: 'box-7',
  apn: 'iot.example',
  brokerHost: 'broker.example',
  caPem: '-----BEGIN CERTIFICATE-----',
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
  for (let wakes = 0; wakes < 72; wakes++) sleepThrough(wake());
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
