import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { ARRAY, BYTES, type Cursor, cursorOn, readHead, readInteger, skipItem } from '../cbor.ts';
import { apply } from './apply.ts';
import { checkOf, ERASED, readChecks, rubbish } from './checks.ts';
import { BLOCK_SIZE, FIRST_RECORD, KEY, KEY_LENGTH, PAGE_SIZE } from './format.ts';
import type { PageHeader } from './header.ts';
import { basesFor, isInteger, isRowLength, rowBytesEnd, takeRow, takeRowByte } from './row.ts';
import { blankState, type JournalState, takeFlags } from './state.ts';

/**
 * A data block as a walk found it.
 *
 *     bytes  | (header, seal) | KEY | record | record | FF FF FF |
 *             0                start                   end        BLOCK_SIZE
 */
export interface Block {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Seq of the first record behind the KEY. */
  readonly first: number;
  /** Where the KEY's check stands in the page, and the checks from there on. */
  readonly place: number;
  checks: Uint8Array;
  /** Records that are believed, the KEY counted. */
  count: number;
  /** First byte behind the last of them. */
  end: number;
  state: JournalState;
  /** The last reading, for the next one's differences; null when the block has none yet. */
  row: number[] | null;
  /** The last position (1e-5 deg) and clock (UTC less seconds since power-on), for the next ones; 0: none yet. */
  latE5: number;
  lonE5: number;
  clockS: number;
  /** The power-on that the clock is about; -1: none yet. */
  clockPowerOn: number;
  /** The items of the last RADIO, the kind first; null when the block has none. */
  radio: readonly (number | null)[] | null;
}

/** Called for each reading, after `block` has taken it: its seq is one less than `block.state.nextSeq`. */
export type Visit = (block: Block) => void;

/** Bytes below this may be whole readings. */
const ROW_BYTES = 0x38;

/**
 * The items of an array whose head has been read; null when it is no record. What is no integer reads as null.
 */
function fieldsOf(cursor: Cursor): (number | null)[] | null {
  const count = cursor.argument;
  const fields: (number | null)[] = [];
  if (count < 1 || count > BLOCK_SIZE) return null;
  for (let i = 0; i < count; i++) {
    const at = cursor.at;
    let item = readInteger(cursor);
    if (item === undefined) {
      cursor.at = at;
      if (i === 0 || !skipItem(cursor)) return null;
      item = null;
    }
    if (i === 0 && (item === null || item < 0)) return null;
    fields.push(item);
  }
  return fields;
}

/** The block that the KEY at `start` opens, nothing but the KEY taken; null when no KEY stands there. */
function openBlock(flash: FlashRegion, page: number, bytes: Uint8Array, start: number): Block | null {
  const cursor = cursorOn(bytes, start, BLOCK_SIZE);
  if (!readHead(cursor) || cursor.major !== ARRAY || cursor.argument !== KEY_LENGTH) return null;
  const fields = fieldsOf(cursor);
  if (fields === null || fields[0] !== KEY) return null;
  const place = fields[1] || 0;
  const rowClockS = fields[4] || 0;
  if (place < FIRST_RECORD || place >= PAGE_SIZE) return null;
  const state = blankState(fields[5] || 0);
  state.nextSeq = fields[2] || 0;
  state.powerOn = fields[3] || 0;
  state.rowClockS = rowClockS;
  state.acked = state.nextSeq - (fields[6] || 0);
  state.uplinkAtS = fields[7] === null ? null : rowClockS + fields[7];
  takeFlags(state, fields[8] || 0);
  state.fixAtS = fields[9] === null ? null : rowClockS + fields[9];
  return {
    bytes,
    start,
    first: state.nextSeq,
    place,
    checks: readChecks(flash, page, place),
    count: 1,
    end: cursor.at,
    state,
    row: null,
    latE5: 0,
    lonE5: 0,
    clockS: 0,
    clockPowerOn: -1,
    radio: null,
  };
}

/** Differences of one byte by that byte, how often each came: they add up, so each is taken once. */
function takeCounted(counts: Uint8Array, row: number[], bases: readonly number[]): void {
  for (let byte = 1; byte < ROW_BYTES; byte++) {
    if (counts[byte] === 0) continue;
    takeRowByte(byte, counts[byte], row, bases);
    counts[byte] = 0;
  }
}

/** Take the byte string of `length` at `at` as a reading; false when it is none. */
function takeRowString(
  block: Block,
  at: number,
  length: number,
  counts: Uint8Array,
  channels: number,
  bases: readonly number[],
): boolean {
  if (!isRowLength(length, channels) || at + length > BLOCK_SIZE) return false;
  if (length === 2 * channels) {
    // What came before does not count any more.
    counts.fill(0);
    block.row = [];
    while (block.row.length < channels) block.row.push(0);
  }
  if (block.row === null) return false;
  return takeRow(block.bytes, at, length, block.row, bases);
}

/**
 * Take records behind the KEY as far as they have checks, `most` of all. Where each ends, less 1, goes to `ends`; without
 * `visit` that of the last three only. False when something has a check that is no record. A boot spends its time here:
 * hence locals, and sums instead of steps.
 */
