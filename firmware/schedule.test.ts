import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from './config/config.ts';
import { blankState } from './journal/state.ts';
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

test('the pause to the next reading is at least a second, and a whole interval when flash takes no reading', () => {
  expect(untilNextReadingS(at({}), 6100)).toBe(500);
  expect(untilNextReadingS(at({}), 6599.8)).toBe(1);
  expect(untilNextReadingS(at({}), 6603)).toBe(1);
  expect(untilNextReadingS(at({}), 6700)).toBe(600);
});
