import { type Walk, walkBlock } from './block.ts';
import { itemEnd, readArray } from './cbor-item.ts';
import { KEY_KIND, parseKey } from './key.ts';
import { PAGE_HEADER_BYTES, type PageHeader } from './page-header.ts';

/**
 * A page: data blocks from the front, check blocks from the back.
 *
 *     header 40 B | seal 17 B | data block 0 | data block 1 | ... -> <- ... | check block 14 | check block 15
 */
export const BLOCK_BYTES = 256;

const SEAL_BYTES = 16;
const FIRST_RECORD = PAGE_HEADER_BYTES + 1 + SEAL_BYTES;

/** A check block is a byte string of 253 bytes; this is its head. */
const CHECK_HEAD = [0x59, 0x00, 0xfd];

/** What the bytes of a data block tell without its checks. */
export interface BlockLayout {
  /** Offset in the page of the check of its first item, the KEY. */
  readonly checksAt: number;
  /** Items in it, whether they are records or not; one whose end can't be told is the last. */
  readonly items: number;
}

/** Where the records of a block begin in its page. */
export function blockStart(block: number): number {
  return block === 0 ? FIRST_RECORD : block * BLOCK_BYTES;
}

/** The blocks of a page that begin with a KEY, or what looks like one. */
export function dataBlocks(page: Uint8Array): number[] {
  return blocksWhere(page, (at) => page[at] === 0x8a && page[at + 1] === KEY_KIND);
}

/** The blocks of a page that begin as check blocks do. */
export function checkBlocks(page: Uint8Array): number[] {
  return blocksWhere(page, (at) => at > FIRST_RECORD && CHECK_HEAD.every((byte, i) => page[at + i] === byte));
}

function blocksWhere(page: Uint8Array, holds: (at: number) => boolean): number[] {
  const count = Math.ceil(page.length / BLOCK_BYTES);
  return Array.from({ length: count }, (_, block) => block).filter((block) => holds(blockStart(block)));
}

/** The seal of the page, which vouches for the one before; undefined when its item does not stand there. */
export function readSeal(page: Uint8Array): Uint8Array | undefined {
  if (page.length < FIRST_RECORD || page[PAGE_HEADER_BYTES] !== 0x40 + SEAL_BYTES) return undefined;
  return page.subarray(PAGE_HEADER_BYTES + 1, FIRST_RECORD);
}

/**
 * The layout of a data block, which follows from its own bytes alone; undefined when it does not begin with a KEY that
 * could stand there.
 */
export function blockLayout(page: Uint8Array, block: number): BlockLayout | undefined {
  const start = blockStart(block);
  const limit = blockLimit(page, block);
  const keyEnd = itemEnd(page, start, limit);
  const key = keyEnd === undefined ? undefined : parseKey(readArray(page, start, keyEnd) ?? []);
  if (!key || !isCheckPlace(key.checksAt, block)) return undefined;
  let items = 0;
  for (let at: number | undefined = start; at !== undefined && at < limit && page[at] !== 0xff; items++)
    at = itemEnd(page, at, limit);
  return { checksAt: key.checksAt, items };
}

/**
 * The checks of a data block's items, the KEY's first, up to the first that is FF. From the place that the KEY names they
 * go on over the end of the check block into the one below it.
 */
export function checksOf(page: Uint8Array, block: number, { checksAt, items }: BlockLayout): Uint8Array {
  const home = Math.floor(checksAt / BLOCK_BYTES);
  const below = (home - 1) * BLOCK_BYTES;
  const here = page.subarray(checksAt, below + 2 * BLOCK_BYTES);
  // A block holds fewer records than a check block holds checks, so there is never a third one.
  const there =
    home - 1 > block ? page.subarray(below + CHECK_HEAD.length, below + BLOCK_BYTES) : new Uint8Array(0);
  const all = (here.length < items ? Buffer.concat([here, there]) : here).subarray(0, items);
  const erased = all.indexOf(0xff);
  return erased < 0 ? all : all.subarray(0, erased);
}

/** Walk a data block of a page. Offsets in the result are offsets in `page`, which may hold anything. */
export function walkDataBlock(page: Uint8Array, block: number, header: PageHeader): Walk {
  const layout = blockLayout(page, block);
  const checks = layout ? checksOf(page, block, layout) : new Uint8Array(0);
  return walkBlock(page, blockStart(block), blockLimit(page, block), checks, header);
}

/** Where a block ends: at the end of the page at the latest. */
export function blockLimit(page: Uint8Array, block: number): number {
  return Math.min((block + 1) * BLOCK_BYTES, page.length);
}

function isCheckPlace(at: number, block: number): boolean {
  return Math.floor(at / BLOCK_BYTES) > block && at % BLOCK_BYTES >= CHECK_HEAD.length;
}
