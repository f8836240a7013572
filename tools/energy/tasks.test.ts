import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { boardHardware, findBoardHardware } from '../sim/board-hardware.ts';
import { boardDraw, technologiesOf } from '../sim/currents.ts';
import { dayOf, milliampHours, sum, type Task } from './duty.ts';
import { type Duty, firmwareTasks, hourlyTasks, session, vainFixes } from './tasks.ts';

const dutyOf = (board: string, changes: Partial<Duty> = {}): Duty => {
  const family = findBoardHardware(board).modem;
  return {
    family,
    technologies: technologiesOf(family),
    intervalS: 600,
    fixIntervalS: 3600,
    uplinkIntervalS: 14_400,
    deadShare: 0,
    ...changes,
  };
};
const day = (board: string, tasks: readonly Task[]) =>
  dayOf(tasks, { asleep: boardDraw(board, 'asleep'), awake: boardDraw(board, 'awake') });
const taken = (board: string, tasks: readonly Task[], state: string) =>
  day(board, tasks).find((charge) => charge.state === state)?.milliampHours ?? 0;

const BOARD = 't-sim7080g-s3';

test('an MQTT session of a SIM7080 takes 0.33 mAh, every hour 8 a day', () => {
  const charge = session('sim7080', 'LTE-M', 6).reduce((total, span) => total + milliampHours(span), 0);
  expect(charge).toBeCloseTo(0.33, 2);
  expect(charge * 24).toBeCloseTo(8, 0);
});

test('nothing but dead zone costs a tracker without a policy 72 mAh a day of searching, and 48 of GNSS', () => {
  const tasks = hourlyTasks(dutyOf(BOARD, { deadShare: 1 }));
  expect(taken(BOARD, tasks, 'modem searching')).toBeCloseTo(72);
  // 36 for the receiver, and 12 for an active antenna of 10 mA.
  expect(taken(BOARD, tasks, 'modem GNSS')).toBeCloseTo(48);
  expect(taken(BOARD, tasks, 'modem transmitting LTE-M')).toBe(0);
});

test('the firmware searches no more than its allowance in a dead zone: 36 s an hour, and 900 s before that', () => {
  const tasks = firmwareTasks(dutyOf(BOARD, { deadShare: 1 }));
  const most = ((24 * 36 + 900 / 6) * 60) / 3600;
  expect(taken(BOARD, tasks, 'modem searching')).toBeLessThanOrEqual(most);
  expect(taken(BOARD, tasks, 'modem searching')).toBeGreaterThan(3);
});

test('the firmware looks for a hidden sky far less than every hour', () => {
  const { tries, searchedS } = vainFixes(3600, 6);
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan((6 * 24) / 4);
  expect(searchedS / tries).toBeLessThanOrEqual(90);
});

describe.each(Object.keys(boardHardware))('the day of a %s', (board) => {
  test('costs least in good coverage, and most without a policy', () => {
    const totals = [
      firmwareTasks(dutyOf(board)),
      firmwareTasks(dutyOf(board, { deadShare: 0.3 })),
      hourlyTasks(dutyOf(board, { deadShare: 0.3 })),
    ].map((tasks) => sum(day(board, tasks)));
    expect(totals).toEqual([...totals].sort((one, other) => one - other));
    expect((totals[2] ?? 0) / (totals[1] ?? 0)).toBeGreaterThan(2);
  });

  test('has all of 24 hours', () => {
    const duty = dutyOf(board, { deadShare: 0.3 });
    for (const tasks of [firmwareTasks(duty), hourlyTasks(duty)]) {
      const hours = day(board, tasks)
        .filter(({ state }) => state.startsWith('board'))
        .reduce((total, charge) => total + charge.hours, 0);
      expect(hours).toBeCloseTo(24);
    }
  });

  test('costs more the more often it does something', () => {
    const total = (changes: Partial<Duty>) => sum(day(board, firmwareTasks(dutyOf(board, changes))));
    const usual = total({ deadShare: 0.3 });
    expect(total({ deadShare: 0.3, intervalS: 300 })).toBeGreaterThan(usual);
    expect(total({ deadShare: 0.3, fixIntervalS: 1800 })).toBeGreaterThan(usual);
    expect(total({ deadShare: 0.3, uplinkIntervalS: 3600 })).toBeGreaterThan(usual);
  });
});

test('the file of duties has a source or an assumption for each figure', () => {
  const file = JSON.parse(readFileSync(new URL('../data/duty-2026-11.json', import.meta.url), 'utf8'));
  const { what: _what, collected: _collected, ...figures } = file;
  for (const figure of Object.values(figures) as object[])
    expect('source' in figure || 'assumption' in figure, JSON.stringify(figure)).toBe(true);
});
