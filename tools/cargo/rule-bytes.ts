import {
  AT_LIMIT,
  BELOW,
  CUMULATIVE,
  LIMIT_BIAS,
  MEAN_KINETIC,
  RULE_BYTES,
  RULES_VERSION,
  type Rule,
} from '../../firmware/judge/rules.ts';
import { type HarmRule, PLACES } from './profile.ts';

const KINDS = { event: 0, total: CUMULATIVE, 'mean-kinetic': MEAN_KINETIC };

/** A rule as the device judges by it. */
export function deviceRule(rule: HarmRule): Rule {
  return {
    kind: KINDS[rule.judge] + (rule.side === 'below' ? BELOW : 0) + (rule.limitCounts ? AT_LIMIT : 0),
    places: rule.places.reduce((bits, place) => bits | (1 << PLACES[place]), 0),
    limitMilliC: rule.limitMilliC,
    delayS: rule.seconds,
    hysteresisMilliK: rule.hysteresisMilliK,
    graceMilliK: rule.graceMilliK,
  };
}

/** Rules as they stand in the configuration, which firmware/judge/rules.ts describes. */
export function bytesOf(rules: readonly Rule[]): Uint8Array {
  const bytes = Buffer.alloc(1 + RULE_BYTES * rules.length);
  bytes.writeUInt8(RULES_VERSION);
  rules.forEach((rule, index) => {
    const at = 1 + RULE_BYTES * index;
    bytes.writeUInt8(rule.kind, at);
    bytes.writeUInt8(rule.places, at + 1);
    bytes.writeUIntBE(rule.limitMilliC + LIMIT_BIAS, at + 2, 3);
    bytes.writeUIntBE(rule.delayS, at + 5, 3);
    bytes.writeUInt16BE(rule.hysteresisMilliK, at + 8);
    bytes.writeUInt16BE(rule.graceMilliK, at + 10);
  });
  return new Uint8Array(bytes);
}
