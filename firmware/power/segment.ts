import { LONGEST_SLEEP_S } from '../../hal/power.ts';

/** The shortest sleep that hal/power.ts takes. */
const SHORTEST_SLEEP_S = 1;

/**
 * Seconds of a pause that the next deep sleep takes, 1 to LONGEST_SLEEP_S: a longer pause is slept in segments, of which
 * none is too short. 1 for a pause that is no number, or over.
 */
export function segmentS(pauseS: number): number {
  if (!(pauseS > SHORTEST_SLEEP_S)) return SHORTEST_SLEEP_S;
  if (pauseS <= LONGEST_SLEEP_S) return pauseS;
  // Leave the last segment its second.
  return Math.min(LONGEST_SLEEP_S, pauseS - SHORTEST_SLEEP_S);
}
