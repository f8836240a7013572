/**
 * The console's PIN and the pause behind wrong ones. They are counted in the strip of the second page of the configuration, as the
 * boot guard counts in that of the first (firmware/strip.ts): a mark for each try, settled when a PIN was right. A try is marked
 * before it is looked at, so that a power cut hides none. A strip that is full stands for the longest pause; a right PIN has it made
 * fresh in time.
 */
import { OK } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { loadValues } from '../config/load.ts';
import { saveValues } from '../config/save.ts';
import { bitsIn, MARKS_SIZE, mark, openIn, readStrip, settle } from '../strip.ts';
import { completed } from './keys.ts';
import { recordGeneration } from './records.ts';
import type { Session } from './session.ts';

/** The page whose strip it is. */
const PAGE = 1;
/** From so many marks on the page is erased behind a right PIN. */
const MOST_MARKS = 96;

/** Wrong PINs in a row from which on there is a pause, its first length and its longest, s. */
const FREE_TRIES = 3;
const FIRST_PAUSE_S = 10;
const LONGEST_PAUSE_S = 3600;

/** Tries in a row that were wrong, 0 to 128; a full strip, which cannot tell, counts as all of them. */
export function wrongPins(flash: FlashRegion): number {
  const strip = readStrip(flash, PAGE);
  let wrong = 0;
  for (let i = 0; i < MARKS_SIZE; i++) wrong += openIn(strip, i);
  return strip[MARKS_SIZE - 1] === 0 ? 8 * MARKS_SIZE : wrong;
}

/** Seconds before the next PIN is looked at, after so many wrong ones in a row. */
export function pauseAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0;
  return wrong - FREE_TRIES > 8
    ? LONGEST_PAUSE_S
    : Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S << (wrong - FREE_TRIES));
}

/**
 * The PIN was right: settle all marks. Where the strip has little room left, the page is erased instead, and a fresh strip has
 * nothing open; what is in force moves to the first page before that. A power cut in between leaves the marks open.
 */
function settleRight(session: Session): void {
  const tracker = session.tracker;
  const flash = tracker.configuration;
  const strip = readStrip(flash, PAGE);
  let made = 0;
  for (let i = 0; i < MARKS_SIZE; i++) made += bitsIn(~strip[i] & 255);
  if (made < MOST_MARKS) {
    settle(flash, PAGE);
    return;
  }
  const inForce = loadValues(flash, tracker.crypto, 'all');
  if (inForce.page === PAGE && saveValues(flash, tracker.crypto, completed(inForce.values)) === OK)
    recordGeneration(tracker, session.journal, inForce.generation, (inForce.generation + 1) >>> 0, 'console');
  if (loadValues(flash, tracker.crypto, 'none').page !== PAGE) flash.erase(PAGE);
}

/** Look at a PIN. 0 when it is right; else how many were wrong in a row. */
export function tryPin(session: Session, pin: string, right: string): number {
  const flash = session.tracker.configuration;
  mark(flash, PAGE);
  // All of it is compared, so that the time tells nothing.
  let differs = pin.length === right.length ? 0 : 1;
  for (let i = 0; i < right.length; i++) if (pin.charAt(i) !== right.charAt(i)) differs++;
  // Where the strip is full or does not take a mark, a wrong PIN is one all the same.
  if (differs > 0) return Math.max(1, wrongPins(flash));
  settleRight(session);
  return 0;
}
