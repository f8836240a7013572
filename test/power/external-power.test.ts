import { afterEach, describe, expect, test } from 'vitest';
import { type PowerRide, type PowerRideOptions, powerRide } from './testing/power-ride.ts';

/** Seconds between readings of these rides, and what a wake may take besides. */
const INTERVAL_H = 600 / 3600;
const WAKE_H = 0.02;

let rides: PowerRide[] = [];

afterEach(async () => {
  for (const { stage } of rides) await stage.office.close();
  rides = [];
});

async function go(options: Omit<PowerRideOptions, 'hours'> & { hours?: number }): Promise<PowerRide> {
  const ride = await powerRide({ hours: 30, mains: true, config: { probes: 14 }, ...options });
  rides.push(ride);
  return ride;
}

const supplyOf = ({ stage }: PowerRide) => {
  const { supply } = stage.sim;
  if (!supply) throw new Error('no battery');
  return supply;
};

describe('a tracker on the mains of the reefer', () => {
  test('charges at 20 C until the battery is full', async () => {
    const ride = await go({ airC: [[0, 20]], chargePct: 40 });
    const { battery } = supplyOf(ride);
    expect(battery.left(20)).toBeGreaterThan(0.95);
    expect(battery.abuseMilliampHours).toBe(0);
  });

  test('does not charge at -25 C, not even for a moment, and does not live on the battery either', async () => {
    const ride = await go({ airC: [[0, -25]], chargePct: 95 });
    const { battery } = supplyOf(ride);
    expect(battery.abuseMilliampHours).toBe(0);
    expect(battery.left(20)).toBe(0.95);
    expect(ride.told('CONDITIONS').some(({ charging }) => charging)).toBe(false);
  });

  test('begins to charge above 2 C, and ends before the cell freezes', async () => {
    const charging: { hour: number; celsius: number }[] = [];
    const ride = await go({
      airC: [
        [0, -10],
        [6, 10],
        [12, -10],
      ],
      chargePct: 30,
      each: (hour, { sim, world }) => {
        if (sim.hardware.charging()) charging.push({ hour, celsius: world.ambientC(hour) });
      },
    });
    expect(charging[0]?.celsius).toBeGreaterThan(2);
    expect(charging.at(-1)?.celsius).toBeGreaterThan(0);
    expect(charging.at(-1)?.celsius).toBeLessThan(2);
    expect(charging.length).toBeGreaterThan(15);
    expect(supplyOf(ride).battery.abuseMilliampHours).toBe(0);
    expect(supplyOf(ride).battery.left(20)).toBeGreaterThan(0.7);
  });

  test('does not charge without a probe in the ambient air', async () => {
    const ride = await go({ airC: [[0, 20]], chargePct: 40, config: { probes: 6 } });
    expect(supplyOf(ride).battery.left(20)).toBe(0.4);
    expect(ride.told('CONDITIONS').some(({ charging }) => charging)).toBe(false);
  });

  test('says within an interval that the power is gone, and that it is back', async () => {
    const deadSocket = [
      [6.35, 9.2],
      [15.05, 15.6],
      [21.9, 23.45],
    ] as const;
    const ride = await go({ airC: [[0, 20]], chargePct: 80, deadSocket });
    const told = ride.told('CONDITIONS').map(({ externalPower, hour }) => ({ externalPower, hour }));
    const changes = told.filter(
      ({ externalPower }, at) => at > 0 && externalPower !== told[at - 1]?.externalPower,
    );
    expect(told[0]?.externalPower).toBe(true);
    expect(changes.map(({ externalPower }) => externalPower)).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
    for (const [at, hour] of deadSocket.flat().entries()) {
      const late = (changes[at]?.hour ?? Number.NaN) - hour;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(INTERVAL_H + WAKE_H);
    }
  });

  test('reports as usual with a cell below 3.5 V, and no more when the socket is dead', async () => {
    const ride = await go({ airC: [[0, -12]], chargePct: 44, deadSocket: [[20, 29]] });
    const sessions = ride.told('SESSION').filter(({ outcome }) => outcome === 0);
    expect(sessions.filter(({ hour }) => hour < 20).length).toBeGreaterThanOrEqual(4);
    expect(sessions.filter(({ hour }) => hour > 21 && hour < 29)).toEqual([]);
  });
});

test('a tracker whose battery is empty wakes when the mains come, and has kept all that it had', async () => {
  const ride = await go({
    hours: 40,
    airC: [
      [0, 20],
      [4, -10],
      [24, -10],
      [30, 10],
    ],
    chargePct: 33,
    deadSocket: [[0, 20]],
  });
  const { brownOuts, battery } = supplyOf(ride);
  const [, again] = ride.told('POWER_ON');
  expect(brownOuts).toBe(1);
  expect(again?.hour).toBeGreaterThan(20);
  expect(again?.hour).toBeLessThan(20.1);
  expect(battery.abuseMilliampHours).toBe(0);
  expect(battery.left(20)).toBeGreaterThan(0.8);
  expect(ride.lost.altogether).toEqual([]);
  expect(ride.invented).toBe(0);
  expect(ride.told('SESSION').some(({ hour, outcome }) => hour > 30 && outcome === 0)).toBe(true);
});
