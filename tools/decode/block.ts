import { crc32 } from 'node:zlib';
import { itemEnd, readArray, readPlain } from './cbor-item.ts';
import { type Key, parseKey } from './key.ts';
import { parseRecord } from './parse-record.ts';
import type { Reading } from './reading.ts';
import type { JournalRecord } from './record.ts';
import { parseReading, type RecordContext, type RowState, stateBehind } from './row-state.ts';

/** What a block holds. */
export interface Block {
  key: Key;
  records: JournalRecord[];
  /** The rows; a KEPT among the records holds further ones. */
  readings: Reading[];
}

/** An item that has a check. */
export interface WalkedItem {
  readonly at: number;
  readonly end: number;
  /** Its check is the one that its block's bytes give. */
  readonly agrees: boolean;
}

export interface Walk {
  /** What is believed; undefined when that is nothing. */
  block: Block | undefined;
  /** Behind the last record that is believed. */
  end: number;
  /** All items that were met, the KEY first, and how many of them are believed. */
  items: WalkedItem[];
  believed: number;
  /** Where not all are: true when something has rotted, false when the last was under way as power failed. */
  rotten: boolean;
}

/** What a page says about its blocks. */
export interface PageContext extends RecordContext {
  /** CRC-32 of the page header; every check in the page is combined with it. */
  readonly crc: number;
}

/**
 * Walk the records of a block from its KEY at `start` to `limit` (exclusive), in flash or in a message; `checks` are
 * those of its items, the KEY's first, up to the first that has none. Takes any bytes; what is believed is what
 * docs/journal.md says.
 */
export function walkBlock(
  bytes: Uint8Array,
  start: number,
  limit: number,
  checks: Uint8Array,
  page: PageContext,
): Walk {
  const items: WalkedItem[] = [];
  const found: (Reading | JournalRecord)[] = [];
  let key: Key | undefined;
  let state: RowState | undefined;
  let crc = 0;
  let at = start;
  while (items.length < checks.length && at < limit && bytes[at] !== 0xff) {
    const end = itemEnd(bytes, at, limit);
    if (end === undefined) break;
    if (!state) {
      key = parseKey(readArray(bytes, at, end) ?? []);
      if (!key) break;
      state = stateBehind(key);
    } else {
      const record = parseItem(bytes, at, end, state, page);
      if (!record) break;
      found.push(record);
    }
    crc = crc32(bytes.subarray(at, end), crc);
    items.push({ at, end, agrees: checks[items.length] === checkOf(crc, page) });
    at = end;
  }
  const whole = items.length === checks.length || at >= limit || bytes[at] === 0xff;
  const { believed, rotten } = judge(items, whole, bytes, limit);
  return {
    block: key && believed > 0 ? { key, ...sort(found.slice(0, believed - 1)) } : undefined,
    end: believed > 0 ? items[believed - 1].end : start,
    items,
    believed,
    rotten,
  };
}

/** "What is believed" in docs/journal.md. `whole`: nothing but records has a check. */
function judge(
  items: readonly WalkedItem[],
  whole: boolean,
  bytes: Uint8Array,
  limit: number,
): { believed: number; rotten: boolean } {
  if (items.length === 0) return { believed: 0, rotten: false };
  if (whole && items.slice(-3).every(({ agrees }) => agrees))
    return { believed: items.length, rotten: false };
  const last = items.findLastIndex(
    (_, i) => i >= 2 && items.slice(i - 2, i + 1).every(({ agrees }) => agrees),
  );
  const suspect = last >= 0 ? last + 1 : items.findIndex(({ agrees }) => !agrees);
  if (whole && isErased(bytes, items[suspect].end, limit)) return { believed: suspect, rotten: false };
  return { believed: Math.max(0, last - 1), rotten: true };
}

function isErased(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0xff) return false;
  return true;
}

/** A check is never FF: that is one that has not been programmed. */
function checkOf(blockCrc: number, page: PageContext): number {
  const crc = blockCrc ^ page.crc;
  const check = ((crc >>> 7) ^ (crc >>> 18)) & 0xff;
  return check === 0xff ? 0 : check;
}

function parseItem(
  bytes: Uint8Array,
  at: number,
  end: number,
  state: RowState,
  page: PageContext,
): Reading | JournalRecord | undefined {
  const items = readArray(bytes, at, end);
  if (!items) {
    const item = readPlain(bytes, at, end);
    // A reading that is an integer is one byte.
    return typeof item === 'number' && end - at > 1 ? undefined : parseReading(item, state, page);
  }
  const hex = (): string => Buffer.from(bytes.subarray(at, end)).toString('hex');
  return parseRecord(items, hex, state, page);
}

function sort(found: readonly (Reading | JournalRecord)[]): Pick<Block, 'records' | 'readings'> {
  const records: JournalRecord[] = [];
  const readings: Reading[] = [];
  for (const item of found) {
    if ('kind' in item) records.push(item);
    else readings.push(item);
  }
  return { records, readings };
}
