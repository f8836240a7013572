import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { JOURNAL_TORN, JOURNAL_VERIFY } from '../../hal/faults.ts';
import { ARRAY, putHead, putInteger } from '../cbor.ts';
import {
  ACK,
  ANCHOR,
  BLOCK_SIZE,
  BLOCKS_PER_PAGE,
  FAULT,
  FIX,
  HEADER_SIZE,
  KEY,
  LONGEST_RECORD,
  LOST,
  NO_FIX,
  POWER_ON,
  ROW_CHECK,
  SESSION,
  TIME,
} from './format.ts';
import { type PageHeader, putHeader } from './header.ts';
import { findHead, readHeaders } from './mount.ts';
import { putRow, type Row } from './row.ts';
import { blankState, type JournalState } from './state.ts';
import { checkOf } from './walk.ts';

/** Thousandths of a degree Celsius and of a percent: 0.1 C and 0.5 %. */
export const TEMP_STEP = 100;
export const HUMIDITY_STEP = 500;

/** Blocks that one append may give up as unwritable before it reports failure. */
const MOST_RETRIES = 40;

/**
 * The tracker's log in raw flash: docs/journal.md. Every append is durable when it returns true. The whole state is
 * rebuilt by `mount`, which is all that happens at a boot.
 */
export class Journal {
  state: JournalState;
  headers: (PageHeader | null)[];
  /** The page and the block being written; -1 before the first page. */
  page = -1;
  index = BLOCKS_PER_PAGE;
  /** Whether this wake has put an ANCHOR already. */
  anchored = false;
  private readonly flash: FlashRegion;
  private readonly crypto: Crypto;
  /** A copy of the block being written, with room to find out that a record does not fit. */
  private readonly bytes = new Uint8Array(BLOCK_SIZE + LONGEST_RECORD);
  private start = 0;
  private end = BLOCK_SIZE;
  private row: Row | null = null;
  private readonly fields: (number | null)[] = [];
  /** First and last seq that the page being started has cost before the collector held them. */
  private loss: number[] | null = null;
  /** Blocks and pages given up since the last FAULT that says so. */
  private unwritable = 0;

  constructor(flash: FlashRegion, crypto: Crypto, intervalS: number) {
    this.flash = flash;
    this.crypto = crypto;
    this.state = blankState(intervalS);
    this.headers = [];
  }

  /** Rebuild the state from flash. Appends a FAULT when the last life left a torn tail. */
  mount(): void {
    this.headers = readHeaders(this.flash, this.crypto);
    const head = findHead(this.flash, this.headers, this.crypto);
    if (head === null) return;
    const intervalS = this.state.intervalS;
    this.state = head.block.state;
    this.page = head.page;
    this.index = head.index;
    this.bytes.set(head.block.bytes, 0);
    this.start = head.block.start;
    this.end = head.block.end;
    this.row = head.block.row;
    // A new interval holds from a new KEY on; and nothing is written behind rubbish.
    if (head.torn > 0 || head.skipped || this.state.intervalS !== intervalS) {
      this.end = BLOCK_SIZE;
      this.state.rowClockS += this.state.intervalS - intervalS;
      this.state.intervalS = intervalS;
    }
    if (head.torn > 0 || head.skipped) this.fault(JOURNAL_TORN, head.torn, this.state.rowClockS);
  }

  /** Put a reading taken at `uptimeS`. False only when no block of the ring can be written. */
  reading(uptimeS: number, row: Row): boolean {
    const late = uptimeS - (this.state.rowClockS + this.state.intervalS);
    if (late < -1 || late > 1) {
      this.fields.push(Math.floor(uptimeS));
      if (!this.append(TIME)) return false;
      this.state.rowClockS = Math.floor(uptimeS) - this.state.intervalS;
    }
    for (let tries = 0; tries < MOST_RETRIES; tries++) {
      if (this.end < BLOCK_SIZE) {
        const end = putRow(this.bytes, this.end, row, this.row);
        if (end + ROW_CHECK <= BLOCK_SIZE && this.seal(end)) {
          this.row = row;
          this.state.rowClockS += this.state.intervalS;
          return true;
        }
      }
      this.startBlock();
    }
    return false;
  }

  poweredOn(cause: number, uptimeS: number): void {
    const state = this.state;
    const at = Math.floor(uptimeS);
    this.fields.push(state.powerOn + 1, cause, at);
    this.append(POWER_ON);
    state.powerOn++;
    state.rowClockS = at - state.intervalS;
    state.uplinkAtS = null;
    state.fixAtS = null;
  }

  /** `errorS` bounds the error of `utcS`, which was true at `uptimeS`. */
  anchor(uptimeS: number, utcS: number, source: number, errorS: number): void {
    this.fields.push(Math.floor(uptimeS), utcS, source, errorS);
    this.append(ANCHOR);
    this.anchored = true;
  }

  fix(uptimeS: number, latE5: number, lonE5: number, satellites: number): void {
    this.fields.push(this.sinceRow(uptimeS), latE5, lonE5, satellites);
    this.append(FIX);
    this.state.fixAtS = Math.floor(uptimeS);
  }

  noFix(uptimeS: number, reason: number): void {
    this.fields.push(this.sinceRow(uptimeS), reason);
    this.append(NO_FIX);
    this.state.fixAtS = Math.floor(uptimeS);
  }

