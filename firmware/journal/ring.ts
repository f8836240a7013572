import type { Crypto } from '../../hal/crypto.ts';
import { JOURNAL_VERIFY } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { ARRAY, putHead, putInteger } from '../cbor.ts';
import {
  BLOCK_SIZE,
  BLOCKS_PER_PAGE,
  FAULT,
  HEADER_SIZE,
  KEY,
  LONGEST_RECORD,
  LOST,
  ROW_CHECK,
} from './format.ts';
import { FOREIGN_PAGE, type PageHeader, putHeader } from './header.ts';
import { findHead, readHeaders } from './mount.ts';
import { putRow, type Row } from './row.ts';
import { blankState, type JournalState } from './state.ts';
import { checkOf } from './walk.ts';

/** Thousandths of a degree Celsius and of a percent: 0.1 C and 0.5 %. */
export const TEMP_STEP = 100;
export const HUMIDITY_STEP = 500;

/**
 * The ring of pages and blocks, and the one place where records go into it: behind the newest, each durable by itself.
 * What cannot be written there moves on to the next block; what the ring needs is erased, oldest first.
 */
export class Ring {
  state: JournalState;
  headers: (PageHeader | null)[] = [];
  /** The page being written, -1 before the first; and the last of its blocks that was begun, -1 before the first. */
  page = -1;
  index = BLOCKS_PER_PAGE;
  private readonly flash: FlashRegion;
  private readonly crypto: Crypto;
  /** A copy of the block being written, with room to find out that a record does not fit. */
  private readonly bytes = new Uint8Array(BLOCK_SIZE + LONGEST_RECORD);
  private start = 0;
  private end = BLOCK_SIZE;
  private row: Row | null = null;
  /** Page sequence of the newest page ever started. */
  private sequence = 0;
  /** First and last seq that are not held any more though the collector has not got them; null when a LOST says so. */
  private loss: number[] | null = null;
  /** Blocks and pages given up since the last FAULT that says so. */
  private unwritable = 0;
  /** Blocks that one append tries before it reports failure: all of the ring, and those of the page that is current. */
  private readonly mostTries: number;

  constructor(flash: FlashRegion, crypto: Crypto, intervalS: number) {
    this.flash = flash;
    this.crypto = crypto;
    this.state = blankState(intervalS);
    this.mostTries = (flash.pages + 1) * BLOCKS_PER_PAGE;
  }

  /** Find the newest record and the state that it leaves. Returns the bytes that the last life left torn behind it. */
  mount(): number {
    this.headers = readHeaders(this.flash, this.crypto);
    const head = findHead(this.flash, this.headers, this.crypto);
    if (head === null) return 0;
    this.page = head.page;
    this.index = head.index;
    const header = this.headers[head.page] as PageHeader;
    this.sequence = header.sequence;
    // A page is all of one scale.
    const scaled = header.tempStep === TEMP_STEP && header.humidityStep === HUMIDITY_STEP;
    if (!scaled) this.index = BLOCKS_PER_PAGE;
    const block = head.block;
    if (block !== null) {
      const intervalS = this.state.intervalS;
      this.state = block.state;
      // A new interval holds from a new KEY on, and for the reading after the next.
      if (head.open && scaled && block.state.intervalS === intervalS) {
        this.bytes.set(block.bytes, 0);
        this.start = block.start;
        this.end = block.end;
        this.row = block.row;
      }
      this.state.rowClockS += this.state.intervalS - intervalS;
      this.state.intervalS = intervalS;
    }
    this.state.nextSeq = head.nextSeq;
    return head.torn;
  }

  /** Put an array record with `fields` between its kind and its check. False only when no block of the ring takes it. */
  append(kind: number, fields: readonly (number | null)[]): boolean {
    for (let tries = 0; tries < this.mostTries; tries++) {
      if (this.end < BLOCK_SIZE) {
        const end = this.putRecord(kind, fields);
        if (end + ROW_CHECK <= BLOCK_SIZE && this.seal(end)) return true;
      }
      this.startBlock();
    }
    return false;
  }

  /** Put a reading. False only when no block of the ring takes it. */
  appendRow(row: Row): boolean {
    for (let tries = 0; tries < this.mostTries; tries++) {
      if (this.end < BLOCK_SIZE) {
        const end = putRow(this.bytes, this.end, row, this.row);
        if (end + ROW_CHECK <= BLOCK_SIZE && this.seal(end)) {
          this.row = row;
          return true;
        }
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

  /** Begin the next block, and the next page where the block was the page's last. False when it cannot be written. */
  private startBlock(): boolean {
    this.row = null;
    this.end = BLOCK_SIZE;
    if (this.index < BLOCKS_PER_PAGE) this.index++;
    if (this.index >= BLOCKS_PER_PAGE && !this.startPage()) return false;
    this.start = this.index === 0 ? HEADER_SIZE : 0;
    if (!this.isErased()) {
      this.unwritable++;
      return false;
    }
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
    if (this.loss !== null) {
      if (!this.seal(this.putRecord(LOST, this.loss))) return false;
      this.loss = null;
    }
    const gaveUp = this.unwritable;
    if (gaveUp > 0 && this.seal(this.putRecord(FAULT, [JOURNAL_VERIFY, gaveUp, 0]))) this.unwritable = 0;
    return true;
  }

  /** Whether nothing stands in the current block. A cut may leave rubbish behind a first byte that reads as erased. */
  private isErased(): boolean {
    const length = BLOCK_SIZE - this.start;
    const erased = new Uint8Array(length).fill(255);
    return (
      this.crypto.crc32(this.flash.read(this.offset() + this.start, length)) === this.crypto.crc32(erased)
    );
  }

  /** Erase the next page of the ring and give it a header. A page that cannot be written is passed over. */
  private startPage(): boolean {
    this.page = this.nextPage();
    // Until the header stands, this page has no block to write to.
    this.index = BLOCKS_PER_PAGE;
    this.headers[this.page] = null;
    const erased = this.flash.erase(this.page) === null;
    const seq = this.state.nextSeq;
    const header = putHeader(this.bytes, this.sequence + 1, seq, TEMP_STEP, HUMIDITY_STEP, this.crypto);
    const bytes = new Uint8Array(this.bytes.buffer, 0, HEADER_SIZE);
    if (!erased || this.flash.program(this.page * this.flash.pageSize, bytes) !== null) {
      this.unwritable++;
      return false;
    }
    let oldest = seq;
    for (let page = 0; page < this.flash.pages; page++) {
      const held = this.headers[page];
      if (held !== null && held.firstSeq < oldest) oldest = held.firstSeq;
    }
    if (oldest > this.state.acked) this.loss = [this.state.acked, oldest - 1];
    this.headers[this.page] = header;
    this.sequence++;
    this.index = 0;
    return true;
  }

  /** The page behind this one in the ring; another format's pages are left alone as long as one is free. */
  private nextPage(): number {
    const pages = this.flash.pages;
    let free = false;
    for (let page = 0; page < pages; page++)
      if (page !== this.page && this.headers[page] === null) free = true;
    let next = (this.page + 1) % pages;
    while (free && this.headers[next] === FOREIGN_PAGE) next = (next + 1) % pages;
    return next;
  }
}
