import type { Plain } from './cbor-item.ts';
import type { Key } from './key.ts';
import type { PageHeader } from './page-header.ts';
import { type Codes, type Reading, readingOf, unpackCodes } from './reading.ts';

/** Where a block's walk stands: what one record leaves behind for the next. */
export interface RowState {
  seq: number;
  powerOn: number;
  /** Seconds since that power-on. */
  rowClockS: number;
  /** Seconds from one reading to the next. */
  intervalS: number;
  /** What the next position and clock are differences against. The clock is UTC less seconds since power-on. */
  latE5: number;
  lonE5: number;
  clockS: number;
  /** The reading before in this block. */
  codes: Codes | undefined;
}

/** What a page says about the records in it. */
export type RecordContext = Pick<PageHeader, 'steps' | 'channels'>;

export function stateBehind({ seq, powerOn, rowClockS, intervalS }: Key): RowState {
  return { seq, powerOn, rowClockS, intervalS, latE5: 0, lonE5: 0, clockS: 0, codes: undefined };
}

/** The reading that `item` is; undefined when it is none. `state` moves on when it is one. */
export function parseReading(item: Plain, state: RowState, page: RecordContext): Reading | undefined {
  const codes = unpackItem(item, state.codes, page);
  if (!codes) return undefined;
  state.codes = codes;
  state.rowClockS += state.intervalS;
  const { seq, powerOn, rowClockS: monoS } = state;
  state.seq++;
  return readingOf({ seq, powerOn, monoS }, codes, page);
}

/** As `unpackCodes`, of any item. */
export function unpackItem(item: Plain, previous: Codes | undefined, page: RecordContext): Codes | undefined {
  if (typeof item !== 'number' && !(item instanceof Uint8Array)) return undefined;
  return unpackCodes(item, page.channels.length, previous);
}
