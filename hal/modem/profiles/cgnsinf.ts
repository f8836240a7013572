import { scaledDecimal } from '../../decimal.ts';
import type { Fix, GnssFailure } from '../../gnss.ts';
import { believe } from '../../nmea/fix-rule.ts';
import { EARLIEST_UTC_S } from '../../utc.ts';

/** Fields of +CGNSINF, from 0, in both lengths that there are (GNSS Application Notes). */
const FIX_STATUS = 1;
const UTC = 2;
const LATITUDE = 3;
const LONGITUDE = 4;
const HDOP = 10;
/** Satellites used stands at 14 of 18 fields, and at 15 of 21. */
const SATELLITES_OF_18 = 14;
const SATELLITES_OF_21 = 15;

/** The fix in a +CGNSINF line of so many fields: null while there is none. */
export function fixInCgnsinf(line: string, fieldCount: number): Fix | GnssFailure | null {
  const fields = line.substr('+CGNSINF: '.length).split(',');
  // While searching, the status may be empty and the position left over from somewhere else.
  if (fields.length < fieldCount - 2 || fields[FIX_STATUS] !== '1') return null;
  return believe(
    scaledDecimal(fields[LATITUDE], 5),
    scaledDecimal(fields[LONGITUDE], 5),
    // yyyyMMddhhmmss.sss; a date like 1980 comes with a usable position.
    fields[UTC].substr(2),
    fields[HDOP],
    fields[fieldCount === 21 ? SATELLITES_OF_21 : SATELLITES_OF_18],
    EARLIEST_UTC_S,
  );
}
