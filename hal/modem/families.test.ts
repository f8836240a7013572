import { describe, expect, it } from 'vitest';
import { DriverBench, profiles, target } from '../../tools/conformance/driver-bench.ts';
import { berlin, openSky } from '../../tools/sim/chips/modem/bench.ts';
import type { FamilyName } from '../../tools/sim/chips/modem/families/index.ts';
import type { RadioTechnology } from '../../tools/sim/chips/radio.ts';
import { OK } from '../faults.ts';

const TECHNOLOGIES: readonly RadioTechnology[] = ['LTE-M', 'NB-IoT', 'GSM', 'LTE'];

/** Every modem on every technology that it has: registered there, a stream opened, bytes there and back, and off again. */
const pairs = (Object.keys(profiles) as FamilyName[]).flatMap((family) =>
  profiles[family].technologies.map((technology) => [family, technology] as const),
);

describe.each(pairs)('%s on technology %i', (family, technology) => {
  it.each([1, 2, 3, 4, 5, 6])('carries a stream and reports where it was, seed %i', async (seed) => {
    const name = TECHNOLOGIES[technology - 1] as RadioTechnology;
    const bench = new DriverBench({ seed, family, hasRail: family === 'sim7080' });
    bench.world.cells = { [name]: berlin };
    bench.world.stream.answer = (text) => [text];
    const searches = profiles[family].technologies.map((one) => ({
      technology: one,
      withinS: 60,
      network: 0,
    }));
    const session = bench.open(400, { ...target, searches });
    await bench.until(() => session.faults.length > 0, 420);
    expect(session.faults).toEqual([OK]);
    expect(bench.link.report()).toMatchObject({ technology, network: 26_201, rssiDbm: -73, recoveries: [] });
    expect(bench.link.report().sim).toBeGreaterThan(0);
    const time = bench.link.networkTime();
    expect(time).not.toBeNull();
    const told = (time?.utcS ?? 0) - (time?.uptimeS ?? 0);
    expect(Math.abs(told - Date.UTC(2026, 10, 21, 12, 0, 0) / 1000)).toBeLessThan(3);
    const long = Array.from({ length: 1460 }, (_, index) => String.fromCharCode((index * 7) & 255)).join('');
    expect(await bench.send(long)).toEqual([true]);
    await bench.run(20);
    expect(await bench.send('>OK\r\n')).toEqual([true]);
    await bench.run(20);
    expect(session.heard).toBe(`${long}>OK\r\n`);
    expect(await bench.close()).toHaveLength(1);
    expect(bench.world.modem.state).toBe('off');
  });
});

describe.each(Object.keys(profiles) as FamilyName[])('%s as a receiver', (family) => {
  const benchWith = (seed: number): DriverBench =>
    new DriverBench({ seed, family, ...(family === 'sim7000' ? { antennaGpio: 48 } : {}) });

  it.each([1, 2, 3])('finds where it is and when, seed %i', async (seed) => {
    const bench = benchWith(seed);
    bench.world.fix = openSky;
    const search = await bench.located(90);
    expect(search.outcomes).toMatchObject([
      [null, { latE5: 5_252_000, lonE5: -40_500, utcS: openSky.utcMs / 1000 }],
    ]);
  });

  it.each([1, 2, 3])('finds nothing under a roof, and says so in time, seed %i', async (seed) => {
    const bench = benchWith(seed);
    const search = await bench.located(60);
    expect(search.outcomes).toEqual([['no-fix', null]]);
    expect(search.tookS).toBeLessThanOrEqual(80);
  });

  it('opens a stream behind a fix, without a restart', async () => {
    const bench = benchWith(4);
    bench.world.fix = openSky;
    bench.world.cells = { GSM: berlin, 'LTE-M': berlin };
    await bench.located(90);
    const searches = profiles[family].technologies.map((one) => ({
      technology: one,
      withinS: 60,
      network: 0,
    }));
    const session = bench.open(400, { ...target, searches });
    await bench.until(() => session.faults.length > 0, 420);
    expect(session.faults).toEqual([OK]);
    expect(bench.link.report().recoveries).toEqual([]);
  });
});
