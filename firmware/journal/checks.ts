/**
 * Where the checks of a page stand: in blocks from the last one down, each behind its head. A place is an offset in the
 * page; one at the end of a block means that the checks go on in the block below.
 */
import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, CHECK_BLOCK_HEAD } from './format.ts';

/** The place before the first check of a page. */
export const NO_CHECKS = (BLOCKS_PER_PAGE + 1) * BLOCK_SIZE;

/** What a check is never, so that it tells a check that is there from one that is not. */
export const ERASED = 0xff;

/** The check of the record that ends at `at`, over everything from the block's KEY at `start`. */
export function checkOf(bytes: Uint8Array, start: number, at: number, salt: number, crypto: Crypto): number {
  const crc = crypto.crc32(new Uint8Array(bytes.buffer, bytes.byteOffset + start, at - start)) ^ salt;
  const check = ((crc >>> 7) ^ (crc >>> 18)) & 255;
  return check === ERASED ? 0 : check;
}

/** The place behind the end of the check block that `place` is in. */
export function endOfBlock(place: number): number {
  return (Math.floor((place - 1) / BLOCK_SIZE) + 1) * BLOCK_SIZE;
}

/** Where the first check of the block below goes, when `place` is at the end of one. */
function below(place: number): number {
  return place - 2 * BLOCK_SIZE + CHECK_BLOCK_HEAD.length;
}

export function hasCheckHead(bytes: Uint8Array): boolean {
  for (let i = 0; i < CHECK_BLOCK_HEAD.length; i++) if (bytes[i] !== CHECK_BLOCK_HEAD[i]) return false;
  return true;
}

/** Bytes of `bytes` that are not erased, counted from `from` to the last of them. */
export function rubbish(bytes: Uint8Array, from: number): number {
  let end = bytes.length;
  while (end > from && bytes[end - 1] === ERASED) end--;
  return end - from;
}

/**
 * Make the block at offset `at` of a page one for checks, where it is erased or one without a check. Returns the place of
 * its first check, 0 when the block can't be used.
 */
export function beginChecks(flash: FlashRegion, page: number, at: number): number {
  const base = page * flash.pageSize + at;
  const first = CHECK_BLOCK_HEAD.length;
  if (!flash.isErased(base + first, BLOCK_SIZE - first)) return 0;
  if (!hasCheckHead(flash.read(base, first))) {
    if (!flash.isErased(base, first)) return 0;
    if (flash.program(base, new Uint8Array(CHECK_BLOCK_HEAD)) !== null) return 0;
  }
  return at + first;
}

/** The checks of page `page` from `place` to the end of their block, and from the block below where they go on there. */
export function readChecks(flash: FlashRegion, page: number, place: number): Uint8Array {
  const base = page * flash.pageSize;
  const end = endOfBlock(place);
  const own = flash.read(base + place, end - place);
  if (own[own.length - 1] === ERASED || below(end) < 0) return own;
  const block = flash.read(base + end - 2 * BLOCK_SIZE, BLOCK_SIZE);
  if (!hasCheckHead(block)) return own;
  const all = new Uint8Array(own.length + BLOCK_SIZE - CHECK_BLOCK_HEAD.length);
  all.set(own, 0);
  const head = CHECK_BLOCK_HEAD.length;
  all.set(new Uint8Array(block.buffer, block.byteOffset + head, BLOCK_SIZE - head), own.length);
  return all;
}

/** The place behind `count` checks that begin at `place`. */
export function placeAfter(place: number, count: number): number {
  const left = endOfBlock(place) - place;
  return count <= left ? place + count : below(endOfBlock(place)) + count - left;
}
