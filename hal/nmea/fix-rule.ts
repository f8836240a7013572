/** Which positions are believed: one rule for every receiver, whether it speaks NMEA or AT. */
import { scaledDecimal } from '../decimal.ts';
import type { Fix } from '../gnss.ts';
import { BELIEVED_FOR_S, secondsIn } from '../utc.ts';

/** The corridor's continents, 1e-5 degrees; anything else is junk that a receiver shows before it has a fix. */
const SOUTH = 0;
const NORTH = 6500000;
const WEST = -1500000;
const EAST = 14000000;

/** Receivers without a fix show 25.5 or 99.99. */
const NO_HDOP_TENTHS = 255;
/** 1024 weeks: what a receiver loses whose firmware has outlived its week counter. */
const ROLLOVER_S = 619315200;

/** 160 km/h, in 1e-5 degrees of latitude (1.113 m) a second: no train on the corridor is faster. */
const FASTEST_E5 = 40;
/** 500 m: what the two positions may be off, and the second that their times may be. */
const SLACK_E5 = 450;

/**
 * The fix in what a receiver says when it claims to have one: position in 1e-5 degrees, time as text that starts with
 * yyMMddhhmmss, HDOP and number of satellites as text. Null when that is none after all, `implausible` outside of the
 * corridor's continents. A date before `notBeforeS` is moved on by 1024 weeks, once; where that leads to no time to be
 * believed either, the position stands without one.
 */
export function believe(
  latE5: number,
  lonE5: number,
  stamp: string,
  hdop: string,
  satellites: string,
  notBeforeS: number,
): Fix | 'implausible' | null {
  if (isNaN(latE5) || isNaN(lonE5) || (latE5 === 0 && lonE5 === 0)) return null;
  // Empty, it is not a number, and no comparison holds.
  if (!(scaledDecimal(hdop, 1) < NO_HDOP_TENTHS)) return null;
  if (latE5 < SOUTH || latE5 > NORTH || lonE5 < WEST || lonE5 > EAST) return 'implausible';
  const used = parseInt(satellites, 10) || 0;
  const toldS = secondsIn(stamp, 2);
  if (toldS !== null && toldS < notBeforeS && toldS + ROLLOVER_S >= notBeforeS)
    return { latE5, lonE5, utcS: toldS + ROLLOVER_S, satellites: used, rolledOver: true };
  const isBelieved = toldS !== null && toldS >= notBeforeS && toldS < notBeforeS + BELIEVED_FOR_S;
  return { latE5, lonE5, utcS: isBelieved ? toldS : null, satellites: used };
}

/**
 * What speaks against a fix that comes `sinceS` after another (NaN when that is not known): it is the same again, or
 * nobody could have come there. Null when nothing does.
 */
export function against(fix: Fix, before: Fix, sinceS: number): 'stale' | 'implausible' | null {
  const north = fix.latE5 - before.latE5;
  const lonE5 = fix.lonE5 - before.lonE5;
  if (north === 0 && lonE5 === 0 && fix.utcS !== null && fix.utcS === before.utcS) return 'stale';
  // The cosine of the latitude as the first terms of its series: at most 0.07 too little, up to 65 degrees.
  const latDeg = fix.latE5 / 100000;
  const east = lonE5 * (1 - 0.0001523 * latDeg * latDeg);
  const reach = FASTEST_E5 * sinceS + SLACK_E5;
  return north * north + east * east > reach * reach ? 'implausible' : null;
}
