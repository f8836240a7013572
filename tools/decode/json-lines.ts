import { anchorsOf } from '../time/anchor.ts';
import { type FixAge, fixAges } from '../time/fix-age.ts';
import { DeviceClock, isoOf } from '../time/utc.ts';
import type { Reading } from './reading.ts';
import { type JournalRecord, keptReadings } from './record.ts';

/** Kinds of records that carry no time of their own. */
export const timeless: ReadonlySet<string> = new Set([
  'ACK',
  'LOST',
  'KEPT',
  'INTERVAL',
  'RADIO',
  'JUDGED',
  'CALIBRATED',
  'UNKNOWN',
]);

/** What the rest of a log says about when and where a record was written. */
export interface Surroundings {
  readonly clock: DeviceClock;
  readonly fixAge: FixAge;
}

/** What is known about the log that has these records, and no others. */
export function surroundingsOf(records: readonly JournalRecord[]): Surroundings {
  return { clock: new DeviceClock(anchorsOf(records)), fixAge: fixAges(records) };
}

/**
 * A line of JSON for each record and reading, by seq. The readings that a KEPT holds have lines of their own, once, and the
 * KEPT names their numbers. Each line has its time and the bound of its error in seconds; a reading has the age of the last
 * position, and an anchor that better ones contradict says so. `more` is put into each line.
 */
export function jsonLines(
  { readings, records }: { readings: readonly Reading[]; records: readonly JournalRecord[] },
  { clock, fixAge }: Surroundings,
  more: object = {},
): string[] {
  const seqs = new Set(readings.map(({ seq }) => seq));
  const kept = keptReadings(records).filter(({ seq }) => !seqs.has(seq) && seqs.add(seq));
  const asReadings = [...readings, ...kept].map((reading) => ({
    kind: 'READING' as const,
    ...reading,
    fixAgeS: fixAge(reading),
  }));
  const contradicted = new Set(clock.contradicted.map(({ seq }) => seq));
  return [...asReadings, ...records.map(withoutValues)]
    .sort((a, b) => a.seq - b.seq)
    .map((record) => {
      const time = timeless.has(record.kind) ? null : clock.utc(record);
      const utc = isoOf(time);
      const doubt = contradicted.has(record.seq) && record.kind !== 'READING' ? { contradicted: true } : {};
      return JSON.stringify({
        ...more,
        ...record,
        ...doubt,
        utc,
        utcErrorS: utc && time ? time.uncertaintyS : null,
      });
    });
}

function withoutValues(record: JournalRecord) {
  if (record.kind !== 'KEPT') return record;
  return { ...record, readings: record.readings.map(({ seq }) => seq) };
}
