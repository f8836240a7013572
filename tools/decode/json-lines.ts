import type { Reading } from './reading.ts';
import { type JournalRecord, keptReadings } from './record.ts';
import type { UtcResolver } from './utc.ts';

/** Kinds of records that carry no time of their own. */
export const timeless: ReadonlySet<string> = new Set(['ACK', 'LOST', 'KEPT', 'INTERVAL', 'RADIO', 'UNKNOWN']);

/**
 * A line of JSON for each record and reading, by seq. The readings that a KEPT holds have lines of their own, once, and the
 * KEPT names their numbers. `more` is put into each line.
 */
export function jsonLines(
  { readings, records }: { readings: readonly Reading[]; records: readonly JournalRecord[] },
  utc: UtcResolver,
  more: object = {},
): string[] {
  const seqs = new Set(readings.map(({ seq }) => seq));
  const kept = keptReadings(records).filter(({ seq }) => !seqs.has(seq) && seqs.add(seq));
  const asReadings = [...readings, ...kept].map((reading) => ({ kind: 'READING' as const, ...reading }));
  return [...asReadings, ...records.map(withoutValues)]
    .sort((a, b) => a.seq - b.seq)
    .map((record) => {
      const ms = timeless.has(record.kind) ? null : utc(record);
      return JSON.stringify({ ...more, ...record, utc: ms === null ? null : toIso(ms) });
    });
}

function withoutValues(record: JournalRecord) {
  if (record.kind !== 'KEPT') return record;
  return { ...record, readings: record.readings.map(({ seq }) => seq) };
}

/** Null for a time beyond what a date can hold, as a clock that is wrong may tell. */
function toIso(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
