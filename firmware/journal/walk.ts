import type { Crypto } from '../../hal/crypto.ts';
import { ARRAY, BYTES, type Cursor, cursorOn, readHead, readInteger, skipItem } from '../cbor.ts';
import {
  ACK,
  ARRAY_CHECK,
  BLOCK_SIZE,
  FIX,
  KEY,
  NO_FIX,
  POWER_ON,
  ROW_CHECK,
  SESSION,
  TIME,
} from './format.ts';
import { isRowLength, type Row, takeRow } from './row.ts';
import { blankState, type JournalState } from './state.ts';

/**
 * A block as a walk found it.
 *
 *     bytes  | (page header) | KEY | record | record | FF FF FF |
 *             0               start                   end        BLOCK_SIZE
 */
export interface Block {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Seq of the first record behind the KEY. */
  first: number;
  /** First byte behind the last good record. */
  end: number;
  state: JournalState;
  /** The last row, for the next one's deltas; null when the block has none yet. */
  row: Row | null;
}

/** The check of the record that ends at `at`, over everything from the block's start. */
export function checkOf(bytes: Uint8Array, start: number, at: number, salt: number, crypto: Crypto): number {
  return (crypto.crc32(new Uint8Array(bytes.buffer, bytes.byteOffset + start, at - start)) ^ salt) & 0xffff;
}

/** A change of the state by one record whose items stand in `fields`, the kind first. */
function apply(state: JournalState, fields: (number | null)[]): void {
  const kind = fields[0];
  const value = fields[1];
  if (value === null || value === undefined) return;
  if (kind === POWER_ON) {
    const uptimeS = fields[3];
    state.powerOn = value;
    state.rowClockS = (uptimeS === null ? 0 : uptimeS) - state.intervalS;
    state.uplinkAtS = null;
    state.fixAtS = null;
  } else if (kind === TIME) {
    state.rowClockS = value - state.intervalS;
  } else if (kind === ACK) {
    state.acked = value;
  } else if (kind === SESSION) {
    state.uplinkAtS = state.rowClockS + value;
    state.failures = fields[2] === 0 ? 0 : state.failures + 1;
  } else if (kind === FIX || kind === NO_FIX) {
    state.fixAtS = state.rowClockS + value;
  }
}

/** The state that a KEY tells, or null when its fields are not a KEY's. */
function stateOfKey(fields: (number | null)[]): JournalState | null {
  if (fields.length < 9 || fields[0] !== KEY) return null;
  const rowClockS = fields[3];
  const intervalS = fields[4];
  if (rowClockS === null || intervalS === null) return null;
  const state = blankState(intervalS);
  state.nextSeq = fields[1] || 0;
  state.powerOn = fields[2] || 0;
  state.rowClockS = rowClockS;
  state.acked = fields[5] || 0;
  state.uplinkAtS = fields[6] === null ? null : rowClockS + fields[6];
  state.failures = fields[7] || 0;
  state.fixAtS = fields[8] === null ? null : rowClockS + fields[8];
  return state;
}

/**
 * The items of an array record between its head, which has been read, and its check; null when it is no record. A kind
 * of a later firmware may hold more than integers; what is none reads as null.
 */
function fieldsOf(cursor: Cursor): (number | null)[] | null {
  const count = cursor.argument - 1;
  if (count < 1 || count > 16) return null;
  const fields: (number | null)[] = [];
  for (let i = 0; i < count; i++) {
    const at = cursor.at;
    let item = readInteger(cursor);
    if (item === undefined) {
      cursor.at = at;
      if (i === 0 || (fields[0] || 0) <= NO_FIX || !skipItem(cursor)) return null;
      item = null;
    }
    fields.push(item);
  }
  // The check's head; its two bytes are left to the caller.
  if (cursor.at + ARRAY_CHECK > cursor.end || cursor.bytes[cursor.at] !== 0x19) return null;
  cursor.at++;
  return fields;
}

function walk(bytes: Uint8Array, start: number, salt: number, crypto: Crypto, each: boolean): Block | null {
  const cursor = cursorOn(bytes, start, BLOCK_SIZE);
  const block: Block = {
    bytes,
    start,
    first: 0,
    end: start,
    state: blankState(0),
    row: null,
  };
  let stored = 0;
  while (cursor.at < BLOCK_SIZE && bytes[cursor.at] !== 0xff && readHead(cursor)) {
    const payload = cursor.at;
    let length = 0;
    let fields: (number | null)[] | null = null;
    if (cursor.major === BYTES) {
      length = cursor.argument - ROW_CHECK;
      if (block.end === start || !isRowLength(length) || payload + cursor.argument > BLOCK_SIZE) break;
      cursor.at = payload + length;
    } else {
      fields = cursor.major === ARRAY ? fieldsOf(cursor) : null;
      if (fields === null) break;
    }
    stored = (bytes[cursor.at] << 8) | bytes[cursor.at + 1];
    if (each && stored !== checkOf(bytes, start, cursor.at, salt, crypto)) break;
    if (block.end === start) {
      const state = fields === null ? null : stateOfKey(fields);
      if (state === null) break;
      block.state = state;
      block.first = state.nextSeq;
    } else {
      block.state.nextSeq++;
      if (fields !== null) {
        apply(block.state, fields);
      } else {
        if (block.row === null) block.row = { t: 0, h: 0, r: 0 };
        takeRow(bytes, payload, length, block.row);
        block.state.rowClockS += block.state.intervalS;
      }
    }
    cursor.at += 2;
    block.end = cursor.at;
  }
  if (block.end === start) return null;
  if (each) return block;
  const last = block.end - 2;
  stored = (bytes[last] << 8) | bytes[last + 1];
  return stored === checkOf(bytes, start, last, salt, crypto) ? block : null;
}

/**
 * Walk a block whose KEY stands at `start` and tell what it holds up to the last record that verifies; null when not
 * even the KEY does. The check covers all of the block before it, so the last one normally vouches for all; only when
 * it fails is each record checked, to find where the rot begins.
 */
export function walkBlock(bytes: Uint8Array, start: number, salt: number, crypto: Crypto): Block | null {
  const whole = walk(bytes, start, salt, crypto, false);
  return whole === null ? walk(bytes, start, salt, crypto, true) : whole;
}
