/**
 * Everything that the tracker knows about its past. It is rebuilt from the newest block at every boot, so each field
 * stands in KEY or follows from the records behind it.
 */
export interface JournalState {
  /** Seq of the next record. */
  nextSeq: number;
  /** Times that power was applied, from 1. */
  powerOn: number;
  /** Uptime of the last reading, seconds; the interval before the first one. */
  rowClockS: number;
  /** Seconds between readings. */
  intervalS: number;
  /** Every record below this seq is held by the collector. */
  acked: number;
  /** Uptime at which the last uplink session began, null when none since power-on. */
  uplinkAtS: number | null;
  /** Uplink sessions failed in a row, or the step of the back-off that the network policy has set since. */
  failures: number;
  /** Uptime of the last attempt at a position, null when none since power-on. */
  fixAtS: number | null;
}

export function blankState(intervalS: number): JournalState {
  return {
    nextSeq: 0,
    powerOn: 0,
    rowClockS: 0,
    intervalS,
    acked: 0,
    uplinkAtS: null,
    failures: 0,
    fixAtS: null,
  };
}
