import { describe, expect, test } from 'vitest';
import { findBattery } from './batteries.ts';
import { Battery } from './battery.ts';
import { batteryOn } from './battery-on.ts';
import { EnergyAccount } from './energy.ts';
import { HOUR_US, Kernel } from './kernel.ts';

interface World {
  celsius?: (hour: number) => number;
  charge?: number;
}

function board({ celsius = () => 20, charge = 1 }: World = {}) {
  const kernel = new Kernel();
  const account = new EnergyAccount(kernel, 't-sim7080g-s3');
  const battery = new Battery(findBattery('liion-18650'), charge);
  return { kernel, account, battery, gauge: batteryOn(account, battery, celsius) };
}

describe('a board on a battery', () => {
  test('takes out of it what the account says', async () => {
    const { kernel, account, battery, gauge } = board();
    account.board('awake');
    account.modem('searching');
    await kernel.run(10 * HOUR_US);
    gauge.millivolts();
    expect(account.milliampHours()).toBeCloseTo(950); // 35 + 60 mA
    expect(battery.left(20)).toBeCloseTo(1 - 950 / 3000);
  });

  test('lets the voltage sag by what the board draws now', () => {
    const { account, gauge } = board({ charge: 0.5 });
    expect(gauge.millivolts()).toBe(3700);
    account.board('awake');
    account.modem('transmitting', 'LTE-M');
    expect(gauge.millivolts()).toBe(3684); // 165 mA x 0.1 Ohm
  });

  test('lets it sag further in a burst, which takes nothing', () => {
    const { battery, gauge } = board({ charge: 0.5 });
    expect(gauge.millivolts(2000)).toBe(3500); // 2 A x 0.1 Ohm
    expect(gauge.millivolts()).toBe(3700);
    expect(battery.left(20)).toBe(0.5);
  });

  test('shows the same voltage at the end, however often it was asked', async () => {
    const at = async (everyUs: number): Promise<number[]> => {
      const { kernel, account, gauge } = board({ celsius: (hour) => 20 - hour, charge: 0.5 });
      account.board('awake');
      kernel.at(5.1 * HOUR_US, () => gauge.feed(300));
      kernel.at(8.9 * HOUR_US, () => gauge.feed(undefined));
      const shown: number[] = [];
      for (let us = everyUs; us <= 40 * HOUR_US; us += everyUs) {
        await kernel.run(us);
        const now = gauge.millivolts();
        if (us % (10 * HOUR_US) === 0) shown.push(now);
      }
      return shown;
    };
    const seldom = await at(10 * HOUR_US);
    expect(seldom).toHaveLength(4);
    expect(await at(HOUR_US / 50)).toEqual(seldom);
    expect(await at(HOUR_US / 2)).toEqual(seldom);
  });

  test('is carried by external power, which charges the battery', async () => {
    const { kernel, account, battery, gauge } = board({ charge: 0.5 });
    account.board('awake');
    gauge.feed(500);
    await kernel.run(2 * HOUR_US);
    expect(gauge.millivolts()).toBeGreaterThan(3700);
    expect(battery.left(20)).toBeCloseTo(0.5 + 1000 / 3000);
    expect(battery.abuseMilliampHours).toBe(0);
  });

  test('is carried without charging where the charger is off, and charging in frost is noticed', async () => {
    const { kernel, account, battery, gauge } = board({ celsius: () => -15, charge: 0.5 });
    account.board('awake');
    gauge.feed(0);
    await kernel.run(2 * HOUR_US);
    gauge.feed(500);
    expect([battery.left(20), battery.abuseMilliampHours]).toEqual([0.5, 0]);
    await kernel.run(3 * HOUR_US);
    gauge.feed(0);
    const abuse = battery.abuseMilliampHours;
    expect(abuse).toBeCloseTo(500);
    expect(battery.left(20)).toBeCloseTo(0.5 + 500 / 3000);
  });

  test('draws nothing from it while it has no power', async () => {
    const { kernel, account, battery, gauge } = board({ charge: 0.5 });
    account.modem('searching');
    await kernel.run(HOUR_US);
    expect(gauge.millivolts()).toBe(3700);
    expect(battery.left(20)).toBe(0.5);
  });
});
