import { alarmOf } from './alarm.ts';
import { calibratedOf } from './calibrated.ts';
import type { Plain } from './cbor-item.ts';
import { changedOf } from './changed.ts';
import { conditionsOf } from './conditions.ts';
import { parseKept } from './kept.ts';
import { radioOf } from './radio.ts';
import type { JournalRecord, RecordBody } from './record.ts';
import type { RecordContext, RowState } from './row-state.ts';
import { testedOf } from './tested.ts';
import { areOfTypes, isInterval } from './types.ts';

interface Kind {
  /** Types of the items behind the kind, as `areOfTypes` takes them. */
  readonly types: string;
  /** The body, with its time where it has one. Undefined when it can't be a record of the kind. */
  readonly parse: (items: number[], state: RowState) => Parsed | undefined;
}

type Parsed = RecordBody & { monoS?: number };

/** Kinds whose items are integers and null. */
const kinds: Record<number, Kind> = {
  1: {
    types: 'uuu',
    parse: ([count, cause, uptimeS], state) => {
      state.powerOn = count;
      state.rowClockS = uptimeS - state.intervalS;
      return { kind: 'POWER_ON', monoS: uptimeS, cause };
    },
  },
  2: {
    types: 'u',
    parse: ([monoS], state) => {
      state.rowClockS = monoS - state.intervalS;
      return { kind: 'TIME', monoS };
    },
  },
  3: {
    types: 'iiuu',
    parse: ([after, clock, source, boundS], state) => {
      if (source < 1 || source > 3) return undefined;
      const monoS = state.rowClockS + after;
      state.clockS += clock;
      return { kind: 'ANCHOR', monoS, utcS: state.clockS + monoS, source, boundS };
    },
  },
  4: {
    types: 'iiiun',
    parse: ([after, lat, lon, satellites, clock], state) => {
      const monoS = state.rowClockS + after;
      state.latE5 += lat;
      state.lonE5 += lon;
      if (clock !== null) state.clockS += clock;
      const utcS = clock === null ? null : state.clockS + monoS;
      return { kind: 'FIX', monoS, latDeg: state.latE5 / 1e5, lonDeg: state.lonE5 / 1e5, satellites, utcS };
    },
  },
  5: { types: 'u', parse: ([acked]) => ({ kind: 'ACK', acked }) },
  6: {
    types: 'iu',
    parse: ([after, outcome], { rowClockS }) => ({ kind: 'SESSION', monoS: rowClockS + after, outcome }),
  },
  7: {
    types: 'uii',
    parse: ([code, detail, after], { rowClockS }) => ({
      kind: 'FAULT',
      monoS: rowClockS + after,
      code,
      detail,
    }),
  },
  8: {
    types: 'uu',
    parse: ([firstSeq, lastSeq], { seq }) =>
      // A loss is written after it happened; a range beyond that would tell the collector to want nothing any more.
      firstSeq <= lastSeq && lastSeq < seq ? { kind: 'LOST', firstSeq, lastSeq } : undefined,
  },
  9: {
    types: 'iu',
    parse: ([after, reason], { rowClockS }) => ({ kind: 'NOFIX', monoS: rowClockS + after, reason }),
  },
  11: {
    types: 'u',
    parse: ([intervalS], state) => {
      if (!isInterval(intervalS)) return undefined;
      state.intervalS = intervalS;
      return { kind: 'INTERVAL', intervalS };
    },
  },
  12: { types: 'uuuiuuuunnnuu', parse: (items) => ({ kind: 'RADIO', ...radioOf(items) }) },
  13: {
    types: 'iun',
    parse: ([after, bits, millivolts], { rowClockS }) => ({
      kind: 'CONDITIONS',
      monoS: rowClockS + after,
      ...conditionsOf(bits),
      millivolts,
    }),
  },
  15: {
    types: 'uuiuuniuun',
    parse: (items, { rowClockS }) => ({
      kind: 'ALARM',
      monoS: rowClockS + (items[2] as number),
      ...alarmOf(items),
    }),
  },
};

type Parse = (items: readonly Plain[], state: RowState, page: RecordContext) => Parsed | undefined;

/** Seconds since power-on of a record whose last number is seconds after the row clock. */
function timeOf(after: Plain, { rowClockS }: RowState): number {
  return rowClockS + (after as number);
}

/** Kinds with a text, an array or any number of items. */
const otherKinds: Record<number, Parse> = {
  10: (items, { seq }, page) => {
    const kept = parseKept(items, seq, page);
    return kept && { kind: 'KEPT', ...kept };
  },
  14: (items) => {
    // How the judgement remembers is its own affair: docs/cargo.md.
    const isOne = areOfTypes(items.slice(0, 3), 'nuu');
    const numbers = items.every((item) => typeof item === 'number' || item === null);
    return isOne && numbers ? { kind: 'JUDGED', items: items as number[] } : undefined;
  },
  16: (items) => {
    const calibrated = calibratedOf(items);
    return calibrated && { kind: 'CALIBRATED', ...calibrated };
  },
  17: (items, state) => {
    const changed = items.length === 5 ? changedOf(items) : undefined;
    return changed && { kind: 'CHANGED', monoS: timeOf(items[4], state), ...changed };
  },
  18: (items, state) => {
    if (!areOfTypes(items, 'uttti') || Number(items[0]) > 1) return undefined;
    const [started, trip, container, who] = items as [number, string, string, string];
    return { kind: 'TRIP', monoS: timeOf(items[4], state), started: started === 1, trip, container, who };
  },
  19: (items, state) => {
    const tested = testedOf(items);
    return tested && { kind: 'TESTED', monoS: timeOf(items[2], state), ...tested };
  },
};

/**
 * The record that an array of `items` is, `hex` its bytes: of an unknown kind when they are not what their kind asks for,
 * as the device passes over such a record too. Undefined when it has no kind, and for a KEY. `state` moves on.
 */
export function parseRecord(
  [code, ...items]: readonly Plain[],
  hex: () => string,
  state: RowState,
  page: RecordContext,
): JournalRecord | undefined {
  if (typeof code !== 'number' || code <= 0) return undefined;
  const parsed = parseBody(code, items, state, page) ?? { kind: 'UNKNOWN', code, hex: hex() };
  return { seq: state.seq++, powerOn: state.powerOn, monoS: state.rowClockS, ...parsed };
}

function parseBody(
  code: number,
  items: readonly Plain[],
  state: RowState,
  page: RecordContext,
): Parsed | undefined {
  const kind = kinds[code];
  if (!kind) return otherKinds[code]?.(items, state, page);
  return areOfTypes(items, kind.types) ? kind.parse(items as number[], state) : undefined;
}
