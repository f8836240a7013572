import type { Database } from 'node-sqlite3-wasm';

/** Kept in the file as user_version; a change of the tables below needs a new number. */
const VERSION = 3;

/**
 * `others` is JSON of the channels that have no column of their own, `{"cargo1C":4.1}`, and null when there are none.
 * `reasons` is JSON, `{"supplyC":"not-answering"}`, and null when no channel is missing. `body` is JSON of the fields
 * that a record's kind has beside seq, kind, power_on and mono_s. `utc_ms` is true within `utc_error_s` seconds; both are
 * null as long as no anchor tells. `anchors` are what time/anchor.ts finds in the records, with the bound of their error in
 * seconds and their source (1 GNSS, 2 network, 3 collector, 4 repeated by a KEPT); `believed` is 0 where a better one
 * contradicts it. `held` keeps what nextWanted has already walked.
 */
const tables = `
CREATE TABLE readings (
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  power_on INTEGER NOT NULL,
  mono_s INTEGER NOT NULL,
  utc_ms INTEGER,
  utc_error_s INTEGER,
  supply_c REAL,
  supply_rh REAL,
  return_c REAL,
  others TEXT,
  reasons TEXT,
  PRIMARY KEY (device, seq)
) WITHOUT ROWID;

CREATE TABLE records (
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  power_on INTEGER NOT NULL,
  mono_s INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (device, seq)
) WITHOUT ROWID;
CREATE INDEX losses ON records (device) WHERE kind = 'LOST';

CREATE TABLE anchors (
  device TEXT NOT NULL,
  power_on INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  mono_s INTEGER NOT NULL,
  utc_s INTEGER NOT NULL,
  bound_s INTEGER NOT NULL,
  source INTEGER NOT NULL,
  believed INTEGER NOT NULL,
  PRIMARY KEY (device, power_on, seq)
) WITHOUT ROWID;

CREATE TABLE held (
  device TEXT PRIMARY KEY,
  below INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIEW readings_utc AS
  SELECT device, seq, strftime('%Y-%m-%dT%H:%M:%SZ', utc_ms / 1000, 'unixepoch') AS utc, utc_error_s,
    supply_c, supply_rh, return_c, others
  FROM readings;

PRAGMA user_version = ${VERSION};
`;

/** Make the tables in a new file; throws when the file holds other tables or those of another version. */
export function prepareSchema(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.user_version);
  if (version === VERSION) return;
  const tablesThere = Number(database.get('SELECT count(*) AS n FROM sqlite_schema')?.n);
  if (version !== 0)
    throw new Error(`its tables are of version ${version}, this Coldrail knows version ${VERSION}`);
  if (tablesThere > 0) throw new Error('it is a database of another program');
  database.exec(`BEGIN IMMEDIATE; ${tables} COMMIT;`);
}
