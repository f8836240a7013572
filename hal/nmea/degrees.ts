import { scaledDecimal } from '../decimal.ts';

/**
 * An angle of NMEA 0183, ddmm.mmmm or dddmm.mmmm with N, S, E or W, in 1e-5 degrees, rounded half away from zero. NaN when it
 * is none. The last two digits before the point are minutes, however many digits the degrees have.
 */
export function degreesE5(text: string, hemisphere: string): number {
  const point = text.indexOf('.');
  const minutesAt = (point < 0 ? text.length : point) - 2;
  const sign = 'NE'.indexOf(hemisphere) >= 0 ? 1 : -1;
  if (minutesAt < 1 || minutesAt > 3 || hemisphere.length !== 1 || 'NSEW'.indexOf(hemisphere) < 0) return NaN;
  const degrees = scaledDecimal(text.substr(0, minutesAt), 0);
  // What stands behind eight digits is cut off: rounded here, it would be rounded twice.
  const minutesE8 = scaledDecimal(text.substr(minutesAt, 11), 8);
  // A sign is a digit too many for the one, and makes the other negative.
  if (!(degrees >= 0 && degrees <= 180 && minutesE8 >= 0 && minutesE8 < 6000000000)) return NaN;
  // 60 minutes of 1e8 parts, 1e5 parts of a degree.
  const angleE5 = degrees * 100000 + Math.floor((minutesE8 + 30000) / 60000);
  return angleE5 === 0 ? 0 : sign * angleE5;
}
