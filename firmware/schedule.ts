import type { Config } from './config/config.ts';
import type { JournalState } from './journal/state.ts';

/** What is due, as a pure function of what flash says and the time. */
export interface Due {
  readonly reading: boolean;
  readonly fix: boolean;
  readonly uplink: boolean;
}

/** A deep sleep that ends a little early or late must not move a reading to the next wake. */
const SLACK_S = 2;

/** Pause after a failed session: 15 min, doubled with each failure, at most 6 h. Searching is what empties batteries. */
const FIRST_PAUSE_S = 900;
const LONGEST_PAUSE_S = 21600;

export function uplinkPauseS(failures: number, uplinkIntervalS: number): number {
  if (failures === 0) return uplinkIntervalS;
  if (failures > 5) return LONGEST_PAUSE_S;
  return Math.min(FIRST_PAUSE_S << (failures - 1), LONGEST_PAUSE_S);
}

function passed(sinceS: number | null, pauseS: number, nowS: number): boolean {
  return sinceS === null || nowS >= sinceS + pauseS - SLACK_S;
}

export function whatIsDue(state: JournalState, config: Config, nowS: number): Due {
  return {
    reading: passed(state.rowClockS, state.intervalS, nowS),
    fix: passed(state.fixAtS, config.fixIntervalS, nowS),
    uplink:
      config.deviceId !== '' && passed(state.uplinkAtS, uplinkPauseS(state.failures, config.uplinkIntervalS), nowS),
  };
}

/** Seconds until the next reading is due, at least 1. Everything else rides on a reading's wake. */
export function untilNextReadingS(state: JournalState, nowS: number): number {
  return Math.max(1, state.rowClockS + state.intervalS - nowS);
}
