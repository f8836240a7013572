import { isCount, isInteger } from './cbor-item.ts';

/** What every record but a reading has. Codes are the numbers of docs/journal.md. */
interface Common {
  seq: number;
  powerOn: number;
  /** Seconds since that power-on; for ACK, LOST and UNKNOWN, which carry no time, the row clock. */
  monoS: number;
}

export type RecordBody =
  | { kind: 'POWER_ON'; cause: number }
  | { kind: 'TIME' }
  /** `utcS` is seconds since 1970, true within `boundS` seconds. */
  | { kind: 'ANCHOR'; utcS: number; source: number; boundS: number }
  | { kind: 'FIX'; latDeg: number; lonDeg: number; satellites: number }
  | { kind: 'ACK'; acked: number }
  | { kind: 'SESSION'; outcome: number }
  | { kind: 'FAULT'; code: number; detail: number }
  | { kind: 'LOST'; firstSeq: number; lastSeq: number }
  | { kind: 'NOFIX'; reason: number }
  /** A kind of a later firmware: its number and the whole record in hexadecimal. */
  | { kind: 'UNKNOWN'; code: number; hex: string };

export type JournalRecord = Common & RecordBody;

/** The first record of a block. It has no seq of its own: `seq` is that of the record behind it. */
export interface Key {
  seq: number;
  powerOn: number;
  rowClockS: number;
  intervalS: number;
  acked: number;
  /** Start of the last uplink session, seconds since power-on; null when none since then. */
  uplinkMonoS: number | null;
  failures: number;
  /** Last position attempt, seconds since power-on; null when none since then. */
  fixMonoS: number | null;
}

/** Where a block's walk stands: what KEY, POWER_ON and TIME set and readings move. */
export interface RowState {
  seq: number;
  powerOn: number;
  rowClockS: number;
  readonly intervalS: number;
}

/** `items` are those between kind and check. Undefined when they are not those of a KEY. */
export function parseKey(items: readonly unknown[]): Key | undefined {
  const [seq, powerOn, rowClockS, intervalS, acked, uplink, failures, fix] = items;
  if (items.length !== 8 || !isCount(seq) || !isCount(powerOn) || !isInteger(rowClockS)) return undefined;
  if (!isCount(intervalS) || !isCount(acked) || !isCount(failures)) return undefined;
  if ((uplink !== null && !isInteger(uplink)) || (fix !== null && !isInteger(fix))) return undefined;
  return {
    seq,
    powerOn,
    rowClockS,
    intervalS,
    acked,
    uplinkMonoS: uplink === null ? null : rowClockS + uplink,
    failures,
    fixMonoS: fix === null ? null : rowClockS + fix,
  };
}

const itemCounts = [8, 3, 1, 4, 4, 1, 2, 3, 2, 2];

/** True for the kinds that format 1 defines. */
export function isKnownKind(kind: number): boolean {
  return kind < itemCounts.length;
}

/**
 * A record of kind 1 to 9, with the row state that it leaves behind. `items` are those between kind and check.
 * Undefined when they are not what the kind asks for.
 */
export function parseRecord(
  kind: number,
  items: readonly unknown[],
  state: RowState,
): JournalRecord | undefined {
  if (items.length !== itemCounts[kind] || !items.every(isInteger)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = items;
  const at = (monoS: number, body: RecordBody): JournalRecord => ({
    seq: state.seq,
    powerOn: state.powerOn,
    monoS,
    ...body,
  });
  switch (kind) {
    case 1:
      if (a < 0) return undefined;
      state.powerOn = a;
      state.rowClockS = c - state.intervalS;
      return at(c, { kind: 'POWER_ON', cause: b });
    case 2:
      state.rowClockS = a - state.intervalS;
      return at(a, { kind: 'TIME' });
    case 3:
      return at(a, { kind: 'ANCHOR', utcS: b, source: c, boundS: d });
    case 4:
      return at(state.rowClockS + a, { kind: 'FIX', latDeg: b / 1e5, lonDeg: c / 1e5, satellites: d });
    case 5:
      return at(state.rowClockS, { kind: 'ACK', acked: a });
    case 6:
      return at(state.rowClockS + a, { kind: 'SESSION', outcome: b });
    case 7:
      return at(state.rowClockS + c, { kind: 'FAULT', code: a, detail: b });
    case 8:
      // A loss is written after it happened; a range beyond that would tell the collector to want nothing any more.
      if (a < 0 || a > b || b >= state.seq) return undefined;
      return at(state.rowClockS, { kind: 'LOST', firstSeq: a, lastSeq: b });
    case 9:
      return at(state.rowClockS + a, { kind: 'NOFIX', reason: b });
    default:
      return undefined;
  }
}
