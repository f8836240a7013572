import { OK, SESSION_BEGUN } from '../../hal/faults.ts';

/**
 * Everything that the tracker knows about its past. It is rebuilt from the newest block at every boot, so each field
 * stands in KEY or follows from the records behind it.
 */
export interface JournalState {
  /** Seq of the next record. */
  nextSeq: number;
  /** Times that power was applied, from 1. */
  powerOn: number;
  /** Uptime of the last reading, seconds; the interval before the first one. */
  rowClockS: number;
  /** Seconds between readings. */
  intervalS: number;
  /** Every record below this seq is held by the collector. */
  acked: number;
  /** Uptime at which the last uplink session began, null when none since power-on. */
  uplinkAtS: number | null;
  /** Uplink sessions failed in a row, or the step of the back-off that the network policy has set since. */
  failures: number;
  /** A session has begun and not ended: where a power-on says that too, the tracker restarted in it. */
  inSession: boolean;
  /** Uptime of the last attempt at a position, null when none since power-on. */
  fixAtS: number | null;
}

export function blankState(intervalS: number): JournalState {
  return {
    nextSeq: 0,
    powerOn: 0,
    rowClockS: 0,
    intervalS,
    acked: 0,
    uplinkAtS: null,
    failures: 0,
    inSession: false,
    fixAtS: null,
  };
}

/** Added to the failures in a KEY while a session is under way. */
export const IN_SESSION = 16;
/** The longest pauses; to count on from these would mean something else. */
const LAST_STEPS: readonly number[] = [9, 13];

/** A session counts as failed from when it begins: of one in which the tracker restarts nothing else is heard. */
export function countSession(state: JournalState, outcome: number): void {
  const isEnd = state.inSession;
  state.inSession = outcome === SESSION_BEGUN;
  if (outcome === OK) state.failures = 0;
  else if (!isEnd && LAST_STEPS.indexOf(state.failures) < 0) state.failures++;
}

/**
 * Uptime from which the pause before the next session counts after a power-on at `atS`. Whoever takes the power off and on
 * wants to see a session at once; behind a session that took the supply down, that would go on until the battery is empty.
 */
export function uplinkAfterPowerOn(state: JournalState, atS: number): number | null {
  return state.inSession ? atS : null;
}
