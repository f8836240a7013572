import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reading } from '../decode/reading.ts';
import type { JournalRecord } from '../decode/record.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-store-'));
  store = await openSqliteStore(':memory:');
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function reading(seq: number, change: Partial<Reading> = {}): Reading {
  const base = { seq, powerOn: 1, monoS: seq * 300, supplyC: 4.1, supplyRh: 60.5, returnC: 5.2, reasons: {} };
  return { ...base, ...change };
}

function readings(from: number, to: number, change: Partial<Reading> = {}): Reading[] {
  return Array.from({ length: to - from + 1 }, (_, i) => reading(from + i, change));
}

function anchor(seq: number, monoS: number, utcS: number, powerOn = 1): JournalRecord {
  return { seq, powerOn, monoS, kind: 'ANCHOR', utcS, source: 1, boundS: 1 };
}

function lost(seq: number, firstSeq: number, lastSeq: number): JournalRecord {
  return { seq, powerOn: 1, monoS: 0, kind: 'LOST', firstSeq, lastSeq };
}

/** Written in a later power-on than that of its readings. */
function kept(seq: number, held: Reading[], utcS: number | null = null): JournalRecord {
  return { seq, powerOn: 9, monoS: 0, kind: 'KEPT', utcS, latDeg: null, lonDeg: null, readings: held };
}

async function insert(rows: Reading[], records: JournalRecord[] = []) {
  return store.insertBatch('D1', { readings: rows, records });
}

test('gives back what it took', async () => {
  const rows = [reading(0), reading(2, { supplyC: null, reasons: { supplyC: 'not-answering' } })];
  const others: JournalRecord[] = [
    { seq: 1, powerOn: 1, monoS: 5, kind: 'FIX', latDeg: 52.03124, lonDeg: 13.4, satellites: 9, utcS: null },
    { seq: 3, powerOn: 1, monoS: 5, kind: 'UNKNOWN', code: 12, hex: '820c19abcd' },
  ];
  expect(await insert(rows, others)).toEqual({ inserted: 4, duplicates: 0, conflicts: [] });
  expect(await store.readings('D1')).toEqual(rows.map((row) => ({ ...row, utcMs: null, utcErrorS: null })));
  expect(await store.records('D1')).toEqual(others);
  expect(await store.countReadings('D1')).toBe(2);
  expect(await store.devices()).toEqual(['D1']);
});

test('channels beyond supply and return air are kept under their names, and those that are not there are null', async () => {
  const warm: Reading = {
    seq: 0,
    powerOn: 1,
    monoS: 0,
    cargo1C: 4.1,
    cargo4Rh: null,
    reasons: { cargo4Rh: 'x' },
  };
  const usual = reading(1, { ambientC: -12.5 });
  expect(await insert([warm, usual])).toMatchObject({ inserted: 2 });
  expect(await insert([warm, usual])).toMatchObject({ duplicates: 2 });
  expect(await insert([{ ...usual, ambientC: -12.4 }])).toMatchObject({ conflicts: [1] });
  const missing = { supplyC: null, supplyRh: null, returnC: null };
  expect(await store.readings('D1')).toEqual([
    { ...missing, ...warm, utcMs: null, utcErrorS: null },
    { ...usual, utcMs: null, utcErrorS: null },
  ]);
});

test('a record that comes again is counted and not stored twice', async () => {
  await insert(readings(0, 9), [anchor(10, 0, 1_790_000_000)]);
  expect(await insert(readings(5, 9), [anchor(10, 0, 1_790_000_000)])).toMatchObject({
    inserted: 0,
    duplicates: 6,
  });
  expect(await store.countReadings('D1')).toBe(10);
});

test('devices do not share numbers', async () => {
  await insert(readings(0, 3));
  const result = await store.insertBatch('D2', { readings: readings(0, 1, { supplyC: 9 }), records: [] });
  expect(result).toEqual({ inserted: 2, duplicates: 0, conflicts: [] });
  expect([await store.nextWanted('D1'), await store.nextWanted('D2'), await store.nextWanted('D3')]).toEqual([
    4, 2, 0,
  ]);
});

