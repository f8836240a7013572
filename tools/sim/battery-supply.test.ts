import { describe, expect, test } from 'vitest';
import { findBattery } from './batteries.ts';
import { Battery } from './battery.ts';
import { BatterySupply } from './battery-supply.ts';
import { EnergyAccount } from './energy.ts';
import { HOUR_US, Kernel } from './kernel.ts';

const MINUTE_US = 60_000_000;

/** A board that is awake whenever it has power, 35 mA. */
function board(charge: number, celsius: (hour: number) => number = () => 20) {
  const kernel = new Kernel();
  const account = new EnergyAccount(kernel, 't-sim7080g-s3');
  const battery = new Battery(findBattery('liion-18650'), charge);
  const world = { external: false, charging: false, isPowered: true };
  const power = (on: boolean) => {
    world.isPowered = on;
    account.board(on ? 'awake' : 'unpowered');
  };
  power(true);
  const supply = new BatterySupply({
    kernel,
    account,
    battery,
    celsius,
    externalPower: () => world.external,
    charging: () => world.charging,
    isPowered: () => world.isPowered,
    powerOn: () => power(true),
    powerOff: () => power(false),
  });
  return { kernel, account, battery, world, supply };
}

describe('a battery that gives way', () => {
  test('takes the board down once, below 3.1 V, and nothing more is drawn', async () => {
    const { kernel, battery, world, supply, account } = board(0.05);
    await kernel.run(10 * HOUR_US);
    expect(world.isPowered).toBe(false);
    expect(supply.brownOuts).toBe(1);
    expect(account.milliamps()).toBe(0);
    // 3.1 V are a third of the way from 3.0 V, empty, to 3.3 V at 5 %.
    expect(battery.left(20)).toBeCloseTo(0.05 / 3, 2);
  });

  test('leaves the board dead until there is external power, and then for no longer than a minute', async () => {
    const { kernel, world, supply } = board(0);
    await kernel.run(5 * HOUR_US);
    expect(world.isPowered).toBe(false);
    world.external = true;
    await kernel.run(5 * HOUR_US + MINUTE_US);
    expect(world.isPowered).toBe(true);
    await kernel.run(9 * HOUR_US);
    expect(supply.brownOuts).toBe(1);
  });

  test('takes it up again when warmth has brought it back above 3.3 V, and not before', async () => {
    const { kernel, world, supply } = board(0.4, (hour) => (hour < 5 ? -18 : 15));
    await kernel.run(4 * HOUR_US);
    expect(world.isPowered).toBe(false);
    await kernel.run(6 * HOUR_US);
    expect(world.isPowered).toBe(true);
    expect(supply.brownOuts).toBe(1);
  });

  test('gives way to a burst of 2 A in the cold, and not in the warmth', async () => {
    for (const [celsius, brownOuts] of [
      [20, 0],
      [-25, 1],
    ] as const) {
      const { kernel, supply } = board(0.9, () => celsius);
      await kernel.run(MINUTE_US / 2);
      supply.look(2000);
      await kernel.run(MINUTE_US / 2 + 1);
      expect(supply.brownOuts).toBe(brownOuts);
    }
  });

  test('does not while power from outside carries the burst', async () => {
    const { kernel, world, supply } = board(0.9, () => -25);
    world.external = true;
    supply.look(2000);
    await kernel.run(MINUTE_US);
    expect(supply.brownOuts).toBe(0);
  });
});

describe('external power', () => {
  test('charges from the moment at which the charger is switched on, to that at which it is switched off', async () => {
    const { kernel, battery, world, supply } = board(0.5);
    world.external = true;
    await kernel.run(HOUR_US);
    expect(battery.left(20)).toBe(0.5);
    world.charging = true;
    supply.look();
    await kernel.run(3 * HOUR_US);
    world.charging = false;
    supply.look();
    await kernel.run(4 * HOUR_US);
    expect(battery.left(20)).toBeCloseTo(0.5 + 600 / 3000);
  });

  test('that is gone leaves the board on its battery within a minute', async () => {
    const { kernel, battery, world, supply } = board(0.5);
    world.external = true;
    await kernel.run(HOUR_US);
    world.external = false;
    await kernel.run(2 * HOUR_US);
    supply.look();
    // 35 mA for an hour.
    expect(battery.left(20)).toBeCloseTo(0.5 - 35 / 3000, 3);
  });
});
