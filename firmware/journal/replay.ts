import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { BLOCKS_PER_PAGE } from './format.ts';
import type { PageHeader } from './header.ts';
import type { Journal } from './journal.ts';
import { newestPage, readBlock } from './mount.ts';

/** Blocks of one page, ready for the wire: `bytes` holds `length` bytes from `room` on. */
export interface Slice {
  readonly header: PageHeader;
  readonly length: number;
  /** First seq in the slice, and the seq behind its last record. */
  readonly from: number;
  readonly next: number;
}

/** The page in which `seq` stands: the newest whose first seq is not above it; else the oldest page held; -1: none. */
function pageOf(headers: readonly (PageHeader | null)[], seq: number): number {
  let page = -1;
  let below = 4294967296;
  for (let older = newestPage(headers, below); older >= 0; older = newestPage(headers, below)) {
    page = older;
    const header = headers[older] as PageHeader;
    if (header.firstSeq <= seq) break;
    below = header.sequence;
  }
  return page;
}

/** The page after `page` by page sequence; -1 when it is the newest. */
function pageAfter(headers: readonly (PageHeader | null)[], page: number): number {
  const sequence = (headers[page] as PageHeader).sequence;
  let after = -1;
  for (let other = 0; other < headers.length; other++) {
    const header = headers[other];
    if (header === null || header.sequence <= sequence) continue;
    if (after < 0 || header.sequence < (headers[after] as PageHeader).sequence) after = other;
  }
  return after;
}

/** A place in the ring from which blocks are read in order. */
export class Replay {
  private readonly journal: Journal;
  private readonly flash: FlashRegion;
  private readonly crypto: Crypto;
  private page: number;
  private index = 0;
  /** The lowest seq that is still wanted. */
  next: number;

  /** From the block that holds `seq`, or the oldest that is left. */
  constructor(journal: Journal, flash: FlashRegion, crypto: Crypto, seq: number) {
    this.journal = journal;
    this.flash = flash;
    this.crypto = crypto;
    this.next = seq;
    this.page = pageOf(journal.headers, seq);
  }

  /**
   * Copy blocks that hold wanted records to `out` from `room` on, as many as fit and stand in one page. Null when
   * there are no more. Records that should be there and cannot be read are put down as LOST on the way.
   */
  take(out: Uint8Array, room: number): Slice | null {
    let at = room;
    let from = 0;
    let header: PageHeader | null = null;
    while (this.page >= 0) {
      const own = this.journal.headers[this.page] as PageHeader;
      const ended = this.index >= BLOCKS_PER_PAGE || (this.page === this.journal.page && this.index > this.journal.index);
      if (ended) {
        if (header !== null) break;
        this.page = pageAfter(this.journal.headers, this.page);
        this.index = 0;
        continue;
      }
      const block = readBlock(this.flash, this.page, this.index, own.crc, this.crypto);
      if (block !== null && block.state.nextSeq > this.next) {
        const length = block.end - block.start;
        if (at + length > out.length) break;
        if (block.first > this.next) {
          if (header !== null) break;
          this.journal.lost(this.next, block.first - 1);
        }
        out.set(new Uint8Array(block.bytes.buffer, block.bytes.byteOffset + block.start, length), at);
        if (header === null) from = block.first;
        header = own;
        at += length;
        this.next = block.state.nextSeq;
      }
      this.index++;
    }
    return header === null ? null : { header, length: at - room, from, next: this.next };
  }
}
