import { describe, expect, test } from 'vitest';
import { HOUR_US } from '../sim/kernel.ts';
import { loadCorridor } from './load-corridor.ts';
import type { CargoProbe } from './probes.ts';
import { findScenario } from './scenario.ts';
import { World, type WorldOptions } from './world.ts';

const corridor = loadCorridor();
const PROBES: readonly CargoProbe[] = [1, 2, 3, 4];

function ride(name: string, options: Partial<WorldOptions> = {}) {
  let hour = 0;
  const scenario = findScenario(name);
  const world = new World({
    corridor,
    seed: 1,
    scenario,
    nowUs: () => Math.round(hour * HOUR_US),
    ...options,
  });
  return (atHour: number) => {
    hour = atHour;
    return world;
  };
}

describe('air in a box to which only the road does something', () => {
  // As it was before scenarios had events: what is new draws from streams of its own.
  test.each([
    [10, 4.920876, 91.542351, 5.180155, 90.033669],
    [302.5, 1.388314, 19.853106, -1.532966, 24.504189],
    [312, 3.294791, 99.98999, 3.236872, 99.851494],
    [599, 4.928014, 92.390884, 5.043331, 91.593536],
  ])('is at hour %d as it always was', (hour, supplyC, supplyPct, returnC, returnPct) => {
    const at = ride('hanoi-duisburg');
    for (const probe of PROBES) at(hour / 2).chips.cargo(probe);
    at(hour).signals();
    const { chips } = at(hour);
    expect(chips.supply().celsius).toBeCloseTo(supplyC, 5);
    expect(chips.supply().humidityPct).toBeCloseTo(supplyPct, 4);
    expect(chips.return().celsius).toBeCloseTo(returnC, 5);
    expect(chips.return().humidityPct).toBeCloseTo(returnPct, 4);
  });
});

describe('the probe outside', () => {
  test('feels the weather with an error of hundredths of a degree, the same for a minute', () => {
    const at = ride('hanoi-duisburg');
    const errors = Array.from({ length: 600 }, (_, hour) => {
      const { celsius, humidityPct } = at(hour).chips.ambient();
      expect(Math.abs(humidityPct - at(hour).ambientHumidityPct(hour))).toBeLessThan(1);
      return celsius - at(hour).ambientC(hour);
    });
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.1);
    expect(new Set(errors).size).toBeGreaterThan(500);
    expect(at(100.01).chips.ambient()).toEqual(at(100.005).chips.ambient());
  });
});

describe('probes in the cargo', () => {
  test('agree within a tenth of a degree in cargo at rest, with noise of 0.02 K each of its own', () => {
    const at = ride('hanoi-duisburg');
    const hours = Array.from({ length: 400 }, (_, index) => 60 + index / 60);
    const noise = hours.map((hour) => PROBES.map((probe) => at(hour).chips.cargo(probe).celsius));
    for (const [shell = 0, other = 0, core = 0, last = 0] of noise) {
      expect(Math.abs(shell - other)).toBeLessThan(0.15);
      expect(Math.abs(core - last)).toBeLessThan(0.15);
    }
    const differences = noise.map(([, , core = 0, last = 0]) => core - last);
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / differences.length;
    // Two of 0.02 K make 0.028 K.
    expect(Math.sqrt(variance)).toBeGreaterThan(0.023);
    expect(Math.sqrt(variance)).toBeLessThan(0.034);
  });

  test('give the same for a minute in whichever order they are asked', () => {
    const one = ride('frozen-week');
    const other = ride('frozen-week');
    const there = PROBES.map((probe) => one(40).chips.cargo(probe));
    for (const probe of PROBES.toReversed()) other(41).chips.cargo(probe);
    expect(PROBES.map((probe) => other(40.01).chips.cargo(probe))).toEqual(there);
  });

  test('follow an open door in the shell and not in the core', () => {
    const at = ride('frozen-week');
    const rise = (probe: CargoProbe) => {
      const before = at(21.9).chips.cargo(probe).celsius;
      return at(23).chips.cargo(probe).celsius - before;
    };
    expect(rise(1)).toBeGreaterThan(1);
    expect(rise(3)).toBeLessThan(0.3);
  });
});
