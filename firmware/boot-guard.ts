/**
 * The boot guard: the first thing in a wake, before code runs that flash or a chip can lead astray. A program that fails on
 * its way through each boot ends in safe mode and not in a loop. It counts in the strip, the last 32 bytes of the first page
 * of the configuration:
 *
 *     | marks: one for each boot that began | settled: the marks when a wake last went well |
 *       -32                                   -16                                           0
 *
 * A mark is a cleared bit, from the lowest of the first byte on: FE FC F8 F0 E0 C0 80 00, then the next byte. Failures are
 * the marks that are not settled. The bytes of the strip, and no others, are programmed more than once between erases, each
 * time with fewer bits: NOR flash takes that, and ESP-IDF's NVS keeps the states of its entries so. The strip has room for
 * 128 boots, and is fresh again when the page is erased for a new configuration.
 */
import type { FlashRegion } from '../hal/flash.ts';

/** Bytes at the end of a page that a copy of the configuration leaves free. */
export const BOOT_STRIP_SIZE = 32;
const MARKS_SIZE = 16;

/** From so many failures on a wake is a safe one. */
export const SAFE_FROM = 3;
/** The strip is full, or holds rubbish, and counts for no failure. */
export const UNCOUNTED = -1;

/** Boots that failed in a row, 0 to SAFE_FROM; UNCOUNTED when the strip does not say. Marks nothing. */
export function bootFailures(flash: FlashRegion): number {
  const strip = flash.read(flash.pageSize - BOOT_STRIP_SIZE, BOOT_STRIP_SIZE);
  let failures = 0;
  for (let i = 0; i < MARKS_SIZE; i++) {
    const marks = strip[i];
    let open = strip[MARKS_SIZE + i] & ~marks;
    while (open > 0) {
      open = open & (open - 1);
      failures++;
    }
    // Behind a byte with room for marks there are none. As safe mode makes none, no more than SAFE_FROM are open.
    if (marks > 0) return failures > SAFE_FROM ? UNCOUNTED : failures;
  }
  return UNCOUNTED;
}

/** A wake went well, to the sleep behind a reading in flash: settle all marks. */
export function bootSucceeded(flash: FlashRegion): void {
  const at = flash.pageSize - BOOT_STRIP_SIZE;
  flash.program(at + MARKS_SIZE, flash.read(at, MARKS_SIZE));
}

/**
 * A boot that is not the end of a sleep: as bootFailures says it before this boot, which is marked. In safe mode, from
 * SAFE_FROM on, it is not: that lasts until `bootSucceeded`.
 */
export function bootBegan(flash: FlashRegion): number {
  const at = flash.pageSize - BOOT_STRIP_SIZE;
  const failures = bootFailures(flash);
  if (failures >= SAFE_FROM) return failures;
  // Rubbish that a power cut has left counts for nothing from here on.
  if (failures === UNCOUNTED) bootSucceeded(flash);
  const marks = flash.read(at, MARKS_SIZE);
  let i = 0;
  while (i < MARKS_SIZE - 1 && marks[i] === 0) i++;
  const marked = flash.program(at + i, new Uint8Array([marks[i] & (marks[i] - 1)]));
  return marked === null ? failures : UNCOUNTED;
}
