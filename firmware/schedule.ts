import type { Config } from './config/config.ts';
import type { JournalState } from './journal/state.ts';

/** What is due, as a pure function of what flash says and the time. */
export interface Due {
  readonly reading: boolean;
  readonly fix: boolean;
  readonly uplink: boolean;
}

/** A deep sleep that ends a little early must not move a reading to the next wake. */
const SLACK_S = 2;

/** Pause after a failed session: 15 min, doubled with each failure, at most 6 h. Searching is what empties batteries. */
const FIRST_PAUSE_S = 900;
const LONGEST_PAUSE_S = 21600;

export function uplinkPauseS(failures: number, uplinkIntervalS: number): number {
  if (failures === 0) return uplinkIntervalS;
  if (failures > 5) return LONGEST_PAUSE_S;
  return Math.min(FIRST_PAUSE_S << (failures - 1), LONGEST_PAUSE_S);
}

/** Things happen at the wake that is nearest to their time, hence half an interval of leave. */
function passed(sinceS: number | null, pauseS: number, nowS: number, leaveS: number): boolean {
  return sinceS === null || nowS >= sinceS + pauseS - leaveS;
}

export function whatIsDue(state: JournalState, config: Config, nowS: number): Due {
  const leaveS = state.intervalS / 2;
  const uplinkPause = uplinkPauseS(state.failures, config.uplinkIntervalS);
  return {
    reading: passed(state.rowClockS, state.intervalS, nowS, SLACK_S),
    fix: passed(state.fixAtS, config.fixIntervalS, nowS, leaveS),
    uplink: config.deviceId !== '' && passed(state.uplinkAtS, uplinkPause, nowS, leaveS),
  };
}

/** A reading this much overdue was tried and could not be stored: try again after a whole interval. */
const OVERDUE_S = 5;

/** Seconds until the next reading is due, at least 1. Everything else rides on a reading's wake. */
export function untilNextReadingS(state: JournalState, nowS: number): number {
  const pauseS = state.rowClockS + state.intervalS - nowS;
  return pauseS < -OVERDUE_S ? state.intervalS : Math.max(1, pauseS);
}
