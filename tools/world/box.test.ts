import { describe, expect, test } from 'vitest';
import { Box, type BoxSurroundings } from './box.ts';
import { relativeHumidityPct, saturationHpa } from './moist-air.ts';
import { findScenario, type Scenario } from './scenario.ts';

const DAY = 1440;
const fruit = findScenario('hanoi-duisburg');
const frozen = findScenario('hanoi-duisburg-frozen');

function boxOf(
  scenario: Scenario,
  outsideC: number,
  around: (minute: number) => Partial<BoxSurroundings> = () => ({}),
) {
  const outside = { celsius: outsideC, humidityPct: 70 };
  return new Box(scenario, 1, (minute) => ({ outside, powered: true, doorOpen: false, ...around(minute) }));
}

const minutes = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('a powered box', () => {
  test.each([-30, 5, 38])(
    'holds supply air of chilled cargo within 1 K of the set point at %i C outside',
    (outsideC) => {
      const box = boxOf({ ...fruit, defrostEveryHours: 1000 }, outsideC);
      for (const minute of minutes(60, 3 * DAY)) {
        expect(Math.abs(box.at(minute).supply.celsius - fruit.setPointC)).toBeLessThan(1);
      }
    },
  );

  test('switches on return air when frozen, and keeps it near the set point', () => {
    const box = boxOf({ ...frozen, defrostEveryHours: 1000 }, 35);
    const returns = minutes(DAY, 2 * DAY).map((minute) => box.at(minute).return.celsius);
    expect(Math.max(...returns)).toBeLessThan(frozen.setPointC + 2);
    expect(Math.min(...returns)).toBeGreaterThan(frozen.setPointC - 2);
    const supplies = minutes(DAY, 2 * DAY).map((minute) => box.at(minute).supply.celsius);
    expect(Math.max(...supplies) - Math.min(...supplies)).toBeGreaterThan(2);
  });

  test('shows a defrost on the return probe and not on the supply probe', () => {
    const box = boxOf(fruit, 20);
    const defrost = minutes(355, 420).map((minute) => box.at(minute));
    expect(Math.max(...defrost.map((air) => air.return.celsius))).toBeGreaterThan(fruit.setPointC + 4);
    expect(Math.max(...defrost.map((air) => air.supply.celsius))).toBeLessThan(fruit.setPointC + 1.5);
    expect(box.at(440).return.celsius).toBeLessThan(fruit.setPointC + 1);
  });

  test('defrosts every six hours of machine time', () => {
    const box = boxOf(fruit, 20);
    const high = minutes(0, 2 * DAY).map((minute) => box.at(minute).return.celsius > fruit.setPointC + 3);
    expect(high.filter((now, index) => now && !high[index - 1])).toHaveLength(7);
  });

  test('keeps fruit moist and never leaves the range of humidity', () => {
    const box = boxOf(fruit, 30);
    for (const minute of minutes(0, DAY)) {
      const { supply } = box.at(minute);
      expect(supply.humidityPct).toBeGreaterThan(70);
      expect(supply.humidityPct).toBeLessThanOrEqual(100);
    }
  });
});

describe('a box without power', () => {
  const off = () => ({ powered: false });

  test('drifts within half an hour to one temperature for supply and return', () => {
    const box = boxOf(frozen, 35, (minute) => ({ powered: minute < DAY }));
    const { supply, return: back } = box.at(DAY + 30);
    expect(Math.abs(supply.celsius - back.celsius)).toBeLessThan(0.5);
  });

  test('warms frozen cargo at 35 C outside by some kelvin a day', () => {
    // With all of the wall's leakage taken up by the load it would be 5.3 K a day; resting air slows that down.
    const box = boxOf(frozen, 35, off);
    const perDay = box.at(3 * DAY).return.celsius - box.at(2 * DAY).return.celsius;
    expect(perDay).toBeGreaterThan(2);
    expect(perDay).toBeLessThan(5.3);
  });

  test('cools fruit at -30 C outside by about 1 K a day', () => {
    const box = boxOf(fruit, -30, off);
    const perDay = box.at(2 * DAY).return.celsius - box.at(3 * DAY).return.celsius;
    expect(perDay).toBeGreaterThan(0.5);
    expect(perDay).toBeLessThan(1.5);
  });
});

describe('fourteen hours without power at 30 C', () => {
  const box = boxOf({ ...frozen, defrostEveryHours: 1000 }, 30, (minute) => ({
    powered: minute < DAY || minute >= DAY + 840,
  }));
  const rise = (feel: (minute: number) => number) => feel(DAY + 839) - feel(DAY - 1);
  const shellK = rise((minute) => box.cargo(minute, 1).celsius);
  const coreK = rise((minute) => box.cargo(minute, 3).celsius);

  test('warm 20 t of frozen fish by 0.8 to 3 K: its outer fifth more, its core less', () => {
    // 44 W/K, 48 K and 14 h are 106 MJ for 39 MJ/K: 2.7 K if all of it went in.
    const cargoK = 0.2 * shellK + 0.8 * coreK;
    expect(cargoK).toBeGreaterThan(0.8);
    expect(cargoK).toBeLessThan(2.7);
    expect(shellK).toBeGreaterThan(coreK + 2);
  });

  test('warm return air more than any cargo', () => {
    expect(rise((minute) => box.at(minute).return.celsius)).toBeGreaterThan(shellK + 2);
    expect(box.at(DAY + 839).return.celsius).toBeLessThan(-5);
  });

  test('are undone in the air within hours, and in the core not within the day', () => {
    expect(box.at(DAY + 840 + 300).return.celsius).toBeLessThan(frozen.setPointC + 1.5);
    expect(box.cargo(DAY + 840 + DAY, 3).celsius).toBeGreaterThan(frozen.setPointC + 0.3);
  });
});

