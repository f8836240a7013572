import { describe, expect, test } from 'vitest';
import { HOUR_US } from '../sim/kernel.ts';
import { ClimateSeries } from './climate-series.ts';
import { loadCorridor } from './load-corridor.ts';
import { findScenario } from './scenario.ts';
import { lightThroughDoorsPct } from './signals.ts';
import { World, type WorldOptions } from './world.ts';

const corridor = loadCorridor();

function ride(options: Partial<WorldOptions> = {}) {
  let hour = 0;
  const scenario = findScenario('frozen-week');
  const nowUs = () => Math.round(hour * HOUR_US);
  const world = new World({ corridor, seed: 1, scenario, nowUs, ...options });
  return (atHour: number) => {
    hour = atHour;
    return world;
  };
}

const minutes = (fromHour: number, toHour: number) =>
  Array.from({ length: Math.round((toHour - fromHour) * 60) }, (_, index) => fromHour + index / 60);

describe('signals of the box', () => {
  const at = ride();
  const truth = at(0).truth(168);
  const goesOn = (kind: string, hour: number) =>
    truth.some((event) => event.kind === kind && hour >= event.fromHour - 1e-9 && hour < event.toHour - 1e-9);

  test('agree in every minute with what is done to it', () => {
    for (const hour of minutes(0, 168)) {
      const { mains, defrost, doorOpen } = at(hour).signals();
      expect(mains).toBe(!goesOn('power-off', hour));
      expect(doorOpen).toBe(goesOn('door-open', hour));
      expect(defrost).toBe(goesOn('defrost', hour) || goesOn('defrost-fault', hour));
    }
  });

  test('say that the compressor runs only where the air gets colder through it', () => {
    for (const hour of minutes(0, 168)) {
      const { compressor, mains, defrost } = at(hour).signals();
      if (compressor) expect(mains && !defrost).toBe(true);
    }
    const running = minutes(60, 70).filter((hour) => at(hour).signals().compressor);
    expect(running.length).toBeGreaterThan(100);
    expect(running.length).toBeLessThan(600);
    const supply = running.slice(1).map((hour) => at(hour).chips.supply().celsius);
    const mean = supply.reduce((sum, celsius) => sum + celsius, 0) / supply.length;
    expect(mean).toBeLessThan(-20.5);
  });

  test('are in range while return air is within 1.5 K of what the machine is set to', () => {
    for (const hour of minutes(0, 168)) {
      const setC = hour >= 70 && hour < 106 ? -12 : -20;
      const { mains, inRange } = at(hour).signals();
      expect(inRange).toBe(mains && Math.abs(at(hour).chips.return().celsius - setC) <= 1.5);
    }
    expect(at(105).signals().inRange).toBe(true);
    expect(at(22.4).signals().inRange).toBe(false);
    expect(at(8.3).signals().inRange).toBe(false);
  });

  test('hold for the whole minute', () => {
    expect(at(22 - 1 / 3600).signals()).toMatchObject({ doorOpen: false, lightPct: 0 });
    expect(at(22).signals()).toMatchObject({ doorOpen: true });
    expect(at(22 + 59 / 3600).signals()).toEqual(at(22).signals());
  });

  test('are those of a sound machine beside a recorded climate', () => {
    const climate = new ClimateSeries([
      { timeMs: 0, celsius: -19, humidityPct: 30 },
      { timeMs: 60_000, celsius: 22, humidityPct: 31 },
    ]);
    const recorded = ride({ climate });
    const sound = { mains: true, compressor: true, defrost: false, doorOpen: false, lightPct: 0 };
    expect(recorded(22).signals()).toEqual({ ...sound, inRange: true });
    expect(recorded(22 + 1 / 60).signals()).toEqual({ ...sound, inRange: false });
  });
});

describe('light in the box', () => {
  const at = ride();

  test('is none behind closed doors, and bright when they open at noon in summer', () => {
    for (const hour of minutes(0, 22)) expect(at(hour).signals().lightPct).toBe(0);
    // 04:00 UTC at 106.75 degrees east: 11 h by the sun.
    expect(at(22).signals().lightPct).toBeGreaterThan(90);
  });

  test('is the sine of the height of the sun, and that of lamps at night', () => {
    const point = { ...at(0).at(0), latDeg: 50, lonDeg: 30 };
    // At the solstice the sun stands 63.4 degrees high at noon in 50 degrees north; at 30 east noon is at 10:00 UTC.
    const noon = lightThroughDoorsPct(point, Date.UTC(2026, 5, 21, 10));
    expect(Math.abs(noon - 89.4)).toBeLessThan(1);
    expect(lightThroughDoorsPct(point, Date.UTC(2026, 5, 21, 22))).toBe(8);
    // And 16.6 degrees high in December.
    expect(Math.abs(lightThroughDoorsPct(point, Date.UTC(2026, 11, 21, 10)) - 28.6)).toBeLessThan(1);
  });
});
