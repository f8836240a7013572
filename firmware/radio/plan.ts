import type { Search } from '../../hal/link.ts';

/** What there is to decide on, besides the history. */
export interface Situation {
  readonly nowS: number;
  /** What the modem can do, the most economical first (hal/link.ts). */
  readonly technologies: readonly number[];
  /** Null unknown. */
  readonly batteryMillivolts: number | null;
  /** Something has happened that must not wait. */
  readonly alarm: boolean;
  /** Generation of the configuration in force: a PIN that was refused may have been corrected since. */
  readonly generation: number;
  /** Position found in this wake, 1e-5 degrees; null for none. */
  readonly latE5: number | null;
  readonly lonE5: number | null;
}

/** How a session is to go about finding a network. */
export interface SessionPlan {
  /** OK, or the fault that says why there is to be no session now. */
  readonly heldBack: number;
  readonly searches: readonly Search[];
  readonly clearForbidden: boolean;
  readonly rung: number;
  /** Kilobytes that the session may send. */
  readonly mostKb: number;
}
