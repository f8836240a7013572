import { describe, expect, test } from 'vitest';
import { HOUR_US } from '../sim/kernel.ts';
import { ClimateSeries } from './climate-series.ts';
import { loadCorridor } from './load-corridor.ts';
import { findScenario, type Scenario, scenarios } from './scenario.ts';
import { World, type WorldOptions } from './world.ts';

const corridor = loadCorridor();
const scenario = findScenario('hanoi-duisburg');
const HOURS = Array.from({ length: 6000 }, (_, index) => index / 10);

/** A world and the clock that it looks at. */
function worldOf(options: Partial<WorldOptions> = {}) {
  const clock = { hour: 0 };
  const nowUs = () => Math.round(clock.hour * HOUR_US);
  const world = new World({ corridor, seed: 7, scenario, nowUs, ...options });
  const at = (hour: number) => {
    clock.hour = hour;
    return world;
  };
  return { world, at };
}

const arrival = (world: World, name: string) =>
  world.stops().find((stop) => stop.name === name)?.arriveHour ?? Number.NaN;

describe('the journey', () => {
  const { world } = worldOf();

  test('goes from Hanoi to Duisburg in 25 days, forwards only and below 120 km/h', () => {
    expect(world.days).toBe(25);
    expect(world.at(0).place).toBe('Yen Vien (Hanoi)');
    expect(world.at(600).place).toBe('Duisburg');
    for (const hour of HOURS) {
      const step = world.at(hour + 0.1).km - world.at(hour).km;
      expect(step).toBeGreaterThanOrEqual(0);
      expect(step / 0.1).toBeLessThan(120);
    }
  });

  test('stays at Duisburg when asked beyond its end', () => {
    expect(world.at(10_000)).toEqual(world.at(600));
  });

  test('names the stretch, the country and the local time', () => {
    const leaves = arrival(world, 'Dostyk') + 48;
    expect(world.at(leaves - 1)).toMatchObject({
      place: 'Dostyk',
      atStation: 'Dostyk',
      country: 'KZ',
      mcc: '401',
    });
    const moving = world.at(leaves + 1);
    expect(moving).toMatchObject({ place: 'Dostyk - Aktogay', atStation: undefined, utcOffsetMin: 300 });
    expect(moving.speedKmh).toBe(50);
    expect(moving.courseDeg).toBeGreaterThan(270);
  });

  test('passes the gauge breaks as stops with a note', () => {
    const notes = world.stops().map((stop) => stop.note);
    expect(notes).toContain('gauge break 1435 -> 1520');
    expect(notes).toContain('gauge break 1520 -> 1435');
    expect(world.stops().map((stop) => stop.name)).not.toContain('Balkhash');
  });

  test('shows summer time in the European Union and nowhere else', () => {
    const july = worldOf({ departure: '2026-07-04T06:00:00Z' }).world;
    expect(july.at(599).utcOffsetMin).toBe(120);
    expect(world.at(599).utcOffsetMin).toBe(60);
    expect(july.at(470).country).toBe('BY');
    expect(july.at(470).utcOffsetMin).toBe(180);
  });

  test('departs at a time in UTC or not at all', () => {
    expect(() => worldOf({ departure: 'tomorrow' })).toThrow('"tomorrow" is not a time');
    expect(() => worldOf({ departure: '2026-01-10T06:00:00' })).toThrow('not a time');
  });
});

