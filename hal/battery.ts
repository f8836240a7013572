/**
 * The battery gauge.
 *
 * Contract: `millivolts` blocks for at most 5 ms and returns null when the gauge does not answer or no battery is
 * fitted; never 0 for "unknown".
 */
export interface Battery {
  millivolts(): number | null;
}
