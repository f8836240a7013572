import { scaledDecimal } from '../decimal.ts';
import type { Fix, GnssFailure } from '../gnss.ts';

/** The corridor's continents; anything else is junk that a receiver shows before it has a fix. */
const SOUTH = 0;
const NORTH = 6500000;
const WEST = -1500000;
const EAST = 14000000;

/** A fix of decimal degrees as text: null where they are none, `implausible` outside of the corridor's continents. */
export function positionOf(
  latitude: string,
  longitude: string,
  utcS: number | null,
  satellites: string,
): Fix | GnssFailure | null {
  const latE5 = scaledDecimal(latitude, 5);
  const lonE5 = scaledDecimal(longitude, 5);
  if (isNaN(latE5) || isNaN(lonE5)) return null;
  if (latE5 < SOUTH || latE5 > NORTH || lonE5 < WEST || lonE5 > EAST) return 'implausible';
  return { latE5, lonE5, utcS, satellites: parseInt(satellites, 10) || 0 };
}
