/**
 * How often and for how long to search for a position. Under steel nothing is found, and the searches that fail are what
 * empties the battery: a failed one of 180 s costs 1.5 mAh, hourly 36 mAh a day, where a start under open sky takes 25 to
 * 45 s. A container that stands still need not be looked for either.
 *
 * All that is remembered is one step: a step up for each position at the same place, to 2, and for each search in vain, to 7;
 * back to 0 where it has moved. The pause doubles with each step up to the fourth; beyond, the steps only count.
 *
 *     step    0      1      2      3      4      5      6      7      4 ...
 *     pause   x 1    x 2    x 4    x 8    x 16   x 16   x 16   x 16   x 16
 *     search  long   short  short  short  long   short  short  short  long
 */
import { fixStretch } from './power/ladder.ts';

/** From this step on, with a position found, the container stands still. */
export const DWELLING = 2;
const LONGEST_BACK_OFF = 4;
const LAST_STEP = 7;
/** The step when something has changed: another network or country, external power, a door. There may be a sky again. */
export const STEP_AFTER_CHANGE = 0;

/** About 300 m from north to south: 1e-5 degrees are 1.11 m. */
const MOVED_E5 = 270;

const DAY_S = 86400;
/** The ephemerides of a fix are good for this long, and the next one comes at once: a hot start. */
const HOT_WITHIN_S = 7200;
const HOT_SEARCH_S = 30;
/** A cold start under open sky. */
const SHORT_SEARCH_S = 45;
/** Beyond this the roof is steel. */
const LONG_SEARCH_S = 90;

/**
 * The step after a position; `movedE5` is the greater of the differences in latitude and longitude to the one before, in
 * 1e-5 degrees. Null when there is none: what moved goes on as it did, and what stood still is looked at once more.
 */
export function stepAfterFix(step: number, movedE5: number | null): number {
  if (movedE5 === null) return Math.min(step, 1);
  if (!(movedE5 <= MOVED_E5)) return 0;
  return Math.min(step + 1, DWELLING);
}

/** The step after a search in vain. Not for a GNSS that was busy or silent: that says nothing about the sky. */
export function stepAfterFailure(step: number): number {
  return step < LAST_STEP ? step + 1 : LONGEST_BACK_OFF;
}

/**
 * Seconds between the last search and the next, from the configured interval, which is a day at most, to a day; `level`: of
 * the power ladder.
 */
export function fixPauseS(fixIntervalS: number, step: number, level: number): number {
  const pauseS = (fixIntervalS << Math.min(step, LONGEST_BACK_OFF)) * fixStretch(level);
  return Math.min(pauseS, DAY_S);
}

/** Seconds that a search may take; `sinceFixS`: since the last position, null when the last search was in vain or none is known. */
export function searchS(step: number, sinceFixS: number | null): number {
  if (sinceFixS !== null && sinceFixS >= 0 && sinceFixS < HOT_WITHIN_S) return HOT_SEARCH_S;
  return step % 4 === 0 ? LONG_SEARCH_S : SHORT_SEARCH_S;
}
