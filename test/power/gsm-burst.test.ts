import { afterEach, expect, test } from 'vitest';
import { type PowerRide, type PowerRideOptions, powerRide } from './testing/power-ride.ts';

let rides: PowerRide[] = [];

afterEach(async () => {
  for (const { stage } of rides) await stage.office.close();
  rides = [];
});

/** A board with 2G, and nothing else in the air. */
async function on2G(options: Omit<PowerRideOptions, 'board' | 'technologies'>): Promise<PowerRide> {
  const ride = await powerRide({ board: 't-sim7000g', technologies: ['GSM'], ...options });
  rides.push(ride);
  return ride;
}

const brownOuts = ({ stage }: PowerRide) => stage.sim.supply?.brownOuts;

test('a cell that is good delivers over 2G', async () => {
  const ride = await on2G({ hours: 12, airC: [[0, 20]], chargePct: 90 });
  expect(brownOuts(ride)).toBe(0);
  expect(ride.told('SESSION').filter(({ outcome }) => outcome === 0).length).toBeGreaterThan(1);
});

test('a burst of 2G is not asked of a cell below 3.6 V, however long nothing has been heard', async () => {
  const ride = await on2G({ hours: 36, airC: [[0, 0]], chargePct: 36 });
  expect(brownOuts(ride)).toBe(0);
  expect(ride.stage.sim.ledger.rows().some(({ use }) => use === 'GSM')).toBe(false);
  expect(ride.readingHours.length).toBeGreaterThan(35 * 6);
});

test('a cell at -25 C that seems good gives way to a burst, and is left alone for longer each time', async () => {
  // 0.6 Ohm and 2 A: 1.25 V less than the 3.9 V of the idle cell.
  const ride = await on2G({ hours: 48, airC: [[0, -25]], chargePct: 90 });
  const powerOns = ride.told('POWER_ON').slice(1);
  expect(powerOns).toHaveLength(brownOuts(ride) ?? Number.NaN);
  expect(powerOns.length).toBeGreaterThan(1);
  const gaps = powerOns.slice(1).map(({ hour }, at) => hour - (powerOns[at]?.hour ?? 0));
  // Half an hour, one, two, four and then six hours, each less half an interval.
  expect(Math.min(...gaps)).toBeGreaterThan(0.4);
  for (const [at, gap] of gaps.entries()) expect(gap).toBeGreaterThan(0.95 * (gaps[at - 1] ?? 0));
  expect(gaps.at(-1)).toBeGreaterThan(5.8);
  expect(ride.lost.altogether).toEqual([]);
  expect(ride.invented).toBe(0);
  expect(ride.readingHours.length).toBeGreaterThan(47 * 6);
});
