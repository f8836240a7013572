import { CODE_BIAS, MISSING } from '../../../firmware/journal/format.ts';
import { stepOf } from '../../../firmware/journal/scale.ts';
import {
  ackAt,
  FIX_AFTER_S,
  hasAck,
  hasFix,
  hasSession,
  latE5At,
  lonE5At,
  outcomeAt,
  rowAt,
  SAMPLING,
  SATELLITES,
  SESSION_AFTER_S,
  utcAt,
} from '../device/life.ts';

/** The appends of the device program, in the order in which it makes them. */
const APPENDS = ['reading', 'fix', 'ack', 'session'] as const;
type Append = (typeof APPENDS)[number];

/** A place in the program's life: the number of the reading times 4, and which append behind it. */
export type Place = number;

/** The place of an append that the program's line tells; undefined for a line about anything else. */
export function placeOf(line: string): Place | undefined {
  const [what = '', reading] = line.split(' ');
  const append = (APPENDS as readonly string[]).indexOf(what);
  return append < 0 ? undefined : Number(reading) * APPENDS.length + append;
}

/** What must stand in flash for an append: its words as read-back.ts has them, and its seconds since power-on. */
export interface Expected {
  readonly content: string;
  readonly monoS: number;
}

/** Undefined when the program makes no such append. */
export function expectedAt(place: Place): Expected | undefined {
  const reading = Math.floor(place / APPENDS.length);
  const append = APPENDS[place % APPENDS.length] as Append;
  const atS = reading * SAMPLING.intervalS;
  switch (append) {
    case 'reading':
      return { content: readingWords(reading), monoS: atS };
    case 'fix': {
      if (!hasFix(reading)) return undefined;
      const where = `${latE5At(reading)} ${lonE5At(reading)}`;
      return { content: `FIX ${where} ${SATELLITES} ${utcAt(reading)}`, monoS: atS + FIX_AFTER_S };
    }
    case 'ack':
      return hasAck(reading) ? { content: `ACK ${ackAt(reading)}`, monoS: atS } : undefined;
    case 'session':
      if (!hasSession(reading)) return undefined;
      return { content: `SESSION ${outcomeAt(reading)}`, monoS: atS + SESSION_AFTER_S };
  }
}

/** The place of what was found in flash, by its kind and time; undefined for what only the journal itself writes. */
export function placeFound(content: string, monoS: number): Place | undefined {
  const kind = content.split(' ')[0]?.toLowerCase() ?? '';
  return placeOf(`${kind} ${Math.floor(monoS / SAMPLING.intervalS)}`);
}

function readingWords(reading: number): string {
  const words = rowAt(reading).map((code, i) => {
    if (code >= MISSING) return 'not-ready';
    return String(((code - CODE_BIAS) * stepOf(SAMPLING, SAMPLING.channels[i] as number)) / 1000);
  });
  return `reading ${words.join(' ')}`;
}
