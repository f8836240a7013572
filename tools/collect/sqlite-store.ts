import sqlite, { type Database } from 'node-sqlite3-wasm';
import { causeOf } from '../broker/cause.ts';
import type { Reading } from '../decode/reading.ts';
import { type JournalRecord, keptReadings } from '../decode/record.ts';
import { type Anchor, anchorsOf, resolveUtc, type UtcResolver } from '../decode/utc.ts';
import { ColdrailError } from '../errors/error.ts';
import { claimDatabase } from './database-owner.ts';
import {
  anchorFromRow,
  readingColumns,
  readingColumnsOf,
  readingFromRow,
  recordColumns,
  recordColumnsOf,
  recordFromRow,
  type SqlValue,
} from './rows.ts';
import { fingerprint, runsOf, Sorter } from './sorter.ts';
import { prepareSchema } from './sqlite-schema.ts';
import { Statements } from './statements.ts';
import type { InsertResult, Store, StoredReading } from './store.ts';

/** Seqs looked at in one step when the cumulative ack moves on. */
const WALK = 512;

/**
 * Open or make a database file, or ':memory:'. With `durable` (the default) a batch is on the disk when `insertBatch`
 * resolves; without, only a kill of the process is survived, not one of the machine.
 * Throws `collect.database-in-use`, `collect.database-locked` or `collect.database-unusable`.
 */
export async function openSqliteStore(path: string, { durable = true } = {}): Promise<Store> {
  const release = path === ':memory:' ? () => {} : claimDatabase(path);
  let database: Database | undefined;
  try {
    database = new sqlite.Database(path);
    // Not WAL: this SQLite build has no shared memory, so another program's sqlite3 would take the WAL for its own.
    database.exec(`PRAGMA journal_mode = PERSIST; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}`);
    prepareSchema(database);
  } catch (error) {
    database?.close();
    release();
    throw new ColdrailError('collect.database-unusable', { path, detail: causeOf(error) });
  }
  return new SqliteStore(database, release);
}

class SqliteStore implements Store {
  readonly #database: Database;
  readonly #release: () => void;
  readonly #sql: Statements;

  constructor(database: Database, release: () => void) {
    this.#database = database;
    this.#sql = new Statements(database);
    this.#release = release;
  }

  async insertBatch(
    device: string,
    { readings, records }: { readings: readonly Reading[]; records: readonly JournalRecord[] },
  ): Promise<InsertResult> {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const sorter = new Sorter(
        this.#fingerprints(device, [...readings, ...records, ...keptReadings(records)]),
      );
      const newRecords = records.filter((record) => sorter.isNew(record.seq, recordColumns(record)));
      const rows = [
        ...rowsOf(readings).filter(({ reading, columns }) => sorter.isNew(reading.seq, columns)),
        ...rowsOf(keptReadings(newRecords)).filter(({ reading, columns }) =>
          sorter.isFirst(reading.seq, columns),
        ),
      ];
      for (const record of newRecords) this.#sql.run(insertRecord, [device, ...recordColumns(record)]);
      const newAnchors = anchorsOf(newRecords);
      for (const { powerOn, seq, monoS, utcS } of newAnchors) {
        this.#sql.run(insertAnchor, [device, powerOn, seq, monoS, utcS]);
      }
      const anchors = this.#anchors(device, [...rows.map(({ reading }) => reading), ...newAnchors]);
      this.#redate(device, anchors, newAnchors);
      const utc = resolveUtc(anchors);
      for (const { reading, columns } of rows)
        this.#sql.run(insertReading, [device, ...columns, utc(reading)]);
      this.#advance(device);
      this.#database.exec('COMMIT');
      return sorter.result;
    } catch (error) {
      this.#sql.finalize();
      if (this.#database.isOpen && this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw new ColdrailError('collect.store-failed', { device, detail: causeOf(error) });
    }
  }

  async nextWanted(device: string): Promise<number> {
    return this.#below(device);
  }

  async countReadings(device: string): Promise<number> {
    return this.#sql.all('SELECT count(*) AS n FROM readings WHERE device = ?', [device])[0]?.n as number;
  }

  async readings(device: string): Promise<StoredReading[]> {
    return this.#sql
      .all('SELECT * FROM readings WHERE device = ? ORDER BY seq', [device])
      .map(readingFromRow);
  }

  async records(device: string): Promise<JournalRecord[]> {
    return this.#sql.all('SELECT * FROM records WHERE device = ? ORDER BY seq', [device]).map(recordFromRow);
  }

  async devices(): Promise<string[]> {
    return this.#sql.all('SELECT device FROM held ORDER BY device', []).map((row) => row.device as string);
  }

