/**
 * What a probe can hardly have measured. The value is kept as it is; a FAULT beside it says what is wrong with it. Limits are
 * wide: a probe that is doubted without reason is soon a probe that nobody believes.
 */
import { CARGO, RETURN, SUPPLY } from '../hal/probe.ts';

/** Reasons, as they stand in the detail of a FAULT beside the place. */
export const PLAUSIBLE = 0;
export const BEYOND_RANGE = 1;
export const TOO_FAST = 2;
export const STUCK = 3;
export const CONTRADICTED = 4;

/** Carrier's controllers take a sensor for broken outside of this, thousandths of a degree. */
const LOWEST_MILLI_C = -50000;
const HIGHEST_MILLI_C = 70000;
/** From frozen air to a summer's day in an open door; cargo has tons of mass. */
const AIR_STEP_MILLI_C = 60000;
const CARGO_STEP_MILLI_C = 10000;
/** Farther apart than the air before and behind the machine gets in a defrost (15 K), or as it cools a warm box down. */
const SUPPLY_FROM_RETURN_MILLI_C = 30000;

/**
 * What speaks against the temperature of `place` in a reading; the temperatures are by place, in thousandths of a degree,
 * null for none. `before` is the reading before, null where it is unknown or more than an hour old. Supply and return air
 * that contradict each other are doubted both.
 */
export function doubtOn(
  place: number,
  tempsMilliC: readonly (number | null)[],
  before: readonly (number | null)[] | null,
): number {
  const milliC = tempsMilliC[place];
  if (milliC === null) return PLAUSIBLE;
  if (milliC < LOWEST_MILLI_C || milliC > HIGHEST_MILLI_C) return BEYOND_RANGE;
  const last = before === null ? null : before[place];
  const most = place >= CARGO ? CARGO_STEP_MILLI_C : AIR_STEP_MILLI_C;
  if (last !== null && Math.abs(milliC - last) > most) return TOO_FAST;
  const other = place === SUPPLY ? tempsMilliC[RETURN] : place === RETURN ? tempsMilliC[SUPPLY] : null;
  if (other !== null && Math.abs(milliC - other) > SUPPLY_FROM_RETURN_MILLI_C) return CONTRADICTED;
  return PLAUSIBLE;
}
