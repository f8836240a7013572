import type { Reading } from '../decode/reading.ts';
import type { JournalRecord } from '../decode/record.ts';
import type { StoredReading } from './store.ts';

/** Rows as SQLite gives and takes them: columns without device, in the order of the tables. */
export type SqlValue = number | string | null;
export type SqlRow = Record<string, unknown>;

export function readingColumns(reading: Reading): SqlValue[] {
  const reasons = Object.keys(reading.reasons).length > 0 ? JSON.stringify(reading.reasons) : null;
  const { seq, powerOn, monoS, supplyC, supplyRh, returnC } = reading;
  return [seq, powerOn, monoS, supplyC, supplyRh, returnC, reasons];
}

export function readingFromRow(row: SqlRow): StoredReading {
  return {
    seq: row.seq as number,
    powerOn: row.power_on as number,
    monoS: row.mono_s as number,
    utcMs: row.utc_ms as number | null,
    supplyC: row.supply_c as number | null,
    supplyRh: row.supply_rh as number | null,
    returnC: row.return_c as number | null,
    reasons: row.reasons === null ? {} : JSON.parse(row.reasons as string),
  };
}

export function recordColumns(record: JournalRecord): SqlValue[] {
  const { seq, kind, powerOn, monoS, ...body } = record;
  return [seq, kind, powerOn, monoS, JSON.stringify(body)];
}

export function recordFromRow(row: SqlRow): JournalRecord {
  return {
    seq: row.seq,
    kind: row.kind,
    powerOn: row.power_on,
    monoS: row.mono_s,
    ...JSON.parse(row.body as string),
  } as JournalRecord;
}
