import type { Alarm } from './alarm.ts';
import type { Calibrated } from './calibrated.ts';
import type { Changed } from './changed.ts';
import type { Conditions } from './conditions.ts';
import type { Radio } from './radio.ts';
import type { Reading } from './reading.ts';
import type { Tested } from './tested.ts';

/** What every record but a reading has. Codes are the numbers of docs/journal.md. */
interface Common {
  seq: number;
  powerOn: number;
  /** Seconds since that power-on; for ACK, LOST, KEPT, INTERVAL, RADIO, JUDGED, CALIBRATED and UNKNOWN, which carry no time, the row clock. */
  monoS: number;
}

export type RecordBody =
  | { kind: 'POWER_ON'; cause: number }
  | { kind: 'TIME' }
  /** `utcS` is seconds since 1970, true within `boundS` seconds. */
  | { kind: 'ANCHOR'; utcS: number; source: number; boundS: number }
  /** `utcS` is null where the fix had no time, and else from GNSS and true within 1 s. */
  | { kind: 'FIX'; latDeg: number; lonDeg: number; satellites: number; utcS: number | null }
  | { kind: 'ACK'; acked: number }
  | { kind: 'SESSION'; outcome: number }
  | { kind: 'FAULT'; code: number; detail: number }
  | { kind: 'LOST'; firstSeq: number; lastSeq: number }
  | { kind: 'NOFIX'; reason: number }
  /** Seconds from one reading to the next, from here on. */
  | { kind: 'INTERVAL'; intervalS: number }
  | ({ kind: 'KEPT' } & Kept)
  /** What the network policy remembers. */
  | ({ kind: 'RADIO' } & Radio)
  /** What feeds the tracker and goes on around it, from here on; the battery in millivolts, null unknown. */
  | ({ kind: 'CONDITIONS'; millivolts: number | null } & Conditions)
  /** The judgement's own memory, at the head of each block. */
  | { kind: 'JUDGED'; items: (number | null)[] }
  | ({ kind: 'ALARM' } & Alarm)
  | ({ kind: 'CALIBRATED' } & Calibrated)
  | ({ kind: 'CHANGED' } & Changed)
  /** A trip was started, or has ended; `container` is empty where none was stated. */
  | { kind: 'TRIP'; started: boolean; trip: string; container: string; who: string }
  | ({ kind: 'TESTED' } & Tested)
  /** A kind of a later firmware: its number and the whole record in hexadecimal. */
  | { kind: 'UNKNOWN'; code: number; hex: string };

export type JournalRecord = Common & RecordBody;

/** Readings of an erased page. */
export interface Kept {
  /** When the first of them was taken, by the last clock that was known then; null when none was. */
  utcS: number | null;
  /** The last position that was known at the first of them; null when none was. */
  latDeg: number | null;
  lonDeg: number | null;
  /** 1 to 16, with the numbers and times that they had on their page. */
  readings: Reading[];
}

/** The readings that the KEPTs among `records` hold, in their order. */
export function keptReadings(records: readonly JournalRecord[]): Reading[] {
  return records.flatMap((record) => (record.kind === 'KEPT' ? record.readings : []));
}
