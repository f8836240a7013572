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
  /** Whether that attempt found one, and the step of its back-off (firmware/fix-policy.ts), 0 to 7. */
  fixFound: boolean;
  fixStep: number;
  /** Power and surroundings as bits (firmware/conditions.ts), as the last CONDITIONS says. */
  conditions: number;
  /**
   * The fields of the last JUDGED, which begins each block, the kind first; null: nothing is judged. Empty where a KEY says
   * that something is, and what, has been torn off.
   */
  judged: readonly (number | null)[] | null;
  /** Seq of the last reading that it takes into account; -1: none. */
  judgedThrough: number;
  /** What ALARMs behind that reading have told, as takeAlarm of apply.ts notes it. */
  told: number;
  /** Seq of the last ALARM that was raised; -1: none that is known. */
  alarmSeq: number;
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
    fixFound: false,
    fixStep: 0,
    conditions: 0,
    judged: null,
    judgedThrough: -1,
    told: 0,
    alarmSeq: -1,
  };
}

/** Factors of what stands above the failures, 0 to 15, in the field `flags` of a KEY. */
const IN_SESSION = 16;
const IS_JUDGED = 32;
const FIX_FOUND = 64;
const FIX_STEP = 128;
const CONDITIONS = 1024;

/** The field `flags` of a KEY: what is small, in one number. */
export function flagsOf(state: JournalState): number {
  return (
    state.failures +
    (state.inSession ? IN_SESSION : 0) +
    (state.judged === null ? 0 : IS_JUDGED) +
    (state.fixFound ? FIX_FOUND : 0) +
    state.fixStep * FIX_STEP +
    state.conditions * CONDITIONS
  );
}

/** Take a KEY's `flags`. What is judged stands in the JUDGED behind it: until that has come there is nothing in it. */
export function takeFlags(state: JournalState, flags: number): void {
  state.failures = flags & 15;
  state.inSession = (flags & IN_SESSION) !== 0;
  state.judged = (flags & IS_JUDGED) === 0 ? null : [];
  state.fixFound = (flags & FIX_FOUND) !== 0;
  state.fixStep = (flags >> 7) & 7;
  state.conditions = flags >> 10;
}
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
