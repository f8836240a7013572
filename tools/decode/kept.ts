import type { Plain } from './cbor-item.ts';
import { type Codes, type Reading, readingOf } from './reading.ts';
import type { Kept } from './record.ts';
import { type RecordContext, unpackItem } from './row-state.ts';
import { areOfTypes } from './types.ts';

/** Seq, power-on count, seconds since it, clock, position: what stands before the first reading. */
const HEAD = 'uuinnn';

/** The time from one reading to the next is told less this. */
const SPACING_S = 3600;

const MOST_READINGS = 16;

/**
 * The KEPT of number `ownSeq` whose items behind the kind these are; undefined when they are none. Its readings stand for
 * themselves: they are neither held against those of the block nor a base for them, and the same goes for clock and position.
 */
export function parseKept(items: readonly Plain[], ownSeq: number, page: RecordContext): Kept | undefined {
  const head = items.slice(0, HEAD.length);
  if (!areOfTypes(head, HEAD)) return undefined;
  const [firstSeq, powerOn, firstS, clockS, latE5, lonE5] = head as number[];
  const readings: Reading[] = [];
  const rest = [0, -SPACING_S, ...items.slice(HEAD.length)];
  if (rest.length % 3 !== 0 || rest.length > 3 * MOST_READINGS) return undefined;
  let seq = firstSeq;
  let monoS = firstS;
  let codes: Codes | undefined;
  for (let i = 0; i < rest.length; i += 3) {
    const [seqs, later, item] = rest.slice(i, i + 3);
    if (typeof seqs !== 'number' || typeof later !== 'number' || (i > 0 && seqs < 1)) return undefined;
    seq += seqs;
    monoS += later + SPACING_S;
    codes = unpackItem(item, codes, page);
    // What is kept was written before; a number from here on is that of a record still to come.
    if (!codes || seq >= ownSeq) return undefined;
    readings.push(readingOf({ seq, powerOn, monoS }, codes, page));
  }
  const degrees = (e5: number | null): number | null => (e5 === null ? null : e5 / 1e5);
  const utcS = clockS === null ? null : clockS + firstS;
  return { utcS, latDeg: degrees(latE5), lonDeg: degrees(lonE5), readings };
}
