import { AMBIENT, RETURN } from '../../hal/probe.ts';
import type { Alarm } from './alarm.ts';
import { FIRST, FLAGS, type Judgement, LATEST, OUTSIDE, RAISED } from './judgement.ts';
import { AT_LIMIT, BELOW, CUMULATIVE, MEAN_KINETIC } from './rules.ts';
import { judgeMean } from './window.ts';

export interface Reading {
  /** Times that power was applied: uptimes compare within one of them only. */
  readonly powerOn: number;
  readonly uptimeS: number;
  /** By place (rules.ts), null for no value; index 0 is nothing. May end before the last place. */
  readonly tempsMilliC: readonly (number | null)[];
  /** A defrost or an open door is known or inferred. */
  readonly masked: boolean;
}

/** Beyond every limit. */
const NOWHERE_MILLI_C = 1000000;

const LONGEST_STEP_S = 3600;
const LONGEST_MASK_S = 3600;
const MOST_SECONDS = 8388607;
const MOST_KELVIN_MINUTES = 4294967295;
const MOST_BEYOND_MILLI_K = 65535;

/** Judge a rule of single events or of their sum: first what each of its places says, then by the worst of them. */
function judgeEvent(
  judgement: Judgement,
  index: number,
  temps: Reading['tempsMilliC'],
  stepS: number,
  isMasked: boolean,
  report: (alarm: Alarm) => void,
): void {
  const rule = judgement.rules[index];
  const words = judgement.words;
  const at = FIRST + 3 * index;
  const kind = rule.kind;
  const sign = kind & BELOW ? -1 : 1;
  // Beyond is from 1 mK on, also where the limit itself is outside.
  const atLimit = kind & AT_LIMIT ? 1 : 0;
  const back = Math.min(0, atLimit - rule.hysteresisMilliK);
  const before = words[at] & RAISED;
  const latest = words[at] & LATEST;
  let seconds = Math.floor(words[at] / FLAGS);
  let outside = (words[at] % LATEST) - before;
  let place = 0;
  let worst = 0;
  for (let i = 1; i < temps.length; i++) {
    const bit = 1 << i;
    const temp = temps[i];
    if (temp === null || !(rule.places & bit)) continue;
    const beyond = (temp - rule.limitMilliC) * sign + atLimit;
    const judged = isMasked && i === RETURN ? beyond - rule.graceMilliK : beyond;
    if (judged > 0) outside |= bit;
    else if (beyond <= back) outside &= ~bit;
    if (place === 0 || judged > worst) {
      place = i;
      worst = judged;
    }
  }
  if (place === 0) {
    words[at] -= latest;
    return;
  }
  const valueMilliC = temps[place] as number;

  if (worst > 0) {
    if (latest) {
      seconds = Math.min(seconds + stepS, MOST_SECONDS);
      const kelvinMinutes = words[at + 1] + Math.round(((worst - atLimit) * stepS) / 60);
      words[at + 1] = Math.min(kelvinMinutes, MOST_KELVIN_MINUTES);
    }
    const beyond = Math.min((valueMilliC - rule.limitMilliC) * sign, MOST_BEYOND_MILLI_K);
    words[at + 2] = Math.max(words[at + 2], beyond);
  }
  const isOver = outside === 0 && !(kind & CUMULATIVE);
  const raised = isOver ? 0 : worst > 0 && seconds >= rule.delayS ? RAISED : before;
  if (raised !== before)
    report({
      rule: index,
      kind,
      raised: raised > 0,
      place,
      valueMilliC,
      limitMilliC: valueMilliC - (worst - atLimit) * sign,
      seconds,
      degreeMinutes: Math.round(words[at + 1] / 1000),
      extremeMilliC: rule.limitMilliC + words[at + 2] * sign,
    });
  if (isOver) {
    seconds = 0;
    words[at + 1] = 0;
    words[at + 2] = 0;
  }
  words[at] = seconds * FLAGS + (worst > 0 ? LATEST : 0) + outside + raised;
}

/**
 * Take the next reading into account, and report each rule that is broken by it or not any more. Time counts from one
 * reading to the next, at most an hour of it, where a rule finds both outside; over a power-on, or a clock that goes back,
 * none does. What is missing neither counts nor ends an event.
 */
export function step(judgement: Judgement, reading: Reading, report: (alarm: Alarm) => void): void {
  const words = judgement.words;
  const powerOn = reading.powerOn % 65536;
  const passedS = words[0] % 65536 === powerOn ? reading.uptimeS - words[1] : 0;
  const stepS = Math.max(0, Math.min(passedS, LONGEST_STEP_S));
  words[0] += powerOn - (words[0] % 65536);
  words[1] = reading.uptimeS;
  const maskS = words[2];
  words[2] = !reading.masked ? 0 : maskS === 0 ? 1 : Math.min(maskS + stepS, LONGEST_MASK_S + 1);
  const isMasked = words[2] > 0 && words[2] <= LONGEST_MASK_S;
  const temps = reading.tempsMilliC;
  let hottest = -NOWHERE_MILLI_C;
  let coldest = NOWHERE_MILLI_C;
  for (let i = 1; i < temps.length; i++) {
    const temp = temps[i];
    if (temp === null || i === AMBIENT) continue;
    if (temp > hottest) hottest = temp;
    if (temp < coldest) coldest = temp;
  }
  for (let i = 0; i < judgement.rules.length; i++) {
    const rule = judgement.rules[i];
    if (rule.kind & MEAN_KINETIC) {
      judgeMean(judgement, i, temps, stepS, report);
      continue;
    }
    // Nearly all readings are within nearly all rules.
    if (
      (words[FIRST + 3 * i] & OUTSIDE) === 0 &&
      (rule.kind & BELOW ? coldest > rule.limitMilliC : hottest < rule.limitMilliC) &&
      !(rule.places & (1 << AMBIENT))
    )
      continue;
    judgeEvent(judgement, i, temps, stepS, isMasked, report);
  }
}
