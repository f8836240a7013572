import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { BLOCKS_PER_PAGE } from './format.ts';
import type { PageHeader } from './header.ts';
import type { Journal } from './journal.ts';
import { newestPage, readBlock } from './mount.ts';
import type { Block } from './walk.ts';

/** Blocks of one page, ready for the wire: `bytes` holds `length` bytes from `room` on. */
export interface Slice {
  readonly header: PageHeader;
  readonly length: number;
  /** First seq in the slice. */
  readonly from: number;
  /** The collector's cumulative ack is at least this when it holds the slice and all before it. */
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

/** Copy a block's records to `out` at `at`; returns the next free position. */
function copyBlock(block: Block, out: Uint8Array, at: number): number {
  const length = block.end - block.start;
  out.set(new Uint8Array(block.bytes.buffer, block.bytes.byteOffset + block.start, length), at);
  return at + length;
}

/** A place in the ring from which blocks are read in order. */
export class Replay {
  private readonly journal: Journal;
  private readonly flash: FlashRegion;
  private readonly crypto: Crypto;
  private page = -1;
  private header: PageHeader | null = null;
  private index = 0;
  /** The lowest seq that is still wanted. */
  next: number;

  /** From the block that holds `seq`, or the oldest that is left. */
  constructor(journal: Journal, flash: FlashRegion, crypto: Crypto, seq: number) {
    this.journal = journal;
    this.flash = flash;
    this.crypto = crypto;
    this.next = seq;
    this.goTo(pageOf(journal.ring.headers, seq));
  }

  private goTo(page: number): void {
    this.page = page;
    this.header = page < 0 ? null : this.journal.ring.headers[page];
    this.index = 0;
  }

  /**
   * Copy blocks that hold wanted records to `out` from `room` on, as many as fit and stand in one page. Null when
   * there are no more. Where wanted records cannot be read any more, a LOST is put down, and the slice is the block that
   * it stands in: without it the collector's ack could not go on.
   */
  take(out: Uint8Array, room: number): Slice | null {
    let at = room;
    let from = 0;
    let header: PageHeader | null = null;
    // The journal goes on while a batch is under way, and may have taken this page for a new one.
    if (this.page >= 0 && this.header !== this.journal.ring.headers[this.page])
      this.goTo(pageOf(this.journal.ring.headers, this.next));
    while (this.page >= 0) {
      if (this.index >= BLOCKS_PER_PAGE) {
        if (header !== null) break;
        this.goTo(pageAfter(this.journal.ring.headers, this.page));
        continue;
      }
      const own = this.header as PageHeader;
      const block = readBlock(this.flash, this.page, this.index, own.crc, this.crypto);
      if (block !== null && block.state.nextSeq > this.next) {
        if (block.first > this.next) {
          if (header !== null) break;
          return this.takeLoss(out, room, block.first);
        }
        if (at + block.end - block.start > out.length) break;
        at = copyBlock(block, out, at);
        if (header === null) from = block.first;
        header = own;
        this.next = block.state.nextSeq;
      }
      // The newest block may grow until the next call.
      if (this.page === this.journal.ring.page && this.index >= this.journal.ring.index) break;
      this.index++;
    }
    return header === null ? null : { header, length: at - room, from, next: this.next };
  }

  /** Put down that everything from the lowest wanted seq to below `next` is lost, and take the block that says so. */
  private takeLoss(out: Uint8Array, room: number, next: number): Slice | null {
    const journal = this.journal;
    if (!journal.lost(this.next, next - 1)) return null;
    this.next = next;
    const header = journal.ring.headers[journal.ring.page] as PageHeader;
    const block = readBlock(this.flash, journal.ring.page, journal.ring.index, header.crc, this.crypto);
    if (block === null || room + block.end - block.start > out.length) return null;
    const end = copyBlock(block, out, room);
    return { header, length: end - room, from: block.first, next };
  }
}
