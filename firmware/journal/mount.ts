import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { ARRAY, cursorOn, readHead, readInteger } from '../cbor.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, HEADER_SIZE, KEY, SHORTEST_RECORD } from './format.ts';
import { FOREIGN_PAGE, type PageHeader, readHeader } from './header.ts';
import { type Block, walkBlock } from './walk.ts';

/** More records than a page can hold. */
const MOST_RECORDS = (BLOCKS_PER_PAGE * BLOCK_SIZE) / SHORTEST_RECORD;

/** What a boot finds: where to go on, and what the newest readable record says. */
export interface Head {
  /** The newest page, and the last of its blocks that is programmed; -1 when none is. */
  readonly page: number;
  index: number;
  /** The newest block that verifies; null when none does. */
  block: Block | null;
  /** Whether that block is the last one, and erased behind its last record: then the next record goes there. */
  open: boolean;
  /** Bytes behind the newest good record that are neither records nor erased; nothing may be written behind them. */
  torn: number;
  /** Seq of the next record: above every one that may ever have been given. */
  nextSeq: number;
}

/** What readHeader says of each page of the ring. One short read a page. */
export function readHeaders(flash: FlashRegion, crypto: Crypto): (PageHeader | null)[] {
  const headers: (PageHeader | null)[] = [];
  for (let page = 0; page < flash.pages; page++)
    headers.push(readHeader(flash.read(page * flash.pageSize, HEADER_SIZE), crypto));
  return headers;
}

/** The page with the highest sequence below `below`; -1 when there is none. */
export function newestPage(headers: readonly (PageHeader | null)[], below: number): number {
  let newest = -1;
  let sequence = 0;
  for (let page = 0; page < headers.length; page++) {
    const header = headers[page];
    if (header !== null && header.sequence > sequence && header.sequence < below) {
      newest = page;
      sequence = header.sequence;
    }
  }
  return newest;
}

/** Read and walk one block of a page; null when it holds nothing. */
export function readBlock(
  flash: FlashRegion,
  page: number,
  index: number,
  salt: number,
  crypto: Crypto,
): Block | null {
  const bytes = flash.read(page * flash.pageSize + index * BLOCK_SIZE, BLOCK_SIZE);
  return walkBlock(bytes, index === 0 ? HEADER_SIZE : 0, salt, crypto);
}

/** Bytes of `bytes` that are not erased, counted from `from` to the last of them. */
function rubbish(bytes: Uint8Array, from: number): number {
  let end = bytes.length;
  while (end > from && bytes[end - 1] === 0xff) end--;
  return end - from;
}

/**
 * Whether a page whose header does not verify may be newer than all others: one of its blocks begins like a KEY, and its
 * seq is `nextSeq` or one that a page of records from there on could give.
 */
function hidesRecords(flash: FlashRegion, page: number, nextSeq: number): boolean {
  if (flash.read(page * flash.pageSize, 1)[0] === 0xff) return false;
  for (let index = 0; index < BLOCKS_PER_PAGE; index++) {
    const start = index === 0 ? HEADER_SIZE : 0;
    const cursor = cursorOn(flash.read(page * flash.pageSize + index * BLOCK_SIZE + start, 7), 0, 7);
    if (!readHead(cursor) || cursor.major !== ARRAY || readInteger(cursor) !== KEY) continue;
    const seq = readInteger(cursor);
    if (seq !== undefined && seq !== null && seq >= nextSeq && seq < nextSeq + MOST_RECORDS) return true;
  }
  return false;
}

/** What the pages whose headers verify tell of the head; null when there are none. */
function newestRecord(
  flash: FlashRegion,
  headers: readonly (PageHeader | null)[],
  crypto: Crypto,
): Head | null {
  const newest = newestPage(headers, 4294967296);
  if (newest < 0) return null;
  const firstSeq = (headers[newest] as PageHeader).firstSeq;
  const head: Head = {
    page: newest,
    index: -1,
    block: null,
    open: false,
    torn: 0,
    nextSeq: firstSeq,
  };
  let passedOver = 0;
  for (let page = newest; page >= 0; page = newestPage(headers, (headers[page] as PageHeader).sequence)) {
    for (let index = BLOCKS_PER_PAGE - 1; index >= 0; index--) {
      const start = index === 0 ? HEADER_SIZE : 0;
      const offset = page * flash.pageSize + index * BLOCK_SIZE;
      if (flash.read(offset + start, 1)[0] === 0xff) continue;
      if (page === newest && index > head.index) head.index = index;
      const bytes = flash.read(offset, BLOCK_SIZE);
      const block = walkBlock(bytes, start, (headers[page] as PageHeader).crc, crypto);
      const torn = rubbish(bytes, block === null ? start : block.end);
      head.torn += torn;
      passedOver += Math.floor(torn / SHORTEST_RECORD);
      if (block === null) continue;
      head.block = block;
      head.open = page === newest && index === head.index && torn === 0;
      head.nextSeq = Math.max(block.state.nextSeq, firstSeq) + passedOver;
      return head;
    }
  }
  head.nextSeq += passedOver;
  return head;
}

/**
 * Find the newest record. Pages are tried from the newest back, and in a page the blocks from the last programmed one
 * back: what a power cut or a rotten block leaves unreadable is passed over, and so are the numbers of as many records
 * as could have stood there. Null on a journal that holds nothing.
 */
export function findHead(
  flash: FlashRegion,
  headers: readonly (PageHeader | null)[],
  crypto: Crypto,
): Head | null {
  const head = newestRecord(flash, headers, crypto);
  if (head === null) return null;
  const behind = (head.page + 1) % flash.pages;
  const header = headers[behind];
  if ((header === null || header === FOREIGN_PAGE) && hidesRecords(flash, behind, head.nextSeq)) {
    head.nextSeq += MOST_RECORDS;
    head.torn += flash.pageSize;
    head.open = false;
  }
  return head;
}
