/**
 * What has become of the cargo so far, as numbers: docs/cargo.md. They are integers, and a checkpoint in the journal holds
 * all of them, so that it makes no difference how often a journey is taken up again.
 */
import { MEAN_KINETIC, PARTS, type Rule } from './rules.ts';

/**
 *     words  0        identity of the rules * 65536 + power-on count % 65536
 *            1        uptime of the latest reading, s
 *            2        0, or 1 + seconds for which a mask has been on
 *            3 + 3i   seconds * FLAGS + LATEST + a bit for each place outside + RAISED
 *            4 + 3i   K min outside in thousandths; of a window the sum of the open eighth
 *            5 + 3i   worst value, mK beyond the limit
 *            behind   the eighths of a window in pairs, newest first: the older one * 65536 + the newer, 0 for none
 */
export interface Judgement {
  readonly rules: readonly Rule[];
  readonly words: Uint32Array;
  /** Sum of the eighths of a window that are over, and their number; -1: to be added up from the words. */
  overSum: number;
  overCount: number;
}

/** The first of the three words of a rule. */
export const FIRST = 3;
export const RAISED = 1;
/** Of the places, 1 to 7. */
export const OUTSIDE = 0xfe;
/** The latest reading was outside; of a window: had a value. */
export const LATEST = 0x100;
export const FLAGS = 512;

/** Before the first reading. */
export function blankJudgement(rules: readonly Rule[]): Judgement {
  let identity = 0;
  let windows = 0;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i];
    const what = ((identity * 31 + rule.kind) * 31 + rule.places) * 211 + rule.limitMilliC + 100000;
    identity = ((what * 31 + rule.delayS) * 31 + rule.hysteresisMilliK * 7 + rule.graceMilliK) % 65521;
    if (rule.kind & MEAN_KINETIC) windows++;
  }
  const words = new Uint32Array(FIRST + 3 * rules.length + windows * (PARTS / 2));
  words[0] = identity * 65536;
  return { rules, words, overSum: 0, overCount: -1 };
}

/** For the journal: integers from 0 to 2^32 - 1, at most 109 bytes as CBOR (6 rules, one of them with a window). */
export function itemsOf(judgement: Judgement): number[] {
  const items: number[] = [];
  for (let i = 0; i < judgement.words.length; i++) items.push(judgement.words[i]);
  return items;
}

/** Back from the journal; null for the items of other rules. */
export function judgementOf(items: readonly (number | null)[], rules: readonly Rule[]): Judgement | null {
  const judgement = blankJudgement(rules);
  const words = judgement.words;
  const first = items[0];
  if (items.length !== words.length || first === null || first - (first % 65536) !== words[0]) return null;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === null || item < 0) return null;
    words[i] = item;
  }
  return judgement;
}

/**
 * Whether some place is outside and not back yet (where it is silent since, too), and has been for a quarter of what makes an
 * alarm: a machine that is in order swings about its set point, which may be the limit. A window tells nothing of places.
 */
export function isDisturbed(judgement: Judgement): boolean {
  for (let i = 0; i < judgement.rules.length; i++) {
    const word = judgement.words[FIRST + 3 * i];
    if (word & OUTSIDE && 4 * Math.floor(word / FLAGS) >= judgement.rules[i].delayS) return true;
  }
  return false;
}
