/**
 * The battery gauge, and the charger behind it.
 *
 * Contract:
 * - Each call blocks for at most 5 ms on a bus that works.
 * - `millivolts` is null when the gauge does not answer or no battery is fitted; never 0 for "unknown".
 * - `external` is true while a supply from outside is there; null when that cannot be told: the board has no way to
 *   know, or the chip does not answer.
 * - `allowCharge` lets the charger charge, or forbids it: a lithium cell must not be charged below 0 C. False when nothing
 *   can be done, because the board's charger is beyond control or the chip does not answer. What was said last holds
 *   through deep sleep and is lost with power: then charging is allowed. Saying it again writes nothing.
 */
export interface Battery {
  millivolts(): number | null;
  external(): boolean | null;
  allowCharge(allowed: boolean): boolean;
}
