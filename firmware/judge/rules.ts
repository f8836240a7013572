/** What the cargo must not see, as rules: in the configuration a string of bytes, which tools/cargo makes of a profile. */
import { getBigEndian } from '../cbor.ts';

/** Bits of a rule's kind. Without BELOW the outside is above the limit, without the next two a single event is judged. */
export const BELOW = 1;
/** Seconds outside are added up over the whole journey. */
export const CUMULATIVE = 2;
/** The mean kinetic temperature over a window is judged; never with BELOW or CUMULATIVE. */
export const MEAN_KINETIC = 4;
/** The limit itself is outside, as in WHO's ">= 45 C"; without, it is inside, as in the law's "at most +7 C". */
export const AT_LIMIT = 8;

export interface Rule {
  readonly kind: number;
  /** Bit 1 << place for each of its places (hal/probe.ts). */
  readonly places: number;
  /** Thousandths of a degree Celsius, -100000 to 100000. */
  readonly limitMilliC: number;
  /** Seconds outside that make an alarm, 0 (at once) to 30 days. MEAN_KINETIC: the window, 8 hours to 30 days. */
  readonly delayS: number;
  /** An event ends when every place is inside by this much, thousandths of a kelvin up to 65535. */
  readonly hysteresisMilliK: number;
  /** A mask moves the limit of the return air outwards by this much, thousandths of a kelvin up to 65535. */
  readonly graceMilliK: number;
}

export const MOST_RULES = 6;
export const RULES_VERSION = 1;
export const RULE_BYTES = 12;
/** Added to limits, which then are not negative in three bytes. */
export const LIMIT_BIAS = 0x800000;
export const LONGEST_DELAY_S = 2592000;
/** A window is kept in eighths, and no step may be longer than one. */
export const PARTS = 8;
const SHORTEST_WINDOW_S = 28800;

/**
 * The rules in bytes of the configuration, big-endian; none when a byte of them is not as it should be.
 *
 *     version 01 | kind 1 | places 1 | limit + 800000h 3 | delay 3 | hysteresis 2 | grace 2 | next rule ... up to 6
 *
 * At most one rule is of MEAN_KINETIC, and its window a multiple of eight seconds.
 */
export function rulesOf(bytes: Uint8Array | null): Rule[] {
  const rules: Rule[] = [];
  if (bytes === null || bytes[0] !== RULES_VERSION || bytes.length % RULE_BYTES !== 1) return rules;
  if (bytes.length > 1 + MOST_RULES * RULE_BYTES) return rules;
  let means = 0;
  for (let at = 1; at < bytes.length; at += RULE_BYTES) {
    const kind = bytes[at];
    const places = bytes[at + 1];
    const limitMilliC = getBigEndian(bytes, at + 2, 3) - LIMIT_BIAS;
    const delayS = getBigEndian(bytes, at + 5, 3);
    let isGood = kind < 16 && places > 1 && places % 2 === 0 && delayS <= LONGEST_DELAY_S;
    if (limitMilliC < -100000 || limitMilliC > 100000) isGood = false;
    if (kind & MEAN_KINETIC) {
      means++;
      if (means > 1 || kind & (BELOW | CUMULATIVE)) isGood = false;
      if (delayS < SHORTEST_WINDOW_S || delayS % PARTS !== 0) isGood = false;
    }
    if (!isGood) return [];
    rules.push({
      kind,
      places,
      limitMilliC,
      delayS,
      hysteresisMilliK: getBigEndian(bytes, at + 8, 2),
      graceMilliK: getBigEndian(bytes, at + 10, 2),
    });
  }
  return rules;
}
