import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { BYTES, putHead } from '../cbor.ts';
import { BLOCKS_PER_PAGE } from './format.ts';
import { type PageHeader, readHeader } from './header.ts';
import type { Journal } from './journal.ts';
import { pageAfter, pageOf } from './pages.ts';
import { type Block, walkBlock } from './walk.ts';

/** Blocks of one page with their checks, ready for the wire: `bytes` holds `length` bytes from `room` on. */
export interface Slice {
  readonly header: PageHeader;
  readonly length: number;
  /** First seq in the slice. */
  readonly from: number;
  /** The collector's cumulative ack is at least this when it holds the slice and all before it. */
  readonly next: number;
}

/** Bytes of a block on the wire, at most. */
function lengthOf(block: Block): number {
  return 2 + block.count + block.end - block.start;
}

/** Copy a block's checks and records to `out` at `at`; returns the next free position. */
function copyBlock(block: Block, out: Uint8Array, at: number): number {
  const checks = putHead(out, at, BYTES, block.count);
  const records = checks + block.count;
  const length = block.end - block.start;
  out.set(new Uint8Array(block.checks.buffer, block.checks.byteOffset, block.count), checks);
  out.set(new Uint8Array(block.bytes.buffer, block.bytes.byteOffset + block.start, length), records);
  return records + length;
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
    this.goTo(pageOf(journal.ring.table, seq));
  }

  private goTo(page: number): void {
    this.page = page;
    this.header = page < 0 ? null : readHeader(this.flash, page, this.crypto);
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
    const table = this.journal.ring.table;
    // The journal goes on while a batch is under way, and may have taken this page for a new one.
    if (this.header !== null && this.header.sequence !== table.sequence[this.page])
      this.goTo(pageOf(table, this.next));
    while (this.header !== null) {
      const own = this.header;
      if (this.index >= BLOCKS_PER_PAGE) {
        if (header !== null) break;
        this.goTo(pageAfter(table, own.sequence));
        continue;
      }
      const block = walkBlock(this.flash, this.page, this.index, own, this.crypto, null);
      if (block !== null && block.state.nextSeq > this.next) {
        if (block.first > this.next) {
          if (header !== null) break;
          return this.takeLoss(out, room, block.first);
        }
        if (at + lengthOf(block) > out.length) break;
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
    const page = journal.ring.page;
    const header = readHeader(this.flash, page, this.crypto);
    if (header === null) return null;
    const block = walkBlock(this.flash, page, journal.ring.index, header, this.crypto, null);
    if (block === null || room + lengthOf(block) > out.length) return null;
    const end = copyBlock(block, out, room);
    return { header, length: end - room, from: block.first, next };
  }
}
