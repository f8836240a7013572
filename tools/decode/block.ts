import { crc32 } from 'node:zlib';
import { decodeItem, isCount, itemEnd, readHead } from './cbor-item.ts';
import { type Counts, type Reading, type Steps, toValues, unpackCounts } from './reading.ts';
import { isKnownKind, type JournalRecord, type Key, parseKey, parseRecord, type RowState } from './record.ts';

/** Why the walk of a block came to its end. */
export type Stop = 'limit' | 'erased' | 'next-key' | 'no-key' | 'check-failed' | 'no-record';

export interface Block {
  key: Key;
  records: JournalRecord[];
  readings: Reading[];
}

export interface Walk {
  /** Undefined when no KEY verified: then the block holds nothing. */
  block: Block | undefined;
  /** Where the walk ended: behind the last record that verified. */
  end: number;
  stop: Stop;
}

/** What a page says about its blocks. */
export interface PageContext {
  /** CRC-32 of the page header; every check in the page is combined with it. */
  readonly pageCrc: number;
  readonly steps: Steps;
}

/**
 * Walk one block from its KEY at `start` to `limit` (exclusive), in flash or in a message. Takes any bytes; nothing
 * behind a record that does not verify is believed.
 */
export function walkBlock(bytes: Uint8Array, start: number, limit: number, page: PageContext): Walk {
  let block: Block | undefined;
  let state: RowState | undefined;
  let previous: Counts | undefined;
  let running = 0;
  let at = start;
  const stopped = (stop: Stop): Walk => ({ block, end: at, stop });

  while (at < limit) {
    if (bytes[at] === 0xff) return stopped('erased');
    const end = itemEnd(bytes, at, limit);
    if (end === undefined || end - at < 3) return stopped(block ? 'no-record' : 'no-key');
    if (block && arrayKind(bytes, at, end) === 0) return stopped('next-key');
    const checked = crc32(bytes.subarray(at, end - 2), running);
    const check = ((bytes[end - 2] as number) << 8) | (bytes[end - 1] as number);
    if (((checked ^ page.pageCrc) & 0xffff) !== check) return stopped(block ? 'check-failed' : 'no-key');

    if (!block || !state) {
      const key = parseKey(arrayItems(bytes, at, end, 0) ?? []);
      if (!key) return stopped('no-key');
      block = { key, records: [], readings: [] };
      state = { seq: key.seq, powerOn: key.powerOn, rowClockS: key.rowClockS, intervalS: key.intervalS };
    } else if (readHead(bytes, at, end)?.major === 2) {
      const counts = unpackCounts(readingPayload(bytes, at, end), previous);
      if (!counts) return stopped('no-record');
      previous = counts;
      state.rowClockS += state.intervalS;
      block.readings.push(readingOf(state, counts, page.steps));
      state.seq++;
    } else {
      const record = recordOf(bytes, at, end, state);
      if (!record) return stopped('no-record');
      block.records.push(record);
      state.seq++;
    }
    running = crc32(bytes.subarray(end - 2, end), checked);
    at = end;
  }
  return stopped(block ? 'limit' : 'no-key');
}

function readingPayload(bytes: Uint8Array, at: number, end: number): Uint8Array {
  return bytes.subarray(readHead(bytes, at, end)?.end, end - 2);
}

function readingOf(state: RowState, counts: Counts, steps: Steps): Reading {
  return { seq: state.seq, powerOn: state.powerOn, monoS: state.rowClockS, ...toValues(counts, steps) };
}

function recordOf(bytes: Uint8Array, at: number, end: number, state: RowState): JournalRecord | undefined {
  const code = arrayKind(bytes, at, end);
  if (code === undefined || code === 0) return undefined;
  if (isKnownKind(code)) {
    const items = arrayItems(bytes, at, end, code);
    return items && parseRecord(code, items, state);
  }
  if (bytes[end - 3] !== 0x19) return undefined;
  const hex = Buffer.from(bytes.subarray(at, end)).toString('hex');
  return { seq: state.seq, powerOn: state.powerOn, monoS: state.rowClockS, kind: 'UNKNOWN', code, hex };
}

/** The kind of an array record, or undefined when it is no array that begins with an unsigned integer. */
function arrayKind(bytes: Uint8Array, at: number, end: number): number | undefined {
  const array = readHead(bytes, at, end);
  if (array?.major !== 4 || array.argument < 2) return undefined;
  const kind = readHead(bytes, array.end, end);
  return kind?.major === 0 && isCount(kind.argument) ? kind.argument : undefined;
}

/** The items between kind and check, or undefined when this is no array of `kind` with a check of fixed width. */
function arrayItems(bytes: Uint8Array, at: number, end: number, kind: number): unknown[] | undefined {
  if (arrayKind(bytes, at, end) !== kind || bytes[end - 3] !== 0x19) return undefined;
  const items = decodeItem(bytes.subarray(at, end));
  return Array.isArray(items) ? items.slice(1, -1) : undefined;
}
