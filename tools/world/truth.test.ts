import { describe, expect, test } from 'vitest';
import { ClimateSeries } from './climate-series.ts';
import { loadCorridor } from './load-corridor.ts';
import { findScenario, type Scenario } from './scenario.ts';
import { World } from './world.ts';

const corridor = loadCorridor();
const worldOf = (scenario: Scenario, climate?: ClimateSeries) =>
  new World({ corridor, seed: 1, scenario, nowUs: () => 0, ...(climate ? { climate } : {}) });

describe('a week with frozen fish', () => {
  const world = worldOf(findScenario('frozen-week'));
  const truth = world.truth(168);

  test('has one of each mishap, and says what, when and where', () => {
    expect(truth.filter(({ kind }) => kind !== 'defrost')).toEqual([
      {
        fromHour: 22,
        toHour: 22.5,
        kind: 'door-open',
        what: 'doors open: quarantine at Pingxiang takes cartons out',
        where: 'Pingxiang',
      },
      {
        fromHour: 30,
        toHour: 44,
        kind: 'power-off',
        what: 'no power: generator wagon out of fuel, no plug at Nanning',
        where: 'Pingxiang - Guiyang',
      },
      {
        fromHour: 70,
        toHour: 106,
        kind: 'set-point',
        what: 'set to -12.0 C, not -20.0 C: typed wrong at Chongqing',
        where: 'Chongqing Tuanjie Village',
      },
      {
        fromHour: 146,
        toHour: 149,
        kind: 'defrost-fault',
        what: 'defrost that does not end: thermostat of the coil has failed',
        where: 'Chongqing Tuanjie Village',
      },
    ]);
  });

  test('has a defrost of 25 min after every 8 h of power, in order with the rest', () => {
    const defrosts = truth.filter(({ kind }) => kind === 'defrost');
    for (const { fromHour, toHour, what } of defrosts) {
      expect((toHour - fromHour) * 60).toBeCloseTo(25, 6);
      expect(what).toBe('defrost');
    }
    // 8 h, and 25 min more each time; the fourth waits for 14 h until the power is back.
    expect(defrosts.slice(0, 4).map(({ fromHour }) => Math.round(fromHour * 60))).toEqual([
      480, 985, 1490, 2835,
    ]);
    const hours = truth.map(({ fromHour }) => fromHour);
    expect(hours).toEqual(hours.toSorted((one, other) => one - other));
  });

  test('is told up to the hour that is asked for, and what goes on then up to that hour', () => {
    const half = world.truth(35);
    expect(half.at(-1)).toMatchObject({ kind: 'power-off', fromHour: 30, toHour: 35 });
    expect(half).toHaveLength(5);
    expect(world.truth(0)).toEqual([]);
  });

  test('counts a power cut within a defrost as a pause of it', () => {
    const events = [{ kind: 'power-off', atHour: 8.2, hours: 5, note: 'unplugged' }] as const;
    const cut = worldOf({ ...findScenario('frozen-week'), events }).truth(16);
    const minutes = cut
      .filter(({ kind }) => kind === 'defrost')
      .map(({ fromHour, toHour }) => [Math.round(fromHour * 60), Math.round(toHour * 60)]);
    expect(minutes).toEqual([
      [480, 492],
      [792, 805],
    ]);
  });
});

test('the frozen journey has doors opened in six yards, a day and a half set wrong, and 14 h off in Kazakhstan', () => {
  const world = worldOf(findScenario('hanoi-duisburg-frozen'));
  const truth = world.truth(600);
  const of = (kind: string) => truth.filter((event) => event.kind === kind);
  const doors = of('door-open');
  expect(new Set(doors.map(({ where }) => where))).toEqual(
    new Set(['Dong Dang', 'Pingxiang', 'Alashankou', 'Petropavl', 'Brest', 'Malaszewicze']),
  );
  for (const { fromHour, toHour } of doors) {
    expect((toHour - fromHour) * 60).toBeGreaterThanOrEqual(10);
    expect((toHour - fromHour) * 60).toBeLessThanOrEqual(45);
  }
  const longest = of('power-off').find(({ fromHour, toHour }) => toHour - fromHour > 13);
  expect(longest).toMatchObject({ fromHour: 360, toHour: 374, where: 'Dostyk - Balkhash' });
  expect(world.at(360).country).toBe('KZ');
  expect(world.ambientC(362)).toBeGreaterThan(28);
  expect(of('set-point')).toMatchObject([{ fromHour: 100, toHour: 136 }]);
  // Defrosts are 6 to 12 h apart, but for the one that waits for power.
  const starts = of('defrost').map(({ fromHour }) => fromHour);
  const apart = starts.slice(1).map((hour, index) => hour - (starts[index] as number));
  expect(Math.min(...apart)).toBeGreaterThan(6);
  expect(apart.filter((hours) => hours > 12)).toHaveLength(1);
});

test('nothing is done to a box whose climate was recorded elsewhere', () => {
  const climate = new ClimateSeries([
    { timeMs: 0, celsius: 21, humidityPct: 30 },
    { timeMs: 60_000, celsius: 22, humidityPct: 31 },
  ]);
  expect(worldOf(findScenario('frozen-week'), climate).truth(168)).toEqual([]);
});