describe('a defrost of frozen cargo', () => {
  const box = boxOf(frozen, 30);
  const before = minutes(480 - 60, 480).map((minute) => box.at(minute).return.celsius);
  const during = minutes(480, 480 + 120).map((minute) => box.at(minute).return.celsius);
  const restC = before.reduce((sum, celsius) => sum + celsius, 0) / before.length;

  test('warms the return probe by 6 to 10 K for 15 to 45 min', () => {
    expect(Math.max(...during) - restC).toBeGreaterThan(6);
    expect(Math.max(...during) - restC).toBeLessThan(10);
    const warm = during.filter((celsius) => celsius > restC + 3);
    expect(warm.length).toBeGreaterThanOrEqual(15);
    expect(warm.length).toBeLessThanOrEqual(45);
  });

  test('does not warm the cargo', () => {
    for (const probe of [1, 2, 3, 4] as const) {
      expect(Math.abs(box.cargo(480 + 60, probe).celsius - box.cargo(479, probe).celsius)).toBeLessThan(0.3);
    }
  });

  test('does not go on warming the probe when the power fails in it', () => {
    const cut = boxOf(frozen, 30, (minute) => ({ powered: minute < 500 }));
    expect(cut.at(499).return.celsius).toBeGreaterThan(cut.at(560).return.celsius);
  });
});

test('a defrost that does not end warms cargo too, and the machine makes up for it afterwards', () => {
  const box = boxOf(frozen, 30, (minute) => ({ defrostStuck: minute >= 600 && minute < 780 }));
  expect(box.signals(700)).toMatchObject({ mains: true, defrost: true, compressor: false });
  expect(box.at(779).return.celsius).toBeGreaterThan(-5);
  expect(box.cargo(800, 1).celsius - box.cargo(599, 1).celsius).toBeGreaterThan(1);
  expect(box.signals(780).defrost).toBe(false);
  expect(box.at(780 + 480).return.celsius).toBeLessThan(frozen.setPointC + 1.5);
});

describe('a machine that is set wrong', () => {
  test('by 3 K holds chilled cargo 3 K too warm', () => {
    const box = boxOf({ ...fruit, defrostEveryHours: 1000 }, 20, () => ({ setPointC: 8 }));
    for (const minute of minutes(2 * DAY, 3 * DAY)) {
      expect(Math.abs(box.at(minute).supply.celsius - 8)).toBeLessThan(1);
    }
  });

  test('to +18 for -18 heats frozen cargo and does not defrost, until it is set right', () => {
    const box = boxOf(frozen, 20, (minute) => ({ setPointC: minute >= 60 && minute < DAY ? 18 : -18 }));
    expect(box.at(200).supply.celsius).toBeGreaterThan(box.at(200).return.celsius + 1);
    expect(box.signals(200).compressor).toBe(false);
    expect(box.cargo(DAY, 1).celsius).toBeGreaterThan(-10);
    for (const minute of minutes(60, DAY)) expect(box.signals(minute).defrost).toBe(false);
    expect(box.signals(DAY + 30).compressor).toBe(true);
    expect(box.at(DAY + 30).supply.celsius).toBeLessThan(box.at(DAY + 30).return.celsius - 1);
    expect(box.at(4 * DAY).return.celsius).toBeLessThan(-16);
  });
});

describe('an open door', () => {
  test('brings outdoor air to the return probe within minutes, and the machine undoes it within the hour', () => {
    const box = boxOf({ ...fruit, defrostEveryHours: 1000 }, 32, (minute) => ({
      doorOpen: minute >= 300 && minute < 320,
    }));
    const before = box.at(299).return;
    const open = box.at(310).return;
    expect(open.celsius).toBeGreaterThan(before.celsius + 3);
    expect(open.humidityPct).toBeGreaterThan(98);
    expect(box.at(380).return.celsius).toBeLessThan(before.celsius + 0.7);
  });
});

test('a minute once given is the same when asked again', () => {
  const box = boxOf(fruit, 10);
  const early = box.at(17);
  box.at(5 * DAY);
  expect(box.at(17)).toEqual(early);
});

test('relative humidity follows the vapour tables', () => {
  // WMO-No. 8: 23.37 hPa at 20 C.
  expect(saturationHpa(20)).toBeCloseTo(23.37, 1);
  expect(relativeHumidityPct(saturationHpa(10), 20)).toBeCloseTo(52.5, 0);
  expect(relativeHumidityPct(50, 0)).toBe(100);
});
