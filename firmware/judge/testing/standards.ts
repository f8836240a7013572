import { RETURN, SUPPLY } from '../../../hal/probe.ts';
import { AT_LIMIT, BELOW, CUMULATIVE, MEAN_KINETIC, type Rule } from '../rules.ts';

export const PROBE_1 = 4;
const HOUR = 3600;
const DAY = 24 * HOUR;

export const rule = (kind: number, limitC: number, delayS: number, more: Partial<Rule> = {}): Rule => ({
  kind,
  places: 1 << PROBE_1,
  limitMilliC: limitC * 1000,
  delayS,
  hysteresisMilliK: 500,
  graceMilliK: 0,
  ...more,
});

/** WHO shipping alarms type II: >= 45 C for 1 h at a time; >= 30 C for 10 h and >= 10 C for 20 h in all. */
export const WHO_II = [
  rule(AT_LIMIT, 45, HOUR),
  rule(AT_LIMIT + CUMULATIVE, 30, 10 * HOUR),
  rule(AT_LIMIT + CUMULATIVE, 10, 20 * HOUR),
];

/** ATP Annex 2: at most -18 C, and for a short time, as in a defrost, 3 K more. Here the short time is 30 min. */
export const ATP_FROZEN = [
  rule(0, -18, HOUR / 2, { places: (1 << RETURN) | (1 << PROBE_1), graceMilliK: 3000 }),
];

/** USP <659>: 15 to 30 C, spikes to 40 C of less than 24 h where the mean kinetic temperature of 30 days is at most 25 C. */
export const USP_ROOM = [
  rule(0, 40, 0),
  rule(0, 30, DAY),
  rule(BELOW, 15, 0),
  rule(MEAN_KINETIC, 25, 30 * DAY, { hysteresisMilliK: 200 }),
];

/** WHO type I and the freeze alarm of many products: <= -0.5 C for 1 h at a time. */
export const FREEZE = [rule(BELOW + AT_LIMIT, -0.5, HOUR, { places: (1 << SUPPLY) | (1 << PROBE_1) })];
