import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { ARRAY, cursorOn, readHead, readInteger } from '../cbor.ts';
import { ERASED, endOfBlock, hasCheckHead, NO_CHECKS, placeAfter, rubbish } from './checks.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, CHECK_BLOCK_HEAD, FIRST_RECORD, KEY, KEY_LENGTH } from './format.ts';
import { type PageHeader, readHeader } from './header.ts';
import { newestPage, type PageProbe } from './pages.ts';
import { type Block, walkBlock } from './walk.ts';

/** More records than a page can hold. */
const MOST_RECORDS = 4096;
/** First byte of a data block. */
const KEY_HEAD = ARRAY + KEY_LENGTH;
/** The longest start of a KEY, up to its seq. */
const KEY_TO_SEQ = 10;

/** What a boot finds: where to go on, and what the newest record that is believed says. */
export interface Head {
  /** The newest page, its header, and the last of its data blocks that is programmed; -1 when none is. */
  readonly page: number;
  readonly header: PageHeader;
  index: number;
  /** The newest block that holds anything; null when none does. */
  block: Block | null;
  /** Whether the next record goes into that block. */
  open: boolean;
  /** Where in the newest page the next check goes; at the end of a block: into the one below. */
  place: number;
  /** Bytes behind the newest record that are neither records nor checks nor erased; nothing may be written behind them. */
  torn: number;
  /** Whether a page without a header looks as if it held newer records. */
  hidden: boolean;
  /** Seq of the next record: above every one that may ever have been given. */
  nextSeq: number;
}

function startOf(index: number): number {
  return index === 0 ? FIRST_RECORD : 0;
}

/** The first bytes of a block's records, or of its checks. */
function beginning(flash: FlashRegion, page: number, index: number, length: number): Uint8Array {
  return flash.read(page * flash.pageSize + index * BLOCK_SIZE + startOf(index), length);
}

/** The last data block of a page that nothing has disturbed, found by halving; -1 when something looks disturbed. */
function lastBlock(flash: FlashRegion, page: number): number {
  if (beginning(flash, page, 0, 1)[0] !== KEY_HEAD) return -1;
  let last = 0;
  let beyond = BLOCKS_PER_PAGE;
  while (beyond - last > 1) {
    const index = (last + beyond) >> 1;
    const first = beginning(flash, page, index, 1)[0];
    if (first === KEY_HEAD) last = index;
    else if (first === ERASED || first === CHECK_BLOCK_HEAD[0]) beyond = index;
    else return -1;
  }
  // A block that could not be begun may hide others.
  const offset = page * flash.pageSize + beyond * BLOCK_SIZE;
  if (beyond < BLOCKS_PER_PAGE && flash.read(offset, 1)[0] === ERASED && !flash.isErased(offset, BLOCK_SIZE))
    return -1;
  return last;
}

/**
 * A seq above all that pages whose headers do not verify may hold, where one of their blocks begins like a KEY of `from` or
 * above; `from` where none does. A KEY from `below` on is noise, which must not use up the numbers.
 */
export function seqBehindHidden(
  flash: FlashRegion,
  sequence: Uint32Array,
  from: number,
  below: number,
): number {
  let behind = from;
  for (let page = 0; page < flash.pages; page++) {
    if (sequence[page] > 0 || flash.read(page * flash.pageSize, 1)[0] === ERASED) continue;
    for (let index = 0; index < BLOCKS_PER_PAGE; index++) {
      const offset = page * flash.pageSize + index * BLOCK_SIZE + startOf(index);
      const cursor = cursorOn(flash.read(offset, KEY_TO_SEQ), 0, KEY_TO_SEQ);
      if (!readHead(cursor) || cursor.major !== ARRAY || readInteger(cursor) !== KEY) continue;
      readInteger(cursor);
      const seq = readInteger(cursor);
      if (seq === undefined || seq === null || seq < from || seq >= below) continue;
      behind = Math.max(behind, seq + MOST_RECORDS);
    }
  }
  return behind;
}

/** Let the checks of the newest page go on at `place`, or in the block below when there is rubbish. */
function findPlace(flash: FlashRegion, head: Head, place: number): void {
  head.place = place;
  const end = endOfBlock(place);
  const behind = flash.read(head.page * flash.pageSize + head.place, end - head.place);
  const dirty = rubbish(behind, 0);
  if (dirty === 0) return;
  head.torn += dirty;
  head.place = end;
}

/**
 * Bytes of rubbish between block `index` of a page and the checks, which go on at `place`. The next data block is begun
 * behind it; what stands above the checks was passed over when they were begun.
 */
