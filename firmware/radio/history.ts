/**
 * What the network policy remembers from one session to the next. It stands in the journal as a RADIO record behind each
 * SESSION, in this order: docs/journal.md.
 */
export interface RadioHistory {
  /**
   * Step of the back-off, from which the pause follows: 0 after a session that delivered, 1 to 9 after as many failures
   * in a row (9: or more), `DENIED` to 13 after every network has refused the SIM.
   */
  step: number;
  /** Technology of the last registration (hal/link.ts), 0 for none yet. */
  technology: number;
  /** Its network, MCC and MNC as the digits of a number; 0 for none yet. */
  network: number;
  /** Its signal, dBm; 0 unknown. */
  rssiDbm: number;
  /** Tells SIMs apart; 0 unknown. */
  sim: number;
  /** Uptime in hours up to which the day's allowances are reckoned: an hour gives back a share of what was used. */
  dayH: number;
  /** Seconds of searching that are used of the day's allowance. */
  searchedS: number;
  /** Kilobytes over the stream that are used of the day's allowance. */
  sentKb: number;
  /** Where the last session was tried, 0.01 degrees; null unknown. */
  latE2: number | null;
  lonE2: number | null;
  /** Uptime in hours at which the present country first refused data to the SIM; null when it has not. */
  barredH: number | null;
  /** Rung of the recovery ladder at which the next session begins. */
  rung: number;
  /** Generation of the configuration whose PIN this SIM has refused, plus 1: it must not be tried again. 0 for none. */
  pinRefused: number;
}

/** Every network has refused the SIM. Four steps in turn, at 6 h each, so that the first of them comes once a day. */
export const DENIED = 10;
export const LAST_DENIED = 13;

export const BLANK_HISTORY: RadioHistory = {
  step: 0,
  technology: 0,
  network: 0,
  rssiDbm: 0,
  sim: 0,
  dayH: 0,
  searchedS: 0,
  sentKb: 0,
  latE2: null,
  lonE2: null,
  barredH: null,
  rung: 0,
  pinRefused: 0,
};
