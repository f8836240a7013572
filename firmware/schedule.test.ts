import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from './config/values.ts';
import { blankState } from './journal/state.ts';
import { DENIED } from './radio/history.ts';
import { untilNextReadingS, uplinkPauseS, whatIsDue } from './schedule.ts';

const config = { ...DEFAULT_CONFIG, deviceId: 'box-7' };
const at = (changes: object) => ({
  ...blankState(600),
  rowClockS: 6000,
  fixAtS: 6000,
  uplinkAtS: 6000,
  ...changes,
});

test('after power-on everything is due at once', () => {
  const state = { ...blankState(600), rowClockS: -600 };
  expect(whatIsDue(state, config, 0)).toEqual({ reading: true, fix: true, uplink: true });
});

test('a tracker that is not provisioned measures and never searches for a network', () => {
  expect(whatIsDue(blankState(600), DEFAULT_CONFIG, 600)).toEqual({
    reading: true,
    fix: true,
    uplink: false,
  });
});

test('a sleep that ends a second early does not put the reading off', () => {
  expect(whatIsDue(at({}), config, 6599).reading).toBe(true);
  expect(whatIsDue(at({}), config, 6590).reading).toBe(false);
});

test('positions and uplinks happen at the wake nearest to their time, so that they do not slip', () => {
  expect(whatIsDue(at({}), config, 6000 + 3600 - 290).fix).toBe(true);
  expect(whatIsDue(at({}), config, 6000 + 3600 - 310).fix).toBe(false);
  expect(whatIsDue(at({}), config, 6000 + 14_400 - 290).uplink).toBe(true);
  expect(whatIsDue(at({}), config, 6000 + 14_400 - 310).uplink).toBe(false);
});

test('failures in a row stretch the pause from 15 minutes to 6 hours and no further', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 60, 65_000].map((failures) => uplinkPauseS(failures, 14_400));
  expect(pauses).toEqual([14_400, 900, 1800, 3600, 7200, 14_400, 21_600, 21_600, 21_600]);
});

const isDue = (changes: object, afterS: number, alarm: boolean, moved: boolean) =>
  whatIsDue(at(changes), config, 6000 + afterS, alarm, moved).uplink;

test('an alarm goes out at once, 15 minutes after a good session and an hour after a failed one at the earliest', () => {
  expect(isDue({}, 600, true, false)).toBe(true);
  expect(isDue({}, 590, true, false)).toBe(false);
  expect(isDue({}, 600, false, false)).toBe(false);
  expect(isDue({ failures: 6 }, 3600 - 300, true, false)).toBe(true);
  expect(isDue({ failures: 6 }, 3600 - 310, true, false)).toBe(false);
  expect(isDue({ failures: 1 }, 600, true, false)).toBe(true);
});

test('50 km on, a tracker that failed does not wait for the end of its pause', () => {
  expect(isDue({ failures: 9 }, 600, false, true)).toBe(true);
  expect(isDue({ failures: 9 }, 590, false, true)).toBe(false);
  expect(isDue({ failures: 0 }, 3600, false, true)).toBe(false);
});

test('where every network refuses the SIM, neither an alarm nor a journey shortens the pause', () => {
  expect(isDue({ failures: DENIED }, 21_600 - 310, true, true)).toBe(false);
  expect(isDue({ failures: DENIED }, 21_600 - 290, true, true)).toBe(true);
});

test('the pause to the next reading is at least a second, and a whole interval when flash takes no reading', () => {
  expect(untilNextReadingS(at({}), 6100)).toBe(500);
  expect(untilNextReadingS(at({}), 6599.8)).toBe(1);
  expect(untilNextReadingS(at({}), 6603)).toBe(1);
  expect(untilNextReadingS(at({}), 6700)).toBe(600);
});

test('a battery that runs down stretches sessions and positions, then stops both, and never the readings', () => {
  const dueAt = (level: number, nowS: number) => whatIsDue(at({ conditions: level }), config, nowS);
  expect(dueAt(1, 6000 + 14_400)).toMatchObject({ fix: true, uplink: false });
  expect(dueAt(1, 6000 + 3600)).toMatchObject({ fix: false });
  expect(dueAt(1, 6000 + 2 * 14_400)).toMatchObject({ uplink: true });
  for (const level of [2, 3])
    expect(dueAt(level, 6000 + 864_000)).toEqual({ reading: true, fix: false, uplink: false });
});

test('an alarm does not wait for a battery that runs down, as long as there may be a radio at all', () => {
  expect(whatIsDue(at({ conditions: 1 }), config, 6000 + 900, true).uplink).toBe(true);
  expect(whatIsDue(at({ conditions: 2 }), config, 6000 + 900, true).uplink).toBe(false);
});

test('under steel positions are looked for less and less, and sessions go on as they are', () => {
  const pauses = [0, 1, 2, 3, 4, 7].map((fixStep) => {
    let nowS = 6000;
    while (!whatIsDue(at({ fixStep }), config, nowS).fix) nowS += 600;
    return (nowS - 6000) / 3600;
  });
  expect(pauses).toEqual([1, 2, 4, 8, 16, 16]);
  expect(whatIsDue(at({ fixStep: 4 }), config, 6000 + 14_400).uplink).toBe(true);
});

test('a container that stands still reports half as often, but not with much waiting or after a failure', () => {
  const still = { fixStep: 2, fixFound: true };
  const isDue = (changes: object, pauseS: number) =>
    whatIsDue(at({ ...still, ...changes }), config, 6000 + pauseS).uplink;
  expect(isDue({}, 14_400)).toBe(false);
  expect(isDue({}, 28_800)).toBe(true);
  expect(isDue({ nextSeq: 600, acked: 99 }, 14_400)).toBe(true);
  expect(isDue({ nextSeq: 600, acked: 101 }, 14_400)).toBe(false);
  expect(isDue({ failures: 1 }, 900)).toBe(true);
});
