/**
 * A strip of marks: the last 32 bytes of a page of the configuration, whatever else the page holds.
 *
 *     | marks: one for each try | settled: the marks when a try last went well |
 *       -32                      -16                                            0
 *
 * A mark is a cleared bit, from the lowest of the first byte on: FE FC F8 F0 E0 C0 80 00, then the next byte. Open are the marks
 * that are not settled. The bytes of a strip, and no others, are programmed more than once between erases, each time with fewer bits:
 * NOR flash takes that, and ESP-IDF's NVS keeps the states of its entries so. A strip has room for 128 marks, and is fresh again
 * when its page is erased.
 */
import type { FlashRegion } from '../hal/flash.ts';

/** Bytes at the end of a page that a copy of the configuration leaves free. */
export const STRIP_SIZE = 32;
export const MARKS_SIZE = 16;

function stripAt(flash: FlashRegion, page: number): number {
  return (page + 1) * flash.pageSize - STRIP_SIZE;
}

/** The strip of a page: 16 bytes of marks, 16 of settled ones. */
export function readStrip(flash: FlashRegion, page: number): Uint8Array {
  return flash.read(stripAt(flash, page), STRIP_SIZE);
}

/** How many of these eight bits are set. */
export function bitsIn(byte: number): number {
  let count = 0;
  for (let left = byte; left > 0; left = left & (left - 1)) count++;
  return count;
}

/** How many marks of byte `i` of a strip are open. */
export function openIn(strip: Uint8Array, i: number): number {
  return bitsIn(strip[MARKS_SIZE + i] & ~strip[i]);
}

/** Make the next mark; a strip that is full stays as it is. False when flash did not take it. */
export function mark(flash: FlashRegion, page: number): boolean {
  const marks = readStrip(flash, page);
  let i = 0;
  while (i < MARKS_SIZE - 1 && marks[i] === 0) i++;
  return flash.program(stripAt(flash, page) + i, new Uint8Array([marks[i] & (marks[i] - 1)])) === null;
}

/** Settle all marks. */
export function settle(flash: FlashRegion, page: number): void {
  const at = stripAt(flash, page);
  flash.program(at + MARKS_SIZE, flash.read(at, MARKS_SIZE));
}