test('other content under a known number is a conflict, and the first stays', async () => {
  await insert([reading(0), reading(1)], [anchor(2, 0, 1_790_000_000)]);
  expect(await insert([reading(0, { supplyC: 9 }), reading(1), reading(2)], [])).toEqual({
    inserted: 0,
    duplicates: 1,
    conflicts: [0, 2],
  });
  expect((await store.readings('D1')).map(({ supplyC }) => supplyC)).toEqual([4.1, 4.1]);
});

test('a number that contradicts itself within one batch is a conflict', async () => {
  expect(await insert([reading(0), reading(0, { returnC: 1 })])).toMatchObject({
    inserted: 1,
    conflicts: [0],
  });
});

test('the cumulative ack stops at the first gap and jumps when it is filled', async () => {
  await insert(readings(0, 4));
  await insert(readings(7, 2000));
  expect(await store.nextWanted('D1')).toBe(5);
  await insert([reading(5)], [anchor(6, 0, 1_790_000_000)]);
  expect(await store.nextWanted('D1')).toBe(2001);
});

test('what the device tells to be lost is not wanted any more', async () => {
  await insert(readings(0, 4));
  await insert(readings(20, 25), [lost(26, 5, 12)]);
  expect(await store.nextWanted('D1')).toBe(13);
  await insert([], [lost(27, 10, 19)]);
  expect(await store.nextWanted('D1')).toBe(28);
});

test('readings that a KEPT holds are stored under their own numbers, each once', async () => {
  await insert([reading(3), reading(12, { powerOn: 2 })]);
  const first = kept(20, [reading(3, { supplyC: 9 }), reading(5), reading(8)]);
  expect(await insert([], [first])).toEqual({ inserted: 3, duplicates: 0, conflicts: [] });
  expect(await insert([], [first])).toEqual({ inserted: 0, duplicates: 1, conflicts: [] });
  expect(await insert([], [kept(21, [reading(5), reading(9)])])).toMatchObject({ inserted: 2 });
  expect(await insert([reading(8), reading(9)])).toEqual({ inserted: 0, duplicates: 2, conflicts: [] });
  const stored = await store.readings('D1');
  expect(stored.map(({ seq, supplyC }) => [seq, supplyC])).toEqual([3, 5, 8, 9, 12].map((seq) => [seq, 4.1]));
  expect((await store.records('D1'))[0]).toEqual(first);
});

test('a KEPT that contradicts what is stored under its number gives no readings', async () => {
  await insert([], [kept(20, [reading(5)])]);
  expect(await insert([], [kept(20, [reading(6)])])).toEqual({ inserted: 0, duplicates: 0, conflicts: [20] });
  expect(await store.countReadings('D1')).toBe(1);
});

test('a LOST over readings that a KEPT holds loses none of them, whichever comes first', async () => {
  const keeps = kept(20, [reading(3), reading(7)]);
  for (const [device, records] of [
    ['kept first', [keeps, lost(21, 2, 9)]],
    ['lost first', [lost(21, 2, 9), keeps]],
  ] as const) {
    await store.insertBatch(device, { readings: readings(0, 1), records: [] });
    for (const record of records) await store.insertBatch(device, { readings: [], records: [record] });
    expect((await store.readings(device)).map(({ seq }) => seq)).toEqual([0, 1, 3, 7]);
    expect(await store.nextWanted(device)).toBe(10);
    await store.insertBatch(device, { readings: readings(10, 19), records: [] });
    expect(await store.nextWanted(device)).toBe(22);
    await store.insertBatch(device, { readings: readings(22, 22), records: [] });
    expect(await store.countReadings(device)).toBe(15);
  }
});

test('the readings of a KEPT alone move the cumulative ack over themselves only', async () => {
  await insert([reading(0)], [kept(20, [reading(1), reading(2), reading(4)])]);
  expect(await store.nextWanted('D1')).toBe(3);
});

