import type { Block } from '../decode/block.ts';
import { timeless } from '../decode/json-lines.ts';
import type { Reading } from '../decode/reading.ts';
import type { JournalRecord } from '../decode/record.ts';
import { isoOf, type UtcResolver } from '../time/utc.ts';

/** A record and its time: UTC as ISO 8601, null where the log has no clock to tell it from. */
export interface Moment {
  readonly seq: number;
  readonly powerOn: number;
  /** Seconds since that power-on. */
  readonly monoS: number;
  readonly utc: string | null;
  /** It is true within so many seconds; null without a time. */
  readonly utcErrorS: number | null;
}

type Timed = Reading | JournalRecord;

/** The first and last record that has a time, of `blocks` in their order; undefined where none has. */
export function firstAndLast(
  blocks: readonly Block[],
  utc: UtcResolver,
): { readonly first: Moment; readonly last: Moment } | undefined {
  const first = blocks.find((block) => endsOf(block));
  const last = blocks.findLast((block) => endsOf(block));
  const from = first && endsOf(first)?.first;
  const to = last && endsOf(last)?.last;
  return from && to && { first: momentOf(from, utc), last: momentOf(to, utc) };
}

function endsOf({ readings, records }: Block): { first: Timed; last: Timed } | undefined {
  const isTimed = ({ kind }: JournalRecord): boolean => !timeless.has(kind);
  const ends = [readings.at(0), readings.at(-1), records.find(isTimed), records.findLast(isTimed)]
    .filter((item) => item !== undefined)
    .sort((a, b) => a.seq - b.seq);
  return ends.length > 0 ? { first: ends[0], last: ends[ends.length - 1] } : undefined;
}

function momentOf({ seq, powerOn, monoS }: Timed, utc: UtcResolver): Moment {
  const time = utc({ powerOn, monoS });
  const iso = isoOf(time);
  return { seq, powerOn, monoS, utc: iso, utcErrorS: iso && time ? time.uncertaintyS : null };
}
