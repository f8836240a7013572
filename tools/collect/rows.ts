import type { Reading } from '../decode/reading.ts';
import type { JournalRecord } from '../decode/record.ts';
import type { Anchor } from '../time/anchor.ts';
import type { StoredReading } from './store.ts';

/** Rows as SQLite gives and takes them: columns without device, in the order of the tables. */
export type SqlValue = number | string | null;
export type SqlRow = Record<string, unknown>;

export function readingColumns(reading: Reading): SqlValue[] {
  const { seq, powerOn, monoS, supplyC = null, supplyRh = null, returnC = null } = reading;
  return [seq, powerOn, monoS, supplyC, supplyRh, returnC, othersOf(reading), jsonOrNull(reading.reasons)];
}

const withColumns = new Set(['seq', 'powerOn', 'monoS', 'supplyC', 'supplyRh', 'returnC', 'reasons']);

/** The channels that have no column of their own. */
function othersOf(reading: Reading): string | null {
  const names = Object.keys(reading).filter((name) => !withColumns.has(name)) as (keyof Reading)[];
  return names.length > 0
    ? JSON.stringify(Object.fromEntries(names.map((name) => [name, reading[name]])))
    : null;
}

function jsonOrNull(fields: object): string | null {
  return Object.keys(fields).length > 0 ? JSON.stringify(fields) : null;
}

/** What `readingColumns` gave for the reading that a row holds. */
export function readingColumnsOf(row: SqlRow): SqlValue[] {
  const { seq, power_on, mono_s, supply_c, supply_rh, return_c, others, reasons } = row as Record<
    string,
    SqlValue
  >;
  return [seq, power_on, mono_s, supply_c, supply_rh, return_c, others, reasons];
}

export function readingFromRow(row: SqlRow): StoredReading {
  return {
    seq: row.seq as number,
    powerOn: row.power_on as number,
    monoS: row.mono_s as number,
    utcMs: row.utc_ms as number | null,
    utcErrorS: row.utc_error_s as number | null,
    supplyC: row.supply_c as number | null,
    supplyRh: row.supply_rh as number | null,
    returnC: row.return_c as number | null,
    ...JSON.parse((row.others as string | null) ?? '{}'),
    reasons: JSON.parse((row.reasons as string | null) ?? '{}'),
  };
}

export function recordColumns(record: JournalRecord): SqlValue[] {
  const { seq, kind, powerOn, monoS, ...body } = record;
  return [seq, kind, powerOn, monoS, JSON.stringify(body)];
}

/** What `recordColumns` gave for the record that a row holds. */
export function recordColumnsOf(row: SqlRow): SqlValue[] {
  const { seq, kind, power_on, mono_s, body } = row as Record<string, SqlValue>;
  return [seq, kind, power_on, mono_s, body];
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

/** `believed` is false where a better anchor contradicts it. */
export type StoredAnchor = Anchor & { readonly believed: boolean };

export function anchorFromRow(row: SqlRow): StoredAnchor {
  return {
    powerOn: row.power_on as number,
    seq: row.seq as number,
    monoS: row.mono_s as number,
    utcS: row.utc_s as number,
    boundS: row.bound_s as number,
    source: row.source as number,
    believed: row.believed === 1,
  };
}
