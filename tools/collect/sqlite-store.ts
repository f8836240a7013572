import sqlite, { type Database } from 'node-sqlite3-wasm';
import { causeOf } from '../broker/cause.ts';
import type { Reading } from '../decode/reading.ts';
import { type JournalRecord, keptReadings } from '../decode/record.ts';
import { ColdrailError } from '../errors/error.ts';
import { anchorsOf } from '../time/anchor.ts';
import { DeviceClock } from '../time/utc.ts';
import { claimDatabase } from './database-owner.ts';
import { seqsToRedate } from './redate.ts';
import {
  anchorFromRow,
  readingColumns,
  readingColumnsOf,
  readingFromRow,
  recordColumns,
  recordColumnsOf,
  recordFromRow,
  type SqlValue,
  type StoredAnchor,
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
      for (const { powerOn, seq, monoS, utcS, boundS, source } of newAnchors) {
        this.#sql.run(insertAnchor, [device, powerOn, seq, monoS, utcS, boundS, source, 1]);
      }
      const anchors = this.#anchors(device, [...rows.map(({ reading }) => reading), ...newAnchors]);
      const clock = new DeviceClock(anchors);
      if (newAnchors.length > 0) {
        const added = new Set(newAnchors.map(({ seq }) => seq));
        this.#redate(device, anchors, clock, (anchor) => added.has(anchor.seq));
      }
      for (const { reading, columns } of rows) {
        const time = clock.utc(reading);
        this.#sql.run(insertReading, [device, ...columns, time?.utcMs ?? null, time?.uncertaintyS ?? null]);
      }
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

  /** All anchors that date the power-ons of `incoming`: those from the one before to the one behind that have any. */
  #anchors(device: string, incoming: readonly { powerOn: number }[]): StoredAnchor[] {
    if (incoming.length === 0) return [];
    const powerOns = incoming.map(({ powerOn }) => powerOn);
    const first = powerOns.reduce((a, b) => Math.min(a, b));
    const last = powerOns.reduce((a, b) => Math.max(a, b));
    const before = this.#sql.all(selectPowerOnBefore, [device, first])[0]?.nearest as number | null;
    const behind = this.#sql.all(selectPowerOnBehind, [device, last])[0]?.nearest as number | null;
    return this.#sql.all(selectAnchors, [device, before ?? first, behind ?? last]).map(anchorFromRow);
  }

  /** Give the readings around new anchors their time, and note which anchors are contradicted now. */
  #redate(
    device: string,
    anchors: readonly StoredAnchor[],
    clock: DeviceClock,
    isNew: (anchor: StoredAnchor) => boolean,
  ): void {
    const clockBefore = new DeviceClock(anchors.filter((anchor) => !isNew(anchor)));
    for (const powerOn of new Set(anchors.filter(isNew).map((anchor) => anchor.powerOn))) {
      const seqs = seqsToRedate(clockBefore, clock, powerOn);
      if (seqs) this.#redateBetween(device, seqs, clock);
    }
    const contradicted = new Set(clock.contradicted.map(({ seq }) => seq));
    for (const { powerOn, seq, believed } of anchors) {
      const isBelieved = !contradicted.has(seq);
      if (isBelieved !== believed) this.#sql.run(updateAnchor, [isBelieved ? 1 : 0, device, powerOn, seq]);
    }
  }

  #redateBetween(device: string, seqs: [first: number, last: number], clock: DeviceClock): void {
    for (const row of this.#sql.all(selectTimes, [device, ...seqs])) {
      const { seq, power_on: powerOn, mono_s: monoS, utc_ms, utc_error_s } = row as Record<string, number>;
      const time = clock.utc({ powerOn, monoS });
      const [utcMs, utcErrorS] = [time?.utcMs ?? null, time?.uncertaintyS ?? null];
      if (utc_ms === utcMs && utc_error_s === utcErrorS) continue;
      this.#sql.run(updateTime, [utcMs, utcErrorS, device, seq]);
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
  (device, seq, power_on, mono_s, supply_c, supply_rh, return_c, others, reasons, utc_ms, utc_error_s)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const updateTime = 'UPDATE readings SET utc_ms = ?, utc_error_s = ? WHERE device = ? AND seq = ?';
const insertRecord =
  'INSERT INTO records (device, seq, kind, power_on, mono_s, body) VALUES (?, ?, ?, ?, ?, ?)';
// A KEPT that is written once more after a power cut holds the same readings as the first.
const insertAnchor = `INSERT OR IGNORE INTO anchors
  (device, power_on, seq, mono_s, utc_s, bound_s, source, believed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const updateAnchor = 'UPDATE anchors SET believed = ? WHERE device = ? AND power_on = ? AND seq = ?';
const selectReadings = 'SELECT * FROM readings WHERE device = ? AND seq BETWEEN ? AND ?';
const selectTimes = `SELECT seq, power_on, mono_s, utc_ms, utc_error_s FROM readings
  WHERE device = ? AND seq BETWEEN ? AND ?`;
const selectRecords = 'SELECT * FROM records WHERE device = ? AND seq BETWEEN ? AND ?';
const selectAnchors = `SELECT * FROM anchors WHERE device = ? AND power_on BETWEEN ? AND ?
  ORDER BY power_on, seq`;
const selectPowerOnBefore = 'SELECT max(power_on) AS nearest FROM anchors WHERE device = ? AND power_on < ?';
const selectPowerOnBehind = 'SELECT min(power_on) AS nearest FROM anchors WHERE device = ? AND power_on > ?';
const selectLost = `SELECT max(body ->> 'lastSeq') AS last FROM records
  WHERE kind = 'LOST' AND device = ? AND body ->> 'firstSeq' <= ? AND body ->> 'lastSeq' >= ?`;
const selectHeld = `SELECT seq FROM readings WHERE device = ? AND seq >= ?
  UNION ALL SELECT seq FROM records WHERE device = ? AND seq >= ? ORDER BY seq LIMIT ?`;
