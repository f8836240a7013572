/** What a session asks of the battery, and what the battery under its load says to the ladder. */
import { describe, expect, test } from 'vitest';
import type { MockBattery } from '../../hal/mock/battery.ts';
import { RadioBench } from '../radio/testing/radio-bench.ts';

/** Bits of a CONDITIONS: docs/journal.md. */
const FED = 4;

/** A bench whose last reading has left these conditions, with a battery of so many millivolts. */
function benchAt(conditions: number, millivolts: number) {
  // The network that it knows is 2G.
  const bench = new RadioBench({ family: 'sim7000' });
  bench.journal.conditions(0, conditions, millivolts);
  const battery = bench.tracker.battery as MockBattery;
  battery.level = millivolts;
  return { bench, battery };
}

const conditionsOf = (bench: RadioBench) =>
  bench
    .log()
    .filter(({ kind }) => kind === 'CONDITIONS')
    .slice(1)
    .map(({ fields }) => fields.slice(1));

describe('a session over 2G', () => {
  test('is held with 3.65 V and full service', async () => {
    const { bench } = benchAt(0, 3650);
    expect((await bench.session()).result).toBe('delivered');
    expect(bench.drivers.written.some((text) => text.includes('CNMP=13'))).toBe(true);
    expect(conditionsOf(bench)).toEqual([]);
  });

  test('is not asked of the same cell on the first rung, where cold or a load has brought it', async () => {
    const { bench } = benchAt(1, 3650);
    expect((await bench.session()).result).toBe('network.none');
    expect(bench.drivers.written.some((text) => text.includes('CNMP=13'))).toBe(false);
  });
});

describe('a battery below 3.5 V', () => {
  test('holds a session back', async () => {
    const { bench } = benchAt(0, 3450);
    expect((await bench.session()).result).toBe('battery.low');
  });

  test('does not while power from outside carries the modem', async () => {
    const { bench } = benchAt(FED, 3450);
    expect((await bench.session()).result).toBe('delivered');
    expect(conditionsOf(bench)).toEqual([]);
  });
});

describe('a battery that sags while the modem is on', () => {
  test.each([
    [3600, []],
    [3599, [[1, 3599]]],
    [3500, [[1, 3500]]],
    [3499, [[2, 3499]]],
    [3300, [[2, 3300]]],
  ])('to %d mV steps down the ladder to %j', async (sagged, told) => {
    const { bench, battery } = benchAt(0, 3700);
    let looks = 0;
    // Once before the session; and the lowest counts, not the last.
    battery.millivolts = () => [3700, 3690, sagged][looks++] ?? 3695;
    await bench.session();
    expect(looks).toBeGreaterThan(2);
    expect(conditionsOf(bench)).toEqual(told);
  });

  test('is no reason to go up', async () => {
    const { bench, battery } = benchAt(1, 3620);
    battery.millivolts = () => 4000;
    await bench.session();
    expect(conditionsOf(bench)).toEqual([]);
  });

  test('keeps what else is known of the conditions', async () => {
    const { bench, battery } = benchAt(16 + 32 + 256, 3700);
    let looks = 0;
    battery.millivolts = () => (looks++ === 0 ? 3700 : 3550);
    await bench.session();
    expect(conditionsOf(bench)).toEqual([[1 + 16 + 32 + 256, 3550]]);
    bench.reboot();
    expect(bench.journal.state.conditions).toBe(1 + 16 + 32 + 256);
  });

  test('and does not answer says nothing', async () => {
    const { bench, battery } = benchAt(0, 3700);
    battery.millivolts = () => null;
    expect((await bench.session()).result).toBe('delivered');
    expect(conditionsOf(bench)).toEqual([]);
  });
});