describe('coverage', () => {
  const { world, at } = worldOf();

  test('is away for more than two days on end in Kazakhstan', () => {
    const dostyk = arrival(world, 'Dostyk');
    expect(world.coverageMap.longestOutageHours()).toBeGreaterThan(48);
    expect(world.coverage(dostyk + 3)).toMatchObject({ covered: false, technologies: [], rssiDbm: null });
    expect(world.gapReason(dostyk + 2, dostyk + 53)).toEqual({
      where: 'Dostyk - Aktogay',
      reason: 'steel stack in the yard (assumption); no network along the line (assumption)',
    });
  });

  test('is there in every country on the way with the default SIM profile', () => {
    const countries = new Set(
      HOURS.filter((hour) => world.coverage(hour).covered).map((h) => world.at(h).country),
    );
    expect([...countries]).toEqual(['VN', 'CN', 'KZ', 'RU', 'BY', 'PL', 'DE']);
  });

  test('is there from arrival at Duisburg to the end, on LTE-M and NB-IoT', () => {
    for (let hour = Math.ceil(arrival(world, 'Duisburg')); hour <= 600; hour++) {
      expect(world.coverage(hour).technologies).toEqual(['LTE-M', 'NB-IoT']);
    }
  });

  const russia = HOURS.find((hour) => world.at(hour).country === 'RU') ?? 0;
  const barred = 'data barred for a fresh foreign SIM (source)';

  test('explains the first day in Russia by the bar, as long as no SIM has registered there', () => {
    expect(world.coverage(russia + 0.1).reason).toBe(barred);
    expect(world.coverage(russia + 23.9).covered).toBe(false);
    expect(world.coverage(russia + 24.1).covered).toBe(true);
  });

  test('lets a SIM register in Russia, and refuses it data for a day from then on', () => {
    const { world: ride, at: rideAt } = worldOf();
    const cell = (hour: number) => rideAt(hour).air.cell('NB-IoT');
    const join = (hour: number) => {
      const here = cell(hour);
      if (here) ride.air.joined?.(here);
    };
    expect(cell(russia - 1)?.refuses).toBeUndefined();
    expect(cell(russia + 30)).toMatchObject({ mcc: '250', refuses: 'data' });
    join(russia + 5);
    join(russia + 11);
    expect(cell(russia + 28.9)?.refuses).toBe('data');
    expect(cell(russia + 29.1)?.refuses).toBeUndefined();
    expect(ride.coverage(russia + 28.9).reason).toBe(barred);
    expect(ride.coverage(russia + 29.1).covered).toBe(true);
    expect(ride.gapReason(russia + 1, russia + 29).reason).toMatch(barred);
  });

  test('explains every uncovered hour by a source or an assumption', () => {
    const reasons = new Set(HOURS.map((hour) => world.coverage(hour).reason).filter((reason) => reason));
    expect(reasons.size).toBeGreaterThan(4);
    for (const reason of reasons) expect(reason).toMatch(/\((source|assumption)\)$/);
  });

  test('gives the cell of a network that the SIM may use, and none where it has no coverage', () => {
    for (const hour of HOURS) {
      const cell = at(hour).air.cell('NB-IoT');
      // There it depends on when the SIM has registered.
      if (world.at(hour).country === 'RU') continue;
      expect(cell !== undefined).toBe(world.coverage(hour).covered);
      if (cell) expect(cell).toMatchObject({ mcc: world.at(hour).mcc, roaming: true });
    }
    expect(at(300).air.cell('LTE-M')).toBeUndefined();
    expect(at(590).air.cell('LTE-M')).toMatchObject({ mcc: '262', mnc: '01' });
  });

  test('stays between -110 and -70 dBm', () => {
    for (const hour of HOURS) {
      const { rssiDbm } = world.coverage(hour);
      if (rssiDbm !== null) expect(Math.abs(rssiDbm + 90)).toBeLessThanOrEqual(20);
    }
  });

  test('says so when the road does not explain a gap', () => {
    expect(world.gapReason(100, 110)).toEqual({ where: 'Chongqing Tuanjie Village', reason: 'in coverage' });
  });

  test('is dark as far as Belarus for a SIM7080G on a roaming SIM, but not for a modem with 2G', () => {
    const strict = findScenario('hanoi-duisburg-roaming');
    const dark = worldOf({ scenario: strict }).world;
    const first = HOURS.find((hour) => dark.coverage(hour).covered) ?? 0;
    expect(dark.at(first).country).toBe('BY');
    expect(dark.coverage(100).reason).toBe('no LTE-M or NB-IoT for SIM profile roaming-strict in CN');
    expect(dark.coverageMap.longestOutageHours()).toBeCloseTo(first, 0);
    const with2G = worldOf({ scenario: strict, technologies: ['LTE-M', 'NB-IoT', 'GSM'] }).world;
    const firstGsm = HOURS.find((hour) => with2G.coverage(hour).covered) ?? 0;
    expect(with2G.at(firstGsm).country).toBe('KZ');
  });

  test('is there in every country for a modem with Cat-1 on a roaming SIM', () => {
    const { world: ride } = worldOf({
      scenario: findScenario('hanoi-duisburg-roaming'),
      technologies: ['LTE', 'GSM'],
    });
    const covered = HOURS.filter((hour) => ride.coverage(hour).technologies.includes('LTE'));
    const countries = new Set(covered.map((hour) => ride.at(hour).country));
    expect([...countries]).toEqual(['VN', 'CN', 'KZ', 'RU', 'BY', 'PL', 'DE']);
    expect(ride.air.cell('LTE')).toMatchObject({ mcc: '452', mnc: '04' });
    expect(ride.air.cell('GSM')).toBeUndefined();
  });

  test('refuses a SIM profile that the corridor does not have', () => {
    const unknown: Scenario = { ...scenario, simProfile: 'magic' };
    expect(() => worldOf({ scenario: unknown })).toThrow('no SIM profile "magic"');
  });
});

