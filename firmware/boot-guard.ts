/**
 * The boot guard: the first thing in a wake, before code runs that flash or a chip can lead astray. A program that fails on
 * its way through each boot ends in safe mode and not in a loop. It counts in the strip of the first page of the configuration
 * (strip.ts): a mark for each boot that began, settled when a wake went well. Failures are the marks that are open.
 */
import type { FlashRegion } from '../hal/flash.ts';
import { MARKS_SIZE, mark, openIn, readStrip, settle } from './strip.ts';

/** The page whose strip it is. */
const PAGE = 0;

/** From so many failures on a wake is a safe one. */
export const SAFE_FROM = 3;
/** The strip is full, or holds rubbish, and counts for no failure. */
export const UNCOUNTED = -1;

/** Boots that failed in a row, 0 to SAFE_FROM; UNCOUNTED when the strip does not say. Marks nothing. */
export function bootFailures(flash: FlashRegion): number {
  const strip = readStrip(flash, PAGE);
  let failures = 0;
  for (let i = 0; i < MARKS_SIZE; i++) {
    failures += openIn(strip, i);
    // Behind a byte with room for marks there are none. As safe mode makes none, no more than SAFE_FROM are open.
    if (strip[i] > 0) return failures > SAFE_FROM ? UNCOUNTED : failures;
  }
  return UNCOUNTED;
}

/** A wake went well, to the sleep behind a reading in flash: settle all marks. */
export function bootSucceeded(flash: FlashRegion): void {
  settle(flash, PAGE);
}

/**
 * A boot that is not the end of a sleep: as bootFailures says it before this boot, which is marked. In safe mode, from
 * SAFE_FROM on, it is not: that lasts until `bootSucceeded`.
 */
export function bootBegan(flash: FlashRegion): number {
  const failures = bootFailures(flash);
  if (failures >= SAFE_FROM) return failures;
  // Rubbish that a power cut has left counts for nothing from here on.
  if (failures === UNCOUNTED) bootSucceeded(flash);
  return mark(flash, PAGE) ? failures : UNCOUNTED;
}
