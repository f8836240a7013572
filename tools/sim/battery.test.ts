import { describe, expect, test } from 'vitest';
import { BATTERY_NAMES, findBattery, usableMilliampHours } from './batteries.ts';
import { Battery } from './battery.ts';

const liIon = findBattery('liion-18650');
const thionyl = findBattery('lisocl2-d');

describe('the voltage', () => {
  test('of a full Li-ion cell without load is 4.2 V, and 3.0 V of an empty one', () => {
    expect(new Battery(liIon).millivolts(0, 20)).toBe(4200);
    expect(new Battery(liIon, 0).millivolts(0, 20)).toBe(3000);
    expect(new Battery(liIon, 0.5).millivolts(0, 20)).toBe(3700);
  });

  test.each(BATTERY_NAMES)('of %s, without load, never rises while charge is taken', (name) => {
    const battery = new Battery(findBattery(name));
    let before = battery.millivolts(0, 5);
    for (let part = 0; part < 200; part++) {
      battery.take(battery.kind.capacity.milliampHours / 200, 10);
      const now = battery.millivolts(0, 5);
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
  });

  test.each(BATTERY_NAMES)('of %s sags more under load, and more yet in the cold', (name) => {
    const sag = (milliamps: number, celsius: number) => {
      const battery = new Battery(findBattery(name), 0.6);
      return battery.millivolts(0, celsius) - battery.millivolts(milliamps, celsius);
    };
    expect(sag(400, 20)).toBeGreaterThan(sag(40, 20));
    expect(sag(400, -20)).toBeGreaterThan(2 * sag(400, 20));
    expect(sag(400, -30)).toBeGreaterThan(sag(400, -20));
  });

  test('takes a board with 2G down where it is cold, and not where it is warm: 2 A, and a modem that needs 3.0 V', () => {
    const halfFull = new Battery(liIon, 0.5);
    expect(halfFull.millivolts(2000, 20)).toBeGreaterThan(3400);
    expect(halfFull.millivolts(2000, -20)).toBeLessThan(3000);
  });

  test('comes back with the warmth', () => {
    const battery = new Battery(liIon, 0.6);
    const warm = battery.millivolts(35, 20);
    expect(battery.millivolts(35, -18)).toBeLessThan(warm - 200);
    expect(battery.millivolts(35, 20)).toBe(warm);
  });

  test('stays between nothing and that of the full battery, whatever is asked of it', () => {
    for (const name of BATTERY_NAMES) {
      const battery = new Battery(findBattery(name), 0.3);
      expect(battery.millivolts(1e6, -60)).toBe(0);
      expect(battery.millivolts(-1e6, -60)).toBe(new Battery(findBattery(name)).millivolts(0, 20));
    }
  });
});

describe('the capacity', () => {
  test('of Li-ion is half at -18 C, and all there at 20 C', () => {
    expect(usableMilliampHours(liIon, -18)).toBe(1500);
    expect(usableMilliampHours(liIon, 20)).toBe(3000);
    expect(usableMilliampHours(liIon, 45)).toBe(3000);
  });

  test('is used up earlier in the cold', () => {
    const battery = new Battery(liIon);
    battery.take(1500);
    expect(battery.left(-18)).toBe(0);
    expect(battery.left(20)).toBe(0.5);
    battery.take(9999);
    expect(battery.left(20)).toBe(0);
  });
});

describe('charging', () => {
  test('fills the battery, and ends when it is full', () => {
    const battery = new Battery(liIon, 0.5);
    battery.give(600, 20);
    expect(battery.left(20)).toBeCloseTo(0.7);
    battery.give(5000, 20);
    expect(battery.left(20)).toBe(1);
    expect(battery.abuseMilliampHours).toBe(0);
  });

  test('below 0 C counts as abuse of Li-ion and LiFePO4, at 0 C it does not', () => {
    for (const name of ['liion-18650', 'lfp-26650']) {
      const battery = new Battery(findBattery(name), 0.5);
      battery.give(100, 0);
      expect(battery.abuseMilliampHours).toBe(0);
      battery.give(100, -0.1);
      expect(battery.abuseMilliampHours).toBe(100);
    }
  });

  test('goes into no full battery, so it is no abuse there', () => {
    const battery = new Battery(liIon);
    battery.give(100, -20);
    expect(battery.abuseMilliampHours).toBe(0);
  });

  test('of a primary cell is abuse at any temperature, and fills nothing', () => {
    const battery = new Battery(thionyl, 0.5);
    battery.give(100, 20);
    expect(battery.abuseMilliampHours).toBe(100);
    expect(battery.left(20)).toBe(0.5);
  });
});

describe('passivation', () => {
  const sag = (battery: Battery) => battery.millivolts(0, -20) - battery.millivolts(200, -20);

  test('makes the first pulse of a Li-SOCl2 cell from the store sag, until load has broken the film', () => {
    const battery = new Battery(thionyl);
    const first = sag(battery);
    expect(first).toBeGreaterThan(600);
    battery.take(20, 0.1);
    expect(sag(battery)).toBeLessThan(first);
    battery.take(20, 0.1);
    expect(sag(battery)).toBe(140); // 200 mA x 0.7 Ohm
  });

  test('grows again at rest, to its full within 30 days', () => {
    const battery = new Battery(thionyl);
    const first = sag(battery);
    battery.take(40);
    battery.take(0.4 * 24 * 15, 24 * 15);
    const half = sag(battery);
    expect(half).toBeGreaterThan(140);
    expect(half).toBeLessThan(first);
    battery.take(0.4 * 24 * 30, 24 * 30);
    expect(sag(battery)).toBe(first);
  });

  test('is not known to Li-ion', () => {
    const battery = new Battery(liIon);
    const fresh = battery.millivolts(200, 20);
    battery.take(0, 10_000);
    expect(battery.millivolts(200, 20)).toBe(fresh);
  });
});