describe('the sky', () => {
  test('gives the position within a few metres and the true time', () => {
    const { world, at } = worldOf();
    const fix = at(240).sky.view();
    const { latDeg, lonDeg } = world.at(240);
    expect(Math.abs((fix?.latDeg ?? 0) - latDeg) * 111_320).toBeLessThan(10);
    expect(Math.abs((fix?.lonDeg ?? 0) - lonDeg) * 111_320).toBeLessThan(15);
    expect(fix?.latDeg).not.toBe(latDeg);
    expect(fix?.utcMs).toBe(Date.parse('2026-01-20T06:00:00Z'));
    expect(world.air.utcMs()).toBe(fix?.utcMs);
  });

  test('is hidden in the stack and in tunnels, and only there', () => {
    const { world, at } = worldOf();
    for (const hour of HOURS) {
      const reason = world.coverage(hour).reason ?? '';
      const roofed = /^(tunnel|steel stack)/.test(reason);
      expect(at(hour).sky.view() === undefined).toBe(roofed);
    }
  });
});

describe('outside air', () => {
  test('is cold on the steppe in January, hot in July, and coldest before dawn', () => {
    const { world } = worldOf();
    const july = worldOf({ departure: '2026-07-04T06:00:00Z' }).world;
    const dostyk = arrival(world, 'Dostyk');
    expect(world.ambientC(dostyk)).toBeLessThan(-5);
    expect(july.ambientC(dostyk)).toBeGreaterThan(18);
    // Chongqing: 15 h by the sun is 07:54 UTC, and 13.9 h later it is 05 h.
    const afternoon = 24 * 5 + 1.9;
    expect(world.ambientC(afternoon)).toBeGreaterThan(world.ambientC(afternoon + 14));
    expect(world.ambientHumidityPct(afternoon)).toBeLessThan(world.ambientHumidityPct(afternoon + 14));
  });

  test('never leaves the records of the corridor', () => {
    const { world } = worldOf();
    for (const hour of HOURS) {
      expect(world.ambientC(hour)).toBeGreaterThan(-43);
      expect(world.ambientC(hour)).toBeLessThan(44);
    }
  });
});

describe('the same seed', () => {
  const seen = (seed: number) => {
    const { at } = worldOf({ seed });
    return HOURS.filter((_, index) => index % 37 === 0).map((hour) => {
      const world = at(hour);
      return [
        world.chips.supply(),
        world.chips.return(),
        world.sky.view(),
        world.air.cell('NB-IoT'),
        world.ambientC(hour),
      ];
    });
  };

  test('gives the same world, another seed another one', () => {
    expect(seen(3)).toEqual(seen(3));
    expect(seen(3)).not.toEqual(seen(4));
  });

  test('gives the same numbers in whichever order they are asked for', () => {
    const forwards = worldOf();
    const backwards = worldOf();
    const hours = [1, 50, 311, 599];
    const ask = ({ at }: typeof forwards, hour: number) => [
      at(hour).chips.return(),
      at(hour).sky.view(),
      at(hour).ambientC(hour),
    ];
    const there = hours.map((hour) => ask(forwards, hour));
    const back = hours.toReversed().map((hour) => ask(backwards, hour));
    expect(back.toReversed()).toEqual(there);
  });
});

describe('a recorded climate', () => {
  const climate = new ClimateSeries([
    { timeMs: 0, celsius: 21, humidityPct: 30 },
    { timeMs: 60_000, celsius: 22, humidityPct: 31 },
  ]);

  test('takes the place of the box, for supply and return air alike', () => {
    const { at } = worldOf({ climate });
    expect(at(1 / 60).chips.supply()).toMatchObject({ celsius: 22, humidityPct: 31 });
    expect(at(1 / 60).chips.return().celsius).toBe(22);
    expect(at(1 / 60).chips.cargo(3).celsius).toBe(22);
    expect(at(1 / 60).chips.ambient().celsius).toBeLessThan(21);
    expect(at(2 / 60).chips.supply().celsius).toBe(21);
  });
});

describe('a scenario', () => {
  test('is found by its name, and every one can be ridden', () => {
    for (const [name, one] of Object.entries(scenarios)) {
      expect(findScenario(name).name).toBe(name);
      expect(worldOf({ scenario: one }).world.days).toBe(name === 'frozen-week' ? 7 : 25);
    }
  });

  test('of a week ends where the train then stands', () => {
    const week = worldOf({ scenario: findScenario('frozen-week') }).world;
    expect(week.stops().at(-1)).toMatchObject({ name: 'Chongqing Tuanjie Village', departHour: 168 });
    expect(week.coverage(168).covered).toBe(true);
  });

  test('that is not known is answered with those that are', () => {
    try {
      findScenario('toString');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        id: 'scenario.unknown',
        remedy: expect.stringContaining('hanoi-duisburg,'),
      });
    }
  });
});
