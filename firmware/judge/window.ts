import type { Alarm } from './alarm.ts';
import { FIRST, FLAGS, type Judgement, LATEST, RAISED } from './judgement.ts';
import { decayRate, tempOfRate } from './mkt.ts';
import { AT_LIMIT, PARTS } from './rules.ts';

/**
 * Rates of decay are in thousandths of that at the limit in the eighths of a window that are over, and in 200ths of it
 * times seconds in the open one: an eighth of 30 days at the most of both fits 32 bits.
 */
const RATE_STEPS = 1000;
const SUM_STEPS = 200;
const TO_RATE_STEPS = 5;
const MOST_RATE_STEPS = 65535;
/** A mean rate below this is that of a temperature inside, however it is rounded. */
const SURELY_INSIDE = 0.999;

/** Mean rate of an eighth that is over, 0 the newest; 0 for none. */
function eighth(words: Uint32Array, pairs: number, index: number): number {
  const pair = words[pairs + (index >> 1)];
  return index % 2 === 0 ? pair % 65536 : Math.floor(pair / 65536);
}

/**
 * Judge the mean over a rule's window. A reading stands for the `stepS` seconds before it, by the hottest place of the rule.
 * The window is of measured time: what passes without readings neither cools nor warms it.
 */
export function judgeMean(
  judgement: Judgement,
  index: number,
  tempsMilliC: readonly (number | null)[],
  stepS: number,
  report: (alarm: Alarm) => void,
): void {
  const rule = judgement.rules[index];
  const words = judgement.words;
  const at = FIRST + 3 * index;
  const limitMilliC = rule.limitMilliC;
  let place = 0;
  let hottestMilliC = 0;
  for (let i = 1; i < tempsMilliC.length; i++) {
    const temp = tempsMilliC[i];
    if (temp === null || !(rule.places & (1 << i))) continue;
    if (place === 0 || temp > hottestMilliC) {
      place = i;
      hottestMilliC = temp;
    }
  }
  const state = words[at];
  if (place === 0) {
    words[at] = state - (state & LATEST);
    return;
  }
  const pairs = words.length - PARTS / 2;
  const partS = rule.delayS / PARTS;
  const before = state & RAISED;
  let openS = Math.floor(state / FLAGS);
  let open = words[at + 1];
  if (stepS > 0 && state & LATEST) {
    const rate = SUM_STEPS * Math.min(decayRate(hottestMilliC, limitMilliC), MOST_RATE_STEPS / RATE_STEPS);
    const overS = Math.max(0, openS + stepS - partS);
    open += Math.round(rate * (stepS - overS));
    openS += stepS - overS;
    if (openS === partS) {
      for (let i = PARTS / 2 - 1; i > 0; i--)
        words[pairs + i] = (words[pairs + i] % 65536) * 65536 + Math.floor(words[pairs + i - 1] / 65536);
      // Never 0, which is none.
      const mean = Math.min(Math.max(1, Math.round((open * TO_RATE_STEPS) / partS)), MOST_RATE_STEPS);
      words[pairs] = (words[pairs] % 65536) * 65536 + mean;
      judgement.overCount = -1;
      open = Math.round(rate * overS);
      openS = overS;
    }
  }
  words[at] = openS * FLAGS + LATEST + before;
  words[at + 1] = open;

  if (judgement.overCount < 0) {
    judgement.overCount = 0;
    judgement.overSum = 0;
    for (let i = 0; i < PARTS; i++) {
      const mean = eighth(words, pairs, i);
      judgement.overSum += mean;
      if (mean > 0) judgement.overCount++;
    }
  }
  const count = judgement.overCount;
  if (count === 0) return;
  let sum = open * TO_RATE_STEPS + judgement.overSum * partS;
  let weightS = openS + count * partS;
  if (count === PARTS) {
    // What has come into the open eighth has gone out of the oldest one.
    sum -= eighth(words, pairs, PARTS - 1) * openS;
    weightS = rule.delayS;
  }
  const mean = sum / weightS / RATE_STEPS;
  if (mean < SURELY_INSIDE && before === 0) return;
  const valueMilliC = Math.round(tempOfRate(mean, limitMilliC));
  const beyond = valueMilliC - limitMilliC + (rule.kind & AT_LIMIT ? 1 : 0);
  const raised = beyond > 0 || (before > 0 && valueMilliC > limitMilliC - rule.hysteresisMilliK);
  if (raised === before > 0) return;
  words[at] += raised ? RAISED : -RAISED;
  let hottest = openS > 0 ? (open * TO_RATE_STEPS) / openS : 0;
  for (let i = 0; i < count; i++) hottest = Math.max(hottest, eighth(words, pairs, i));
  report({
    rule: index,
    kind: rule.kind,
    raised,
    place,
    valueMilliC,
    limitMilliC,
    seconds: weightS,
    degreeMinutes: Math.round((Math.max(0, valueMilliC - limitMilliC) * weightS) / 60000),
    extremeMilliC: Math.round(tempOfRate(hottest / RATE_STEPS, limitMilliC)),
  });
}
