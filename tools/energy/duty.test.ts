import { describe, expect, test } from 'vitest';
import type { StateCharge } from '../sim/energy.ts';
import { dayOf, milliampHours, radioTask, sum } from './duty.ts';

const draw = (state: string, mA: number) => ({ state, mA });
const board = { asleep: draw('board asleep', 0.5), awake: draw('board awake', 35) };
const taken = (charges: readonly StateCharge[], state: string) =>
  charges.find((charge) => charge.state === state)?.milliampHours;

describe('worked points of the energy model', () => {
  const search = { draw: draw('modem searching', 60), seconds: 180 };
  const blind = { draw: draw('modem GNSS', 30), seconds: 180 };

  test('a search of three minutes that finds nothing takes 3 mAh, every hour 72 a day, every six hours 12', () => {
    expect(milliampHours(search)).toBe(3);
    expect(taken(dayOf([radioTask(24, [search])], board), 'modem searching')).toBe(72);
    expect(taken(dayOf([radioTask(4, [search])], board), 'modem searching')).toBe(12);
  });

  test('180 s of GNSS without a fix take 1.5 mAh, every hour 36 a day; with fixes of 35 s it is 7', () => {
    expect(milliampHours(blind)).toBe(1.5);
    expect(taken(dayOf([radioTask(24, [blind])], board), 'modem GNSS')).toBe(36);
    expect(taken(dayOf([radioTask(24, [{ ...blind, seconds: 35 }])], board), 'modem GNSS')).toBeCloseTo(7);
  });

  test('a board that sleeps all day takes 12 mAh at 0.5 mA, and 4 at 0.17', () => {
    expect(sum(dayOf([], board))).toBe(12);
    expect(sum(dayOf([], { ...board, asleep: draw('board asleep', 0.17) }))).toBeCloseTo(4.08);
  });
});

describe('a day of tasks', () => {
  const task = radioTask(10, [
    { draw: draw('modem booting', 30), seconds: 60 },
    { draw: draw('modem searching', 60), seconds: 300 },
  ]);

  test('has the board awake for each task, and asleep for the rest', () => {
    const day = dayOf([task, { timesADay: 144, awakeS: 25, modem: [] }], board);
    const hours = Object.fromEntries(day.map((charge) => [charge.state, charge.hours]));
    expect(hours['board awake']).toBeCloseTo(2); // 10 x 360 s and 144 x 25 s
    expect(hours['board asleep']).toBeCloseTo(22);
    expect(hours['modem booting']).toBeCloseTo(1 / 6);
    expect(sum(day)).toBeCloseTo(22 * 0.5 + 2 * 35 + 30 / 6 + 60 * (5 / 6));
  });

  test('adds what two tasks do in the same state', () => {
    const day = dayOf([task, task], board);
    expect(taken(day, 'modem searching')).toBeCloseTo(100);
    expect(day.filter(({ state }) => state === 'modem searching')).toHaveLength(1);
  });

  test('has no sleep, and not less than none, where the tasks fill it', () => {
    const day = dayOf([radioTask(100, [{ draw: draw('modem searching', 60), seconds: 1000 }])], board);
    expect(taken(day, 'board asleep')).toBeUndefined();
  });
});
