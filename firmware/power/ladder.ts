/**
 * The power ladder: what a battery that runs down still pays for. Readings are the last thing to go.
 *
 *     0  full service
 *     1  no 2G, half as many positions and sessions
 *     2  readings only: neither modem nor GNSS
 *     3  near brown-out: readings only, and as few as the trip allows (firmware/interval.ts)
 *
 * A burst of 2G takes 2 A and is not for a battery below 3.6 V; below 3.5 V readings are all it has left. These are limits
 * of a Li-ion cell: LiFePO4 has 3.2 to 3.35 V for nearly all of its life, and would never get beyond level 3.
 */
import { GSM_FROM_MV, RADIO_FROM_MV } from '../radio/policy.ts';

/** A brown-out comes near 3.3 V. That 100 mV above it are near is an assumption. */
const NEAR_BROWN_OUT_MV = 3400;
/** A cell that has recovered without a charge is soon back below: it goes up a rung this far above the rung's own limit. */
const HYSTERESIS_MV = 100;

/** An assumption, to be replaced by the data sheet of the cell that is fitted: 50 mV for each 10 K below -10 C, to -40 C. */
const FROST_MILLI_C = 10000;
const HARDEST_FROST_MILLI_C = 40000;
const FROST_MILLI_C_PER_MV = 200;

/**
 * What a reading of the idle cell (mV) is worth under load at this temperature: in the cold its resistance is several times
 * as high, and a pulse pulls it down. As it is where the temperature is null.
 */
export function coldMillivolts(millivolts: number, milliC: number | null): number {
  if (milliC === null) return millivolts;
  const beyond = Math.min(-milliC, HARDEST_FROST_MILLI_C) - FROST_MILLI_C;
  return beyond > 0 ? millivolts - Math.round(beyond / FROST_MILLI_C_PER_MV) : millivolts;
}

/** The voltage from which on a level is left again upwards, without hysteresis. */
function limitOf(level: number): number {
  if (level === 1) return GSM_FROM_MV;
  return level === 2 ? RADIO_FROM_MV : NEAR_BROWN_OUT_MV;
}

/**
 * The level, 0 to 3, after a reading of the battery; `before` is the level until now. Down by any number of rungs at once,
 * up by one a reading. External power (null: unknown) gives full service as soon as the cell is above the last limit.
 * Null millivolts: nothing is known, and the level stays; but who runs on power from outside has all that is needed.
 */
export function powerLevel(
  before: number,
  millivolts: number | null,
  milliC: number | null,
  external: boolean | null,
): number {
  const from = before >= 0 ? Math.min(before, 3) : 0;
  if (millivolts === null || !(millivolts >= 0)) return external === true ? 0 : from;
  if (external === true && millivolts >= NEAR_BROWN_OUT_MV) return 0;
  const loaded = coldMillivolts(millivolts, milliC);
  let level = 3;
  while (level > 0 && loaded >= limitOf(level)) level--;
  if (level >= from) return level;
  return loaded >= limitOf(from) + HYSTERESIS_MV ? from - 1 : from;
}

/** By how much a level stretches the pause between positions. Where the radio is not allowed, there are none. */
export function fixStretch(level: number): number {
  return level > 0 ? 2 : 1;
}

/** By how much a level stretches the pause between sessions. */
export function uplinkStretch(level: number): number {
  return level > 0 ? 2 : 1;
}

/** Whether the modem and GNSS may be switched on. */
export function radioAllowed(level: number): boolean {
  return level < 2;
}
