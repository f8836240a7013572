import type { Plain } from './cbor-item.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { areOfTypes, isInterval } from './types.ts';

/** The first record of a block. It has no seq of its own: `seq` is that of the record behind it. */
export interface Key {
  /** Offset in the page of its own check. */
  checksAt: number;
  seq: number;
  powerOn: number;
  rowClockS: number;
  /** Seconds from one reading to the next. */
  intervalS: number;
  acked: number;
  /** Start of the last uplink session, seconds since power-on; null when none since then. */
  uplinkMonoS: number | null;
  failures: number;
  /** An uplink session was under way. */
  inSession: boolean;
  /** Last position attempt, seconds since power-on; null when none since then. */
  fixMonoS: number | null;
  /** Whether it found one, and the step of its back-off. */
  fixFound: boolean;
  fixStep: number;
  /** A JUDGED stands behind it. */
  isJudged: boolean;
  conditions: Conditions;
}

/** The kind that a KEY's array begins with. */
export const KEY_KIND = 0;

/** The KEY that an array of `items` is; undefined when it is none. */
export function parseKey([kind, ...items]: readonly Plain[]): Key | undefined {
  if (kind !== KEY_KIND || !areOfTypes(items, 'uuuiuunun')) return undefined;
  const [checksAt, seq, powerOn, rowClockS, intervalS, backlog, uplink, flags, fix] = items as number[];
  if (backlog > seq || !isInterval(intervalS)) return undefined;
  const sincePowerOn = (after: number | null): number | null => (after === null ? null : rowClockS + after);
  return {
    checksAt,
    seq,
    powerOn,
    rowClockS,
    intervalS,
    acked: seq - backlog,
    uplinkMonoS: sincePowerOn(uplink),
    failures: flags & 15,
    inSession: (flags & 16) !== 0,
    fixMonoS: sincePowerOn(fix),
    fixFound: (flags & 64) !== 0,
    fixStep: (flags >> 7) & 7,
    isJudged: (flags & 32) !== 0,
    conditions: conditionsOf(flags >> 10),
  };
}