function takeRecords(
  block: Block,
  channels: number,
  most: number,
  ends: Uint8Array,
  visit: Visit | null,
): boolean {
  const bytes = block.bytes;
  const checks = block.checks;
  const state = block.state;
  const bases = basesFor(channels);
  const rowsEnd = rowBytesEnd(bases, channels);
  const counts = new Uint8Array(ROW_BYTES);
  const limit = Math.min(most, checks.length);
  const cursor = cursorOn(bytes, block.end, BLOCK_SIZE);
  let at = block.end;
  let count = 1;
  let rows = 0;
  let whole = true;
  ends[0] = at - 1;
  while (count < limit && checks[count] !== ERASED && at < BLOCK_SIZE) {
    let byte = bytes[at];
    let isRow = true;
    if (byte < rowsEnd && isInteger(byte) && block.row !== null) {
      if (visit === null) {
        // Most records are readings of one byte; only where the last ones end is asked for.
        const before = count;
        do {
          counts[byte]++;
          at++;
          count++;
          byte = bytes[at];
        } while (byte < rowsEnd && (byte & 0xdf) < 24 && count < limit && checks[count] !== ERASED);
        rows += count - before;
        for (let back = 1; back <= 3 && back <= count - before; back++) ends[count - back] = at - back;
        continue;
      }
      takeRowByte(byte, 1, block.row, bases);
      at++;
    } else {
      cursor.at = at;
      if (byte === ERASED) break;
      whole = !isInteger(byte) && readHead(cursor);
      if (whole && cursor.major === BYTES) {
        at = cursor.at + cursor.argument;
        whole = takeRowString(block, cursor.at, cursor.argument, counts, channels, bases);
      } else if (whole) {
        const fields = cursor.major === ARRAY ? fieldsOf(cursor) : null;
        whole = fields !== null && fields[0] !== null && fields[0] > KEY;
        isRow = false;
        state.rowClockS += rows * state.intervalS;
        rows = 0;
        at = cursor.at;
        if (whole) apply(block, fields as (number | null)[], block.first + count - 1);
      }
      if (!whole) break;
    }
    ends[count] = at - 1;
    count++;
    if (isRow) rows++;
    if (visit === null || !isRow) continue;
    state.rowClockS += state.intervalS;
    rows = 0;
    state.nextSeq = block.first + count - 1;
    visit(block);
  }
  if (block.row !== null) takeCounted(counts, block.row, bases);
  state.rowClockS += rows * state.intervalS;
  state.nextSeq = block.first + count - 1;
  block.count = count;
  block.end = ends[count - 1] + 1;
  return whole;
}

/** Whether the last three checks agree, or all of them where there are fewer. */
function isVouchedFor(block: Block, ends: Uint8Array, salt: number, crypto: Crypto): boolean {
  for (let i = block.count - 1; i >= 0 && i > block.count - 4; i--)
    if (block.checks[i] !== checkOf(block.bytes, block.start, ends[i] + 1, salt, crypto)) return false;
  return true;
}

/**
 * How many records of a block are believed that was taken as far as it goes, and for which not all checks speak:
 * docs/journal.md, "What is believed". `whole`: whether nothing but records has a check. The checks of those that are
 * believed are set right.
 */
function believed(block: Block, whole: boolean, ends: Uint8Array, salt: number, crypto: Crypto): number {
  const checks = block.checks;
  const count = block.count;
  function right(i: number): number {
    return checkOf(block.bytes, block.start, ends[i] + 1, salt, crypto);
  }
  let vouchedFor = -1;
  let firstBad = -1;
  let run = 0;
  for (let i = 0; i < count; i++) {
    run = checks[i] === right(i) ? run + 1 : 0;
    if (run >= 3) vouchedFor = i;
    if (run === 0 && firstBad < 0) firstBad = i;
  }
  const bad = vouchedFor < 0 ? firstBad : vouchedFor + 1;
  const underWay = whole && rubbish(block.bytes, ends[bad] + 1) === 0;
  let most = Math.max(0, vouchedFor - 1);
  if (underWay) most = bad;
  for (let i = 0; i < most; i++) checks[i] = right(i);
  return most;
}

/**
 * Walk block `index` of a page whose header is `header` and tell what it holds up to the last record that is believed;
 * null when not even its KEY is.
 */
export function walkBlock(
  flash: FlashRegion,
  page: number,
  index: number,
  header: PageHeader,
  crypto: Crypto,
  visit: Visit | null,
): Block | null {
  const start = index === 0 ? FIRST_RECORD : 0;
  const bytes = flash.read(page * flash.pageSize + index * BLOCK_SIZE, BLOCK_SIZE);
  const channels = header.scale.channels.length;
  const ends = new Uint8Array(BLOCK_SIZE);
  const crc = header.crc;
  let block = openBlock(flash, page, bytes, start);
  if (block === null || block.checks[0] === ERASED) return null;
  let whole = takeRecords(block, channels, BLOCK_SIZE, ends, null);
  let most = block.count;
  if (!whole || !isVouchedFor(block, ends, crc, crypto)) {
    block = openBlock(flash, page, bytes, start) as Block;
    whole = takeRecords(block, channels, BLOCK_SIZE, ends, () => {});
    most = believed(block, whole, ends, crc, crypto);
  }
  if (most === 0) return null;
  if (most < block.count || visit !== null) {
    const checks = block.checks;
    block = openBlock(flash, page, bytes, start) as Block;
    block.checks = checks;
    takeRecords(block, channels, most, ends, visit);
  }
  return block;
}
