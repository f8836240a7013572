import type { JournalRecord } from '../decode/record.ts';
import { UNMEASURED } from './oscillator.ts';

/** A moment by the device's clock: the count of its power-ons and the seconds since the last of them. */
export interface DeviceTime {
  readonly powerOn: number;
  readonly monoS: number;
}

/** Where an anchor comes from, the best first. 1 to 3 are the sources of an ANCHOR (docs/journal.md); 3 is the collector. */
export const GNSS = 1;
export const NETWORK = 2;
/** The clock of a KEPT: one of the other three, but nobody knows which. */
export const HEARSAY = 4;

/** Where a device's clock stood at a known time. */
export interface Anchor extends DeviceTime {
  /** Of the record that was written then. */
  readonly seq: number;
  /** Seconds since 1970, true within `boundS` seconds. */
  readonly utcS: number;
  readonly boundS: number;
  readonly source: number;
}

/** docs/journal.md, FIX. */
const FIX_BOUND_S = 1;
/** What a KEPT repeats was true within this: no answer takes the collector longer than a session lasts. */
const REPEATED_BOUND_S = 480;

/**
 * The anchors among `records`: ANCHORs, FIXes with a clock, and KEPTs with one. The clock of a KEPT was true at some time
 * since that power-on, no later than the first of its readings; so it may have run away since.
 */
export function anchorsOf(records: readonly JournalRecord[]): Anchor[] {
  return records.flatMap((record): Anchor[] => {
    if (record.kind === 'ANCHOR') {
      const { seq, powerOn, monoS, utcS, boundS, source } = record;
      return [{ seq, powerOn, monoS, utcS, boundS, source }];
    }
    if (record.kind === 'FIX' && record.utcS !== null) {
      const { seq, powerOn, monoS, utcS } = record;
      return [{ seq, powerOn, monoS, utcS, boundS: FIX_BOUND_S, source: GNSS }];
    }
    if (record.kind === 'KEPT' && record.utcS !== null) {
      const { seq, powerOn, monoS } = record.readings[0];
      const boundS = REPEATED_BOUND_S + Math.ceil(UNMEASURED * Math.max(0, monoS));
      return [{ seq, powerOn, monoS, utcS: record.utcS, boundS, source: HEARSAY }];
    }
    return [];
  });
}