function rubbishAbove(
  head: Head,
  page: number,
  index: number,
  place: number,
  rubbishOf: Uint16Array,
): number {
  const lowest = endOfBlock(place) / BLOCK_SIZE - 1;
  let torn = 0;
  for (let above = index + 1; above < lowest; above++) {
    if (rubbishOf[above] === 0) continue;
    torn += rubbishOf[above];
    // Right below checks that are used up it is what a cut has left of the head of the next.
    const isCheckBlock = above === lowest - 1 && place % BLOCK_SIZE === 0;
    if (page === head.page && !isCheckBlock) head.index = Math.max(head.index, above);
  }
  return torn;
}

/** The head of a journal that was left in order; false when it was not. */
function findUndisturbed(flash: FlashRegion, head: Head, crypto: Crypto): boolean {
  const index = lastBlock(flash, head.page);
  if (index < 0) return false;
  const block = walkBlock(flash, head.page, index, head.header, crypto, null);
  if (block === null) return false;
  const page = head.page * flash.pageSize;
  const place = placeAfter(block.place, block.count);
  if (!flash.isErased(page + index * BLOCK_SIZE + block.end, BLOCK_SIZE - block.end)) return false;
  if (!flash.isErased(page + place, endOfBlock(place) - place)) return false;
  // Where the checks are used up, a cut may have left part of the head of the next.
  const below = place - 2 * BLOCK_SIZE;
  const isFull = place % BLOCK_SIZE === 0 && below > index * BLOCK_SIZE;
  if (isFull && !flash.isErased(page + below, CHECK_BLOCK_HEAD.length)) return false;
  head.index = index;
  head.block = block;
  head.open = true;
  head.place = place;
  head.nextSeq = Math.max(block.state.nextSeq, head.nextSeq);
  return true;
}

/** The head of a journal in which a cut or rot has left something, page by page and block by block. */
function findAmongRubbish(flash: FlashRegion, sequence: Uint32Array, head: Head, crypto: Crypto): void {
  const newest = head.page;
  const firstSeq = head.nextSeq;
  let passedOver = 0;
  for (let page = newest; page >= 0; page = newestPage(sequence, sequence[page])) {
    const header = page === newest ? head.header : readHeader(flash, page, crypto);
    if (header === null) continue;
    const rubbishOf = new Uint16Array(BLOCKS_PER_PAGE);
    for (let index = BLOCKS_PER_PAGE - 1; index >= 0; index--) {
      const first = beginning(flash, page, index, CHECK_BLOCK_HEAD.length);
      if (first[0] === ERASED || hasCheckHead(first)) continue;
      if (page === newest && index > head.index && first[0] === KEY_HEAD) head.index = index;
      const block = walkBlock(flash, page, index, header, crypto, null);
      if (block === null) {
        const bytes = flash.read(page * flash.pageSize + index * BLOCK_SIZE, BLOCK_SIZE);
        rubbishOf[index] = rubbish(bytes, startOf(index));
        continue;
      }
      const place = placeAfter(block.place, block.count);
      const torn = rubbish(block.bytes, block.end) + rubbishAbove(head, page, index, place, rubbishOf);
      passedOver += torn;
      head.torn += torn;
      head.block = block;
      if (page === newest) findPlace(flash, head, place);
      head.open = page === newest && index === head.index && head.torn === 0;
      head.nextSeq = Math.max(block.state.nextSeq, firstSeq) + passedOver;
      return;
    }
    passedOver += rubbishAbove(head, page, -1, NO_CHECKS, rubbishOf);
    head.torn = passedOver;
  }
  head.nextSeq += passedOver;
}

/**
 * Find the newest record. Pages are tried from the newest back, and in a page the blocks from the last programmed one
 * back: what a power cut or a rotten block leaves unreadable is passed over, and so are the numbers of as many records
 * as could have stood there. Null on a journal that holds nothing.
 */
export function findHead(flash: FlashRegion, probe: PageProbe, crypto: Crypto): Head | null {
  if (probe.newest === null) return null;
  const head: Head = {
    page: probe.page,
    header: probe.newest,
    index: -1,
    block: null,
    open: false,
    place: NO_CHECKS,
    torn: 0,
    hidden: false,
    nextSeq: probe.newest.firstSeq,
  };
  if (!findUndisturbed(flash, head, crypto)) findAmongRubbish(flash, probe.sequence, head, crypto);
  if (!probe.odd) return head;
  const nextSeq = head.nextSeq;
  head.nextSeq = seqBehindHidden(flash, probe.sequence, nextSeq, nextSeq + MOST_RECORDS * flash.pages);
  if (head.nextSeq > nextSeq) {
    head.torn += flash.pageSize;
    head.hidden = true;
    head.open = false;
  }
  return head;
}
