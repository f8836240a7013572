import type { Bundle } from './bundle.ts';

/** Where a rule is broken: the offset of its first character. An acorn node has one. */
export interface Place {
  readonly start: number;
}

/**
 * Tells the engine of one place. `subject` names what stands there and comes before the rule's reason;
 * `instead` replaces the rule's own advice where the subject has a better one.
 */
export type Report = (place: Place, subject?: string, instead?: string) => void;

/** One thing that Espruino on the ESP32 does not take, or takes and does differently from Node. */
export interface Rule {
  /** Kebab case; unique. */
  readonly id: string;
  /** What the device does with it. */
  readonly reason: string;
  /** What to write instead. */
  readonly instead: string;
  readonly check: (bundle: Bundle, report: Report) => void;
}