  async close(): Promise<void> {
    if (!this.#database.isOpen) return;
    this.#sql.finalize();
    // With the mode goes the journal file that PERSIST leaves beside the database.
    this.#database.exec('PRAGMA journal_mode = DELETE');
    this.#database.close();
    this.#release();
  }

  /** What is stored under the seqs of `incoming`. */
  #fingerprints(device: string, incoming: readonly { seq: number }[]): Map<number, string> {
    const stored = new Map<number, string>();
    const seqs = incoming.map(({ seq }) => seq).sort((a, b) => a - b);
    for (const run of runsOf(seqs)) {
      for (const row of this.#sql.all(selectReadings, [device, ...run])) {
        stored.set(row.seq as number, fingerprint(readingColumnsOf(row)));
      }
      for (const row of this.#sql.all(selectRecords, [device, ...run])) {
        stored.set(row.seq as number, fingerprint(recordColumnsOf(row)));
      }
    }
    return stored;
  }

  /** All anchors of the power-ons of `incoming`, each power-on's by seq. */
  #anchors(device: string, incoming: readonly { powerOn: number }[]): Anchor[] {
    const powerOns = new Set(incoming.map(({ powerOn }) => powerOn));
    return [...powerOns].flatMap((powerOn) =>
      this.#sql.all(selectAnchors, [device, powerOn]).map(anchorFromRow),
    );
  }

  /** Give the readings around new anchors their time. Those beyond the next older anchors have a nearer one. */
  #redate(device: string, anchors: readonly Anchor[], newAnchors: readonly Anchor[]): void {
    const added = new Set(newAnchors.map(({ seq }) => seq));
    for (const powerOn of new Set(newAnchors.map((anchor) => anchor.powerOn))) {
      const here = anchors.filter((anchor) => anchor.powerOn === powerOn);
      const from = here[here.findIndex(({ seq }) => added.has(seq)) - 1]?.seq ?? 0;
      const to = here[here.findLastIndex(({ seq }) => added.has(seq)) + 1]?.seq ?? Number.MAX_SAFE_INTEGER;
      this.#redateBetween(device, powerOn, from, to, resolveUtc(here));
    }
  }

  #redateBetween(device: string, powerOn: number, from: number, to: number, utc: UtcResolver): void {
    for (const row of this.#sql.all(selectReadings, [device, from, to])) {
      const reading = readingFromRow(row);
      const utcMs = utc(reading);
      if (reading.powerOn !== powerOn || reading.utcMs === utcMs) continue;
      this.#sql.run('UPDATE readings SET utc_ms = ? WHERE device = ? AND seq = ?', [
        utcMs,
        device,
        reading.seq,
      ]);
    }
  }

  /** Move the cumulative ack over everything that is held or told to be lost. */
  #advance(device: string): void {
    const start = this.#below(device);
    let below = start;
    for (let before = -1; before !== below; ) {
      before = below;
      const lost = this.#sql.all(selectLost, [device, below, below])[0]?.last as number | null | undefined;
      if (typeof lost === 'number') below = lost + 1;
      for (const row of this.#sql.all(selectHeld, [device, below, device, below, WALK])) {
        if (row.seq !== below) break;
        below++;
      }
    }
    this.#sql.run('INSERT INTO held VALUES (?, ?) ON CONFLICT DO UPDATE SET below = excluded.below', [
      device,
      below,
    ]);
  }

  #below(device: string): number {
    return (this.#sql.all('SELECT below FROM held WHERE device = ?', [device])[0]?.below as number) ?? 0;
  }
}

function rowsOf(readings: readonly Reading[]): { reading: Reading; columns: SqlValue[] }[] {
  return readings.map((reading) => ({ reading, columns: readingColumns(reading) }));
}

const insertReading = `INSERT INTO readings
  (device, seq, power_on, mono_s, supply_c, supply_rh, return_c, others, reasons, utc_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const insertRecord =
  'INSERT INTO records (device, seq, kind, power_on, mono_s, body) VALUES (?, ?, ?, ?, ?, ?)';
// A KEPT that is written once more after a power cut holds the same readings as the first.
const insertAnchor =
  'INSERT OR IGNORE INTO anchors (device, power_on, seq, mono_s, utc_s) VALUES (?, ?, ?, ?, ?)';
const selectReadings = 'SELECT * FROM readings WHERE device = ? AND seq BETWEEN ? AND ?';
const selectRecords = 'SELECT * FROM records WHERE device = ? AND seq BETWEEN ? AND ?';
const selectAnchors = 'SELECT * FROM anchors WHERE device = ? AND power_on = ? ORDER BY seq';
const selectLost = `SELECT max(body ->> 'lastSeq') AS last FROM records
  WHERE kind = 'LOST' AND device = ? AND body ->> 'firstSeq' <= ? AND body ->> 'lastSeq' >= ?`;
const selectHeld = `SELECT seq FROM readings WHERE device = ? AND seq >= ?
  UNION ALL SELECT seq FROM records WHERE device = ? AND seq >= ? ORDER BY seq LIMIT ?`;
