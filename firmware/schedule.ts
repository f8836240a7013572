import { POWER_LEVEL } from './conditions.ts';
import type { Config } from './config/schema.ts';
import { DWELLING, fixPauseS } from './fix-policy.ts';
import type { JournalState } from './journal/state.ts';
import { radioAllowed, uplinkStretch } from './power/ladder.ts';
import { DENIED } from './radio/history.ts';

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
/** What an alarm waits behind failures, at most. */
const ALARM_PAUSE_S = 3600;
/** So many records that the collector does not hold are days of them: they get out before anything is saved. */
const LARGE_BACKLOG = 500;

/** Seconds between the beginnings of two sessions; `step` is that of the back-off, 0 after one that delivered. */
export function uplinkPauseS(step: number, uplinkIntervalS: number): number {
  if (step === 0) return uplinkIntervalS;
  if (step > 5) return LONGEST_PAUSE_S;
  return Math.min(FIRST_PAUSE_S << (step - 1), LONGEST_PAUSE_S);
}

/** Things happen at the wake that is nearest to their time, hence half an interval of leave. */
function passed(sinceS: number | null, pauseS: number, nowS: number, leaveS: number): boolean {
  return sinceS === null || nowS >= sinceS + pauseS - leaveS;
}

/**
 * Two things bring an uplink forward. An alarm (`alarm`) is due at once, but 15 min after a good session at the earliest, so
 * that one which comes and goes does not keep the radio on; behind failures it waits an hour at most, as what has failed
 * for hours seldom works a minute later. Two stretch the pause after a good one, unless much is waiting: a battery that runs
 * down, and a container that stands still, of which the next report says the same as the last. Being more than 50 km from where the last session failed (`moved`, by
 * `movedFar` of firmware/radio/policy.ts) ends the back-off. Where every network refused the SIM, haste helps nobody.
 */
export function whatIsDue(
  state: JournalState,
  config: Config,
  nowS: number,
  alarm?: boolean,
  moved?: boolean,
): Due {
  const leaveS = state.intervalS / 2;
  const step = state.failures;
  const level = state.conditions & POWER_LEVEL;
  let uplinkPause = uplinkPauseS(step, config.uplinkIntervalS);
  if (step === 0 && state.nextSeq - state.acked < LARGE_BACKLOG) {
    const dwells = state.fixFound && state.fixStep >= DWELLING;
    uplinkPause *= uplinkStretch(level) * (dwells ? 2 : 1);
  }
  if (alarm && step < DENIED) uplinkPause = Math.min(uplinkPause, step === 0 ? FIRST_PAUSE_S : ALARM_PAUSE_S);
  if (moved && step > 0 && step < DENIED) uplinkPause = Math.min(uplinkPause, FIRST_PAUSE_S);
  return {
    reading: passed(state.rowClockS, state.intervalS, nowS, SLACK_S),
    fix:
      radioAllowed(level) &&
      passed(state.fixAtS, fixPauseS(config.fixIntervalS, state.fixStep, level), nowS, leaveS),
    uplink:
      radioAllowed(level) && config.deviceId !== '' && passed(state.uplinkAtS, uplinkPause, nowS, leaveS),
  };
}

/** A reading this much overdue was tried and could not be stored: try again after a whole interval. */
const OVERDUE_S = 5;

/** Seconds until the next reading is due, at least 1. Everything else rides on a reading's wake. */
export function untilNextReadingS(state: JournalState, nowS: number): number {
  const pauseS = state.rowClockS + state.intervalS - nowS;
  return pauseS < -OVERDUE_S ? state.intervalS : Math.max(1, pauseS);
}