test('the cumulative ack is the lowest number not held, in whatever order batches come', async () => {
  const pieces = fc.uniqueArray(fc.nat(40), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.nat(100), async (seqs, name) => {
      const device = `P${name}-${seqs.join('.')}`;
      for (const seq of seqs) await store.insertBatch(device, { readings: [reading(seq)], records: [] });
      let wanted = 0;
      while (seqs.includes(wanted)) wanted++;
      expect(await store.nextWanted(device)).toBe(wanted);
    }),
    { numRuns: 40 },
  );
});

/** Seq, UTC in seconds and its bound, of each reading. */
async function times(device = 'D1') {
  return (await store.readings(device)).map(({ seq, utcMs, utcErrorS }) => [
    seq,
    utcMs === null ? null : utcMs / 1000,
    utcErrorS,
  ]);
}

test('readings get their time when an anchor comes, before or after them, and the next one corrects it', async () => {
  await insert(readings(0, 3));
  expect(await times()).toEqual([0, 1, 2, 3].map((seq) => [seq, null, null]));
  await insert([], [anchor(4, 900, 1_000_000)]);
  await insert([reading(5)], []);
  // 1 s of the anchor, 1 s of the row clock, and a twentieth of the distance.
  expect(await times()).toEqual([
    [0, 999_100, 47],
    [1, 999_400, 32],
    [2, 999_700, 17],
    [3, 1_000_000, 2],
    [5, 1_000_600, 32],
  ]);
  await insert(readings(7, 8), [anchor(6, 1800, 1_000_930)]);
  // The clock loses 30 s in 900: so it did before, and so it goes on. Beyond the anchors each second adds 3 %, and 2 s in
  // 900 for their bounds.
  expect(await times()).toEqual([
    [0, 999_070, 31],
    [1, 999_380, 22],
    [2, 999_690, 12],
    [3, 1_000_000, 2],
    [5, 1_000_620, 11],
    [7, 1_001_240, 12],
    [8, 1_001_550, 22],
  ]);
});

test('an anchor that comes late corrects what is around it alone, as if all had come in order', async () => {
  const anchors = Array.from({ length: 12 }, (_, i) =>
    anchor(100 * i + 50, 30_000 * i, 1_000_000 + 30_200 * i),
  );
  const rows = Array.from({ length: 1200 }, (_, i) => i).filter((i) => i % 100 !== 50);
  const all = rows.map((seq) => reading(seq));
  await store.insertBatch('D2', { readings: all, records: anchors });
  await insert(all);
  for (const index of [3, 9, 8, 0, 11, 5, 1, 2, 10, 4, 7, 6]) await insert([], [anchors[index]]);
  expect(await times()).toEqual(await times('D2'));
});

test('a clock that a better one contradicts does not count, whichever comes first', async () => {
  const gnss = anchor(4, 900, 1_000_000);
  const network: JournalRecord = {
    ...anchor(5, 1200, 1_003_900),
    kind: 'ANCHOR',
    source: 2,
    boundS: 2,
  } as JournalRecord;
  await insert(readings(0, 3), [network]);
  await insert([], [gnss]);
  await store.insertBatch('D2', { readings: readings(0, 3), records: [gnss] });
  expect(await times()).toEqual(await times('D2'));
});

test('the clock of a FIX dates readings as an anchor does, one without a clock dates none', async () => {
  const fix = { powerOn: 1, kind: 'FIX', latDeg: 52, lonDeg: 13, satellites: 9 } as const;
  await insert(readings(0, 2), [{ ...fix, seq: 3, monoS: 620, utcS: null }]);
  expect(await times()).toEqual([0, 1, 2].map((seq) => [seq, null, null]));
  await insert([], [{ ...fix, seq: 4, monoS: 620, utcS: 1_000_020 }]);
  expect(await times()).toEqual([
    [0, 999_400, 33],
    [1, 999_700, 18],
    [2, 1_000_000, 3],
  ]);
});

