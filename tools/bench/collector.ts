import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { openSqliteStore } from '../collect/sqlite-store.ts';
import type { Reading } from '../decode/reading.ts';

const BATCHES = 200;
const BATCH_SIZE = 200;

export interface CollectorSpeed {
  /** Readings a second through the store, a commit on disk for each batch, as the collector does it. */
  readonly store: number;
  /** The same rows into the same columns by the database's fastest way: one prepared insert, one transaction. */
  readonly bulk: number;
}

function reading(seq: number): Reading {
  return {
    seq,
    powerOn: 1,
    monoS: seq * 600,
    supplyC: (seq % 60) / 10,
    supplyRh: 80 + (seq % 10),
    returnC: (seq % 70) / 10,
    reasons: {},
  };
}

async function rate(work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return (BATCHES * BATCH_SIZE) / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** Both ways side by side in one run, on the same disk. */
export async function collectorSpeed(): Promise<CollectorSpeed> {
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-bench-'));
  try {
    const bulkFile = new sqlite.Database(join(folder, 'bulk.sqlite'));
    bulkFile.exec(
      'CREATE TABLE readings (device TEXT, seq INTEGER, power_on INTEGER, mono_s INTEGER, utc_ms INTEGER, supply_c REAL, supply_rh REAL, return_c REAL, PRIMARY KEY (device, seq)) WITHOUT ROWID',
    );
    const bulk = await rate(async () => {
      const insert = bulkFile.prepare('INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
      bulkFile.exec('BEGIN');
      for (let seq = 0; seq < BATCHES * BATCH_SIZE; seq++) {
        const { powerOn, monoS, supplyC, supplyRh, returnC } = reading(seq);
        insert.run(['bench', seq, powerOn, monoS, null, supplyC ?? null, supplyRh ?? null, returnC ?? null]);
      }
      bulkFile.exec('COMMIT');
      insert.finalize();
    });
    bulkFile.close();
    const collected = await openSqliteStore(join(folder, 'store.sqlite'));
    const store = await rate(async () => {
      for (let batch = 0; batch < BATCHES; batch++) {
        const readings = Array.from({ length: BATCH_SIZE }, (_, i) => reading(batch * BATCH_SIZE + i));
        await collected.insertBatch('bench', { readings, records: [] });
      }
    });
    await collected.close();
    return { store, bulk };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