  /** The collector holds every record below `next`. An answer that goes back, or beyond what was written, is ignored. */
  ack(next: number): void {
    if (next <= this.state.acked || next > this.state.nextSeq) return;
    this.fields.push(next);
    this.append(ACK);
    this.state.acked = next;
  }

  session(startedS: number, outcome: number): void {
    this.fields.push(this.sinceRow(startedS), outcome);
    this.append(SESSION);
    this.state.uplinkAtS = Math.floor(startedS);
    this.state.failures = outcome === 0 ? 0 : this.state.failures + 1;
  }

  fault(code: number, detail: number, uptimeS: number): void {
    this.fields.push(code, detail, this.sinceRow(uptimeS));
    this.append(FAULT);
  }

  lost(from: number, to: number): void {
    this.fields.push(from, to);
    this.append(LOST);
  }

  private sinceRow(uptimeS: number): number {
    return Math.floor(uptimeS) - this.state.rowClockS;
  }

  /** Append the record whose items between kind and check stand in `fields`, and forget them. */
  private append(kind: number): boolean {
    const fields = this.fields.splice(0);
    for (let tries = 0; tries < MOST_RETRIES; tries++) {
      if (this.end < BLOCK_SIZE) {
        const end = this.putRecord(kind, fields);
        if (end + ROW_CHECK <= BLOCK_SIZE && this.seal(end)) return true;
      }
      this.startBlock();
    }
    return false;
  }

  /** Write an array record up to and including the head of its check; returns where the check goes. */
  private putRecord(kind: number, fields: readonly (number | null)[]): number {
    let at = putHead(this.bytes, this.end, ARRAY, fields.length + 2);
    at = putInteger(this.bytes, at, kind);
    for (let i = 0; i < fields.length; i++) at = putInteger(this.bytes, at, fields[i]);
    this.bytes[at] = 0x19;
    return at + 1;
  }

  /** Put the check at `at` and program the record that ends there. Counts it, unless it is the block's KEY. */
  private seal(at: number): boolean {
    const header = this.headers[this.page] as PageHeader;
    const check = checkOf(this.bytes, this.start, at, header.crc, this.crypto);
    this.bytes[at] = check >> 8;
    this.bytes[at + 1] = check & 255;
    const record = new Uint8Array(this.bytes.buffer, this.end, at + 2 - this.end);
    if (this.flash.program(this.offset() + this.end, record) !== null) {
      this.unwritable++;
      this.end = BLOCK_SIZE;
      return false;
    }
    if (this.end > this.start) this.state.nextSeq++;
    this.end = at + 2;
    return true;
  }

  /** Offset of the current block in the region. */
  private offset(): number {
    return this.page * this.flash.pageSize + this.index * BLOCK_SIZE;
  }

  /** Begin the next block, and the next page where the block was the page's last. False when its KEY did not take. */
  private startBlock(): boolean {
    this.row = null;
    this.end = BLOCK_SIZE;
    this.index++;
    this.start = 0;
    if (this.index >= BLOCKS_PER_PAGE && !this.startPage()) return false;
    const state = this.state;
    this.end = this.start;
    const sinceUplink = state.uplinkAtS === null ? null : state.uplinkAtS - state.rowClockS;
    const sinceFix = state.fixAtS === null ? null : state.fixAtS - state.rowClockS;
    const key = [
      state.nextSeq,
      state.powerOn,
      state.rowClockS,
      state.intervalS,
      state.acked,
      sinceUplink,
      state.failures,
      sinceFix,
    ];
    if (!this.seal(this.putRecord(KEY, key))) return false;
    const loss = this.loss;
    this.loss = null;
    if (loss !== null) this.seal(this.putRecord(LOST, loss));
    if (this.unwritable > 0) {
      const gaveUp = this.unwritable;
      this.unwritable = 0;
      this.seal(this.putRecord(FAULT, [JOURNAL_VERIFY, gaveUp, 0]));
    }
    return true;
  }

  /** Erase the next page of the ring and give it a header. A page that cannot be erased is passed over. */
  private startPage(): boolean {
    const before = this.page < 0 ? 0 : (this.headers[this.page] as PageHeader).sequence;
    this.page = (this.page + 1) % this.flash.pages;
    // Until the header stands, this page has no block to write to.
    this.index = BLOCKS_PER_PAGE;
    const dropped = this.headers[this.page];
    const successor = this.headers[(this.page + 1) % this.flash.pages];
    this.headers[this.page] = null;
    const erased = this.flash.erase(this.page) === null;
    const header = putHeader(this.bytes, before + 1, this.state.nextSeq, TEMP_STEP, HUMIDITY_STEP, this.crypto);
    this.headers[this.page] = header;
    const bytes = new Uint8Array(this.bytes.buffer, 0, HEADER_SIZE);
    if (!erased || this.flash.program(this.page * this.flash.pageSize, bytes) !== null) {
      this.unwritable++;
      return false;
    }
    this.index = 0;
    this.start = HEADER_SIZE;
    if (dropped && successor && successor.firstSeq > this.state.acked && dropped.firstSeq < successor.firstSeq)
      this.loss = [Math.max(dropped.firstSeq, this.state.acked), successor.firstSeq - 1];
    return true;
  }
}
