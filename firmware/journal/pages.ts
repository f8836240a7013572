import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { getBigEndian } from '../cbor.ts';
import { MAGIC } from './format.ts';
import { FOREIGN, type PageHeader, readHeader } from './header.ts';

/**
 * What the headers of all pages say, by the page's place in the ring; typed arrays, as objects would take a kilobyte of the
 * interpreter's memory. Sequence 0: no header of ours; then a first seq of FOREIGN means a page of a later format.
 */
export interface PageTable {
  readonly sequence: Uint32Array;
  readonly firstSeq: Uint32Array;
}

/** What a boot finds out about the pages without a look at the CRC of each header. */
export interface PageProbe {
  /** By page; 0: nothing like a header. */
  readonly sequence: Uint32Array;
  /** The newest page, whose header does verify; null: there is none. */
  newest: PageHeader | null;
  page: number;
  /** Whether some page is neither erased nor has a header of ours. */
  odd: boolean;
}

const PROBE = 10;
const SEQUENCE_AT = 6;

/** What a page says its sequence is; 0: it is erased, -1: it is no page of ours. */
function probe(flash: FlashRegion, page: number): number {
  const bytes = flash.read(page * flash.pageSize, PROBE);
  if (bytes[0] !== MAGIC[0] || bytes[4] !== MAGIC[4]) return bytes[0] === 0xff ? 0 : -1;
  return getBigEndian(bytes, SEQUENCE_AT, 4) || -1;
}

/**
 * One short read a page; then the header of the newest, and of any whose sequence is not the one that its place in the
 * ring asks for. So what has rotted is noticed, unless it is an older header that says the right sequence.
 */
export function probePages(flash: FlashRegion, crypto: Crypto): PageProbe {
  const pages = flash.pages;
  const sequence = new Uint32Array(pages);
  const found: PageProbe = { sequence, newest: null, page: -1, odd: false };
  for (let page = 0; page < pages; page++) {
    const own = probe(flash, page);
    if (own < 0) found.odd = true;
    else sequence[page] = own;
  }
  for (;;) {
    const page = newestPage(sequence, 4294967296);
    if (page < 0) return found;
    found.newest = readHeader(flash, page, crypto);
    found.page = page;
    if (found.newest !== null) break;
    sequence[page] = 0;
    found.odd = true;
  }
  let expected = sequence[found.page];
  for (let back = 1; back < pages; back++) {
    const page = (found.page - back + pages) % pages;
    expected--;
    if (sequence[page] === 0 || sequence[page] === expected) continue;
    if (readHeader(flash, page, crypto) !== null) continue;
    sequence[page] = 0;
    found.odd = true;
  }
  return found;
}

/** What all headers that verify say. */
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
export function newestPage(sequences: Uint32Array, below: number): number {
  let newest = -1;
  let sequence = 0;
  for (let page = 0; page < sequences.length; page++) {
    const own = sequences[page];
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
  for (let older = newestPage(table.sequence, below); older >= 0; older = newestPage(table.sequence, below)) {
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
