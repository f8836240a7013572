import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RideOptions } from '../tools/ride/options.ts';
import { ride } from '../tools/ride/ride.ts';
import { readDeviceKey } from '../tools/verify/key.ts';
import { verifyImage } from '../tools/verify/verify.ts';

let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'coldrail-ride-'));
});

afterEach(() => {
  rmSync(out, { recursive: true, force: true });
});

function options(changes: Partial<RideOptions> = {}): RideOptions {
  return {
    scenario: 'hanoi-duisburg',
    board: 't-sim7080g-s3',
    seed: 7,
    intervalS: 600,
    climateColumns: {},
    out,
    powerCutAtHours: [],
    ...changes,
  };
}

const go = (changes: Partial<RideOptions> = {}) => ride(options(changes), () => {});

test('every reading from Hanoi to Duisburg is in the database exactly once', async () => {
  const { summary, complaints, problems } = await go();
  expect(summary).toMatchObject({ lost: 0, invented: 0 });
  expect(summary.samples).toBe(summary.stored);
  expect(summary.stored).toBe(summary.inDatabase);
  // In the cold the tracker's clock is slow, by up to 3 %.
  expect(summary.samples).toBeGreaterThan(0.97 * 25 * 24 * 6);
  expect(summary.longestGapHours).toBeGreaterThan(24);
  expect(complaints).toBe(0);
  expect(problems).toEqual([]);
  expect(readdirSync(join(out, 'hanoi-duisburg')).sort()).toEqual([
    'device-key.hex',
    'flash.bin',
    'readings.sqlite',
    'report.html',
    'summary.json',
  ]);
  const file = (name: string): string => join(out, 'hanoi-duisburg', name);
  const deviceKey = readDeviceKey(file('device-key.hex'));
  expect(verifyImage(readFileSync(file('flash.bin')), deviceKey)).toMatchObject({
    verdict: 'proven',
    findings: [],
  });
});

test.each([
  ['frozen-week', 4, 17],
  ['hanoi-duisburg-frozen', 6, 60],
])(
  '%s: every alarm is about something that was done, and none is from a defrost',
  async (scenario, least, defrosts) => {
    const { summary, harm } = await go({ scenario });
    expect(summary).toMatchObject({ lost: 0, invented: 0, alarms: { false: 0 } });
    expect(harm.alarms.length).toBeGreaterThanOrEqual(least);
    expect(harm.falseAlarms).toEqual([]);
    expect(harm.strayEnds).toBe(0);
    // What goes on for long enough to harm frozen fish is told of, and when it began is known to a reading or two.
    for (const { event, alarm } of harm.events) {
      if (event.kind === 'defrost' || event.toHour - event.fromHour < 1.9) continue;
      expect(alarm, event.what).toBeDefined();
      expect((alarm?.atHour ?? 0) - event.fromHour, event.what).toBeLessThan(2.5);
    }
    expect(harm.events.filter(({ event }) => event.kind === 'defrost').length).toBeGreaterThanOrEqual(
      defrosts,
    );
    for (const { sinceHour, atHour, seconds, valueC, limitC, degreeMinutes, extremeC } of harm.alarms) {
      expect(seconds).toBeGreaterThanOrEqual(3600);
      expect(atHour - sinceHour).toBeGreaterThanOrEqual(0.99);
      expect(valueC).toBeGreaterThan(limitC);
      expect(extremeC).toBeGreaterThanOrEqual(valueC ?? Number.NaN);
      expect(degreeMinutes).toBeGreaterThan(0);
    }
  },
);

test('the same seed gives the same bytes, and another seed others', async () => {
  const first = await go({ days: 2 });
  const flash = readFileSync(join(first.folder, 'flash.bin'));
  const report = readFileSync(join(first.folder, 'report.html'), 'utf8');
  const second = await go({ days: 2 });
  expect(second.summary).toEqual(first.summary);
  expect(readFileSync(join(second.folder, 'flash.bin')).equals(flash)).toBe(true);
  expect(readFileSync(join(second.folder, 'report.html'), 'utf8')).toBe(report);
  const other = await go({ days: 2, seed: 8 });
  expect(readFileSync(join(other.folder, 'flash.bin')).equals(flash)).toBe(false);
});

test('a broker that dies for hours costs nothing', async () => {
  const { summary, problems } = await go({
    days: 3,
    brokerOutage: { atHour: 30, hours: 9 },
  });
  expect(summary).toMatchObject({ lost: 0, invented: 0 });
  expect(summary.inDatabase).toBe(summary.stored);
  expect(summary.longestGapHours).toBeGreaterThan(8);
  expect(problems).toEqual([]);
});

test('a power cut in the middle of a flash write costs at most the reading that it interrupts', async () => {
  const cuts = [0, 5.4, 13.2, 20.05, 27.9, 33.3, 40.6, 47.1];
  const { summary, complaints } = await go({ days: 3, powerCutAtHours: cuts });
  expect(complaints).toBe(0);
  expect(summary).toMatchObject({ lost: 0, invented: 0 });
  expect(summary.inDatabase).toBe(summary.stored);
  expect(summary.samples - summary.stored).toBeLessThanOrEqual(cuts.length);
  expect(summary.samples).toBeGreaterThan(summary.stored);
});

test('the board that is Espruino for Linux rides as well', async () => {
  const { summary } = await go({ days: 1, board: 'espruino-linux' });
  expect(summary).toMatchObject({
    board: 'espruino-linux',
    lost: 0,
    invented: 0,
  });
  expect(summary.inDatabase).toBe(summary.stored);
});

test('readings every minute leave no time for a long session and are delivered all the same', async () => {
  const { summary } = await go({ days: 0.5, intervalS: 60 });
  expect(summary).toMatchObject({ lost: 0, invented: 0 });
  expect(summary.samples).toBeGreaterThan(700);
});

test('a ride that fails leaves nothing half-written and an earlier result whole', async () => {
  const { folder } = await go({ days: 0.2 });
  const before = readFileSync(join(folder, 'summary.json'), 'utf8');
  await expect(go({ days: 0.2, broker: 'mqtt://127.0.0.1:9' })).rejects.toMatchObject({
    id: 'broker.unreachable',
  });
  expect(readFileSync(join(folder, 'summary.json'), 'utf8')).toBe(before);
  expect(readdirSync(out)).toEqual(['hanoi-duisburg']);
});
