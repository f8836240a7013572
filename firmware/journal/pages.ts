import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { FOREIGN, readHeader } from './header.ts';

/**
 * What the headers of all pages say, by the page's place in the ring; typed arrays, as objects would take a kilobyte of the
 * interpreter's memory. Sequence 0: no header of ours; then a first seq of FOREIGN means a page of a later format.
 */
export interface PageTable {
  readonly sequence: Uint32Array;
  readonly firstSeq: Uint32Array;
}

/** One short read a page. */
export function readPageTable(flash: FlashRegion, crypto: Crypto): PageTable {
  const table = { sequence: new Uint32Array(flash.pages), firstSeq: new Uint32Array(flash.pages) };
  for (let page = 0; page < flash.pages; page++) {
    const header = readHeader(flash, page, crypto);
    if (header === null) continue;
    table.sequence[page] = header.sequence;
    table.firstSeq[page] = header.firstSeq;
  }
  return table;
}

/** The page with the highest sequence below `below`; -1 when there is none. */
export function newestPage(table: PageTable, below: number): number {
  let newest = -1;
  let sequence = 0;
  for (let page = 0; page < table.sequence.length; page++) {
    const own = table.sequence[page];
    if (own > sequence && own < below) {
      newest = page;
      sequence = own;
    }
  }
  return newest;
}

/** The page after the one with `sequence`; -1 when there is none. */
export function pageAfter(table: PageTable, sequence: number): number {
  let after = -1;
  for (let page = 0; page < table.sequence.length; page++) {
    const own = table.sequence[page];
    if (own > sequence && (after < 0 || own < table.sequence[after])) after = page;
  }
  return after;
}

/** The page in which `seq` stands: the newest whose first seq is not above it; else the oldest page held; -1: none. */
export function pageOf(table: PageTable, seq: number): number {
  let page = -1;
  let below = 4294967296;
  for (let older = newestPage(table, below); older >= 0; older = newestPage(table, below)) {
    page = older;
    if (table.firstSeq[older] <= seq) break;
    below = table.sequence[older];
  }
  return page;
}

/** The lowest seq that a page may hold, `otherwise` when there is no page. */
export function oldestSeq(table: PageTable, otherwise: number): number {
  let oldest = otherwise;
  for (let page = 0; page < table.sequence.length; page++)
    if (table.sequence[page] > 0 && table.firstSeq[page] < oldest) oldest = table.firstSeq[page];
  return oldest;
}

/** Pages of a later format. */
export function foreignPages(table: PageTable): number {
  let foreign = 0;
  for (let page = 0; page < table.sequence.length; page++) if (isForeign(table, page)) foreign++;
  return foreign;
}

export function isForeign(table: PageTable, page: number): boolean {
  return table.sequence[page] === 0 && table.firstSeq[page] === FOREIGN;
}
