import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { ARRAY, cursorOn, readHead, readInteger } from '../cbor.ts';
import { ERASED, endOfBlock, hasCheckHead, NO_CHECKS, placeAfter, rubbish } from './checks.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, CHECK_BLOCK_HEAD, FIRST_RECORD, KEY, KEY_LENGTH } from './format.ts';
import { type PageHeader, readHeader } from './header.ts';
import { newestPage, type PageTable } from './pages.ts';
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
  /** Seq of the next record: above every one that may ever have been given. */
  nextSeq: number;
}

function startOf(index: number): number {
  return index === 0 ? FIRST_RECORD : 0;
}

/** The first bytes of a block's records, or of its checks. */
function beginning(flash: FlashRegion, page: number, index: number): Uint8Array {
  return flash.read(page * flash.pageSize + index * BLOCK_SIZE + startOf(index), CHECK_BLOCK_HEAD.length);
}

/**
 * A seq above all that pages whose headers do not verify may hold, where one of their blocks begins like a KEY of `from` or
 * above; `from` where none does. A KEY from `below` on is noise, which must not use up the numbers.
 */
export function seqBehindHidden(flash: FlashRegion, table: PageTable, from: number, below: number): number {
  let behind = from;
  for (let page = 0; page < flash.pages; page++) {
    if (table.sequence[page] > 0 || flash.read(page * flash.pageSize, 1)[0] === ERASED) continue;
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

/** What the pages whose headers verify tell of the head; null when there are none. */
function newestRecord(flash: FlashRegion, table: PageTable, crypto: Crypto): Head | null {
  const newest = newestPage(table, 4294967296);
  if (newest < 0) return null;
  const newestHeader = readHeader(flash, newest, crypto) as PageHeader;
  const firstSeq = newestHeader.firstSeq;
  const head: Head = {
    page: newest,
    header: newestHeader,
    index: -1,
    block: null,
    open: false,
    place: NO_CHECKS,
    torn: 0,
    nextSeq: firstSeq,
  };
  let passedOver = 0;
  for (let page = newest; page >= 0; page = newestPage(table, table.sequence[page])) {
    const header = page === newest ? newestHeader : (readHeader(flash, page, crypto) as PageHeader);
    const rubbishOf = new Uint16Array(BLOCKS_PER_PAGE);
    for (let index = BLOCKS_PER_PAGE - 1; index >= 0; index--) {
      const first = beginning(flash, page, index);
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
      return head;
    }
    passedOver += rubbishAbove(head, page, -1, NO_CHECKS, rubbishOf);
    head.torn = passedOver;
  }
  head.nextSeq += passedOver;
  return head;
}

/**
 * Find the newest record. Pages are tried from the newest back, and in a page the blocks from the last programmed one
 * back: what a power cut or a rotten block leaves unreadable is passed over, and so are the numbers of as many records
 * as could have stood there. Null on a journal that holds nothing.
 */
export function findHead(flash: FlashRegion, table: PageTable, crypto: Crypto): Head | null {
  const head = newestRecord(flash, table, crypto);
  if (head === null) return null;
  const nextSeq = head.nextSeq;
  head.nextSeq = seqBehindHidden(flash, table, nextSeq, nextSeq + MOST_RECORDS * flash.pages);
  if (head.nextSeq > nextSeq) {
    head.torn += flash.pageSize;
    head.open = false;
  }
  return head;
}
