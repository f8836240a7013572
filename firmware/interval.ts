/**
 * How often a reading is taken. The limits are configured to the EN 12830 interval table: in transport, by the planned
 * length of the trip, at least every 5 min below 24 h, 15 min from 1 to 7 days, and 60 min above.
 */

const SHORT_TRIP_H = 24;
const LONG_TRIP_H = 168;
const SHORT_TRIP_INTERVAL_S = 300;
const TRIP_INTERVAL_S = 900;
const LONG_TRIP_INTERVAL_S = 3600;
/** Whatever the trip: who is called to a warm container wants to see what it does now. */
const ALARM_INTERVAL_S = 900;

/** The longest interval of the table, s, for a trip planned to take so many hours; 0: none is planned. */
export function longestIntervalS(tripHours: number): number {
  if (!(tripHours > 0) || tripHours > LONG_TRIP_H) return LONG_TRIP_INTERVAL_S;
  return tripHours < SHORT_TRIP_H ? SHORT_TRIP_INTERVAL_S : TRIP_INTERVAL_S;
}

/** Whether the table refuses a configured interval, which must then be said. */
export function isRefused(configuredS: number, tripHours: number): boolean {
  return !(configuredS > 0 && configuredS <= longestIntervalS(tripHours));
}

/** The configured interval, or the table's where that is refused. */
export function allowedIntervalS(configuredS: number, tripHours: number): number {
  return isRefused(configuredS, tripHours) ? longestIntervalS(tripHours) : configuredS;
}

/** What the interval in force depends on. */
export interface Circumstances {
  /** Seconds between readings as configured. */
  readonly configuredS: number;
  /** Planned length of the trip; 0: not planned. */
  readonly tripHours: number;
  /** Seconds between readings while something is wrong; 0: none configured. */
  readonly excursionS: number;
  /** Something is wrong: an excursion, an open door, an alarm. */
  readonly disturbed: boolean;
  /** Of the power ladder, 0 to 3. */
  readonly level: number;
}

/**
 * Seconds between readings now. While something is wrong they come as in an excursion, every 15 min at least, and a weak
 * battery changes nothing about that: it is what the tracker is there for. Else, near brown-out, as seldom as the table allows.
 */
export function intervalFor(now: Circumstances): number {
  const allowedS = allowedIntervalS(now.configuredS, now.tripHours);
  if (now.disturbed) {
    const disturbedS = Math.min(allowedS, ALARM_INTERVAL_S);
    return now.excursionS > 0 ? Math.min(now.excursionS, disturbedS) : disturbedS;
  }
  return now.level >= 3 ? longestIntervalS(now.tripHours) : allowedS;
}