test('the clock of a KEPT dates the power-on of its readings, until an anchor is known that is more certain', async () => {
  const readingsBefore = [reading(3), reading(13)];
  await insert(readings(6, 6), [kept(20, readingsBefore, 1_000_900)]);
  // 480 s, a twentieth of the 900 s before, 1 s of the row clock.
  expect(await times()).toEqual([
    [3, 1_000_900, 526],
    [6, 1_001_800, 571],
    [13, 1_003_900, 676],
  ]);
  await insert([], [kept(21, readingsBefore, 1_000_900)]);
  await insert([], [anchor(12, 1200, 1_001_205)]);
  expect(await times()).toEqual([
    [3, 1_000_905, 17],
    [6, 1_001_805, 32],
    [13, 1_003_905, 137],
  ]);
});

test('an anchor dates its own power-on only', async () => {
  await insert([reading(0), reading(1, { powerOn: 2, monoS: 0 })], [anchor(2, 10, 1_000_000, 2)]);
  expect(await times()).toEqual([
    [0, null, null],
    [1, 999_990, 3],
  ]);
});

test('a power-on without an anchor lies between its neighbours, whichever of them comes first', async () => {
  const lone = [reading(10, { powerOn: 2, monoS: 0 }), reading(11, { powerOn: 2, monoS: 600 })];
  const [before, behind] = [anchor(5, 1500, 1_000_000, 1), anchor(20, 100, 1_007_200, 3)];
  await insert(lone, [before]);
  expect(await times()).toEqual([
    [10, null, null],
    [11, null, null],
  ]);
  await insert([], [behind]);
  // From 999,999 to 1,007,201 less the 95 s that the third power-on had lasted at least.
  const expected = [
    [10, 1_003_552.5, 3555],
    [11, 1_003_837.5, 3270],
  ];
  expect(await times()).toEqual(expected);
  await store.insertBatch('D2', { readings: [], records: [behind] });
  await store.insertBatch('D2', { readings: lone, records: [] });
  await store.insertBatch('D2', { readings: [], records: [before] });
  expect(await times('D2')).toEqual(expected);
});

