import type { Fix } from '../../../hal/gnss.ts';
import { degreesE5 } from '../../../hal/nmea/degrees.ts';
import { NmeaFixes, type NmeaProblem } from '../../../hal/nmea/fixes.ts';

/** Something that was not taken: the sentence, or the GGA of a position. */
export interface Refusal {
  readonly problem: NmeaProblem;
  readonly text: string;
  /** Of a refused position, if it had one: 1e-5 degrees. */
  readonly latE5?: number;
  readonly lonE5?: number;
}

export type Outcome = Fix | Refusal;

export interface NmeaReplay {
  readonly outcomes: readonly Outcome[];
  /** Whole sentences of the four kinds that matter. */
  readonly heard: number;
}

/** Every position in a GGA sentence is between the fields 2 and 5; a refused sentence begins with "$". */
function refusalOf(problem: NmeaProblem, text: string): Refusal {
  const [, , lat = '', ns = '', lon = '', ew = ''] = text.split(',');
  const latE5 = degreesE5(lat, ns);
  const lonE5 = degreesE5(lon, ew);
  return text.startsWith('$') || Number.isNaN(latE5 + lonE5)
    ? { problem, text }
    : { problem, text, latE5, lonE5 };
}

/** What the tracker's own code makes of bytes that come in chunks of so many; in the order in which it was decided. */
export function replayNmea(bytes: Buffer, chunkBytes: number, notBeforeS: number): NmeaReplay {
  const outcomes: Outcome[] = [];
  const fixes = new NmeaFixes(
    notBeforeS,
    (fix) => outcomes.push(fix),
    (problem, text) => outcomes.push(refusalOf(problem, text)),
  );
  for (let from = 0; from < bytes.length; from += chunkBytes)
    fixes.push(bytes.toString('latin1', from, from + chunkBytes));
  // A log may end without the last line's end.
  fixes.push('\n');
  return { outcomes, heard: fixes.heard };
}