test('times do not depend on the order in which batches come', async () => {
  const life = (slow: number) =>
    Array.from({ length: 40 }, (_, seq) => ({
      seq,
      powerOn: 1 + Math.floor(seq / 15),
      monoS: (seq % 15) * 600,
      slow,
    }));
  const pieces = fc.record({
    slow: fc.double({ min: -0.04, max: 0.04, noNaN: true }),
    kinds: fc.array(fc.constantFrom('reading', 'reading', 1, 2, 3), { minLength: 40, maxLength: 40 }),
    order: fc.shuffledSubarray(
      Array.from({ length: 40 }, (_, i) => i),
      { minLength: 40 },
    ),
    wrong: fc.nat(39),
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(pieces, async ({ slow, kinds, order, wrong }) => {
      const all = life(slow).map(({ seq, powerOn, monoS }) => {
        const source = kinds[seq];
        if (typeof source === 'string') return { readings: [reading(seq, { powerOn, monoS })], records: [] };
        const utcS =
          1_000_000 + powerOn * 20_000 + Math.round(monoS * (1 + slow)) + (seq === wrong ? 90_000 : 0);
        const record: JournalRecord = {
          seq,
          powerOn,
          monoS,
          kind: 'ANCHOR',
          utcS,
          source,
          boundS: source * 3,
        };
        return { readings: [], records: [record] };
      });
      const [inOrder, shuffled] = [`A${run}`, `B${run++}`];
      const whole = {
        readings: all.flatMap((one) => one.readings),
        records: all.flatMap((one) => one.records),
      };
      await store.insertBatch(inOrder, whole);
      for (const index of order) await store.insertBatch(shuffled, all[index]);
      expect(await times(shuffled)).toEqual(await times(inOrder));
    }),
    { numRuns: 60 },
  );
});

test('a batch that fails leaves nothing behind', async () => {
  const broken = { ...reading(1), monoS: null as unknown as number };
  await expect(insert([reading(0), broken])).rejects.toMatchObject({ id: 'collect.store-failed' });
  expect(await store.countReadings('D1')).toBe(0);
  expect(await insert([reading(0)])).toMatchObject({ inserted: 1 });
});

test('what was stored is there when the file is opened again', async () => {
  const path = join(folder, 'a.db');
  const first = await openSqliteStore(path);
  await first.insertBatch('D1', { readings: readings(0, 9), records: [] });
  await first.close();
  const second = await openSqliteStore(path);
  expect(await second.nextWanted('D1')).toBe(10);
  await second.close();
  expect(existsSync(`${path}.owner`)).toBe(false);
});

test('the view has the time with its bound, and the anchors say which of them count', async () => {
  const path = join(folder, 'a.db');
  const file = await openSqliteStore(path);
  const wrong = { ...anchor(3, 700, 1_090_000), source: 3, boundS: 9 } as JournalRecord;
  await file.insertBatch('D1', { readings: readings(0, 1), records: [anchor(2, 600, 1_795_262_400), wrong] });
  await file.close();
  const database = new sqlite.Database(path);
  expect(database.all('SELECT seq, utc, utc_error_s FROM readings_utc ORDER BY seq')).toEqual([
    { seq: 0, utc: '2026-11-21T11:50:00Z', utc_error_s: 32 },
    { seq: 1, utc: '2026-11-21T11:55:00Z', utc_error_s: 17 },
  ]);
  expect(database.all('SELECT seq, bound_s, source, believed FROM anchors ORDER BY seq')).toEqual([
    { seq: 2, bound_s: 1, source: 1, believed: 1 },
    { seq: 3, bound_s: 9, source: 3, believed: 0 },
  ]);
  database.close();
});

test('a database of another version is refused by name, and stays as it is', async () => {
  const path = join(folder, 'a.db');
  const old = new sqlite.Database(path);
  old.exec('CREATE TABLE readings (device TEXT); PRAGMA user_version = 2');
  old.close();
  const before = readFileSync(path);
  await expect(openSqliteStore(path)).rejects.toThrow(/of version 2, this Coldrail knows version 3/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a database in use, by this process or another, is not opened', async () => {
  const path = join(folder, 'a.db');
  const first = await openSqliteStore(path);
  await expect(openSqliteStore(path)).rejects.toMatchObject({ id: 'collect.database-in-use' });
  await first.close();
  writeFileSync(`${path}.owner`, `${process.ppid}\n`);
  await expect(openSqliteStore(path)).rejects.toMatchObject({ id: 'collect.database-in-use' });
});

test('a lock left by a process that was killed is taken over, one of unknown origin is explained', async () => {
  const path = join(folder, 'a.db');
  const { pid } = spawnSync(process.execPath, ['--version']);
  mkdirSync(`${path}.lock`);
  await expect(openSqliteStore(path)).rejects.toMatchObject({ id: 'collect.database-locked' });
  writeFileSync(`${path}.owner`, `${pid}\n`);
  await (await openSqliteStore(path)).close();
});

test('every batch that was told to be stored survives kill -9', async () => {
  const path = join(folder, 'a.db');
  let known = -1;
  for (const kills of [40, 90, 150]) {
    const script = new URL('./testing/store-until-killed.ts', import.meta.url).pathname;
    const args = ['--import', 'tsx', script, path];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const dead = once(child, 'exit');
    let told = -1;
    for await (const line of createInterface(child.stdout)) {
      told = Number(line);
      if (told === kills) child.kill('SIGKILL');
    }
    await dead;
    const reopened = await openSqliteStore(path);
    known = (await reopened.countReadings('D1')) - 1;
    await reopened.close();
    expect(known).toBeGreaterThanOrEqual(told);
  }
  expect(known).toBeGreaterThanOrEqual(150);
});

test.each([
  ['a folder that does not exist', 'no/a.db', ''],
  ['a file that is no database', 'a.txt', 'temperature;humidity\n'.repeat(200)],
])('%s is answered with an id', async (_, name, content) => {
  const path = join(folder, name);
  if (content) writeFileSync(path, content);
  await expect(openSqliteStore(path)).rejects.toMatchObject({ id: 'collect.database-unusable' });
  expect(existsSync(`${path}.owner`)).toBe(false);
});
