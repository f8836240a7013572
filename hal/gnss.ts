/**
 * A satellite receiver.
 *
 * Contract:
 * - `locate` calls `done` exactly once and never from inside itself, within `deadlineS` plus 20 s for the receiver's own
 *   start and stop.
 * - A fix is given only when the receiver says that it is valid, its position is inside the plausibility box of the
 *   corridor's continents (0..65 N, 15 W..140 E), it is not the last one told again, and nobody had to go faster than
 *   160 km/h from there.
 * - Its time is given only when it is not before the build, after 1024 weeks were added to it if need be.
 * - The receiver may stay powered after `locate`, for whoever uses the same chip next; `release` ends that and a search
 *   that is under way, and calls `done` exactly once within 40 s, whatever state things are in. It leaves the chip alone
 *   while its other client has it.
 * - `busy`: a search is under way, or the radio is in use by the other client of the same chip.
 */
export type GnssFailure = 'no-fix' | 'busy' | 'silent' | 'implausible';

export interface Fix {
  /** 1e-5 degrees, north and east positive. */
  readonly latE5: number;
  readonly lonE5: number;
  /** Seconds since 1970, UTC, or null when the receiver has a position but no trustworthy date. */
  readonly utcS: number | null;
  readonly satellites: number;
  /** The receiver's week counter has rolled over: `utcS` is 1024 weeks later than it said, and sets no clock. Absent otherwise. */
  readonly rolledOver?: true;
}

export interface Gnss {
  locate(deadlineS: number, done: (failure: GnssFailure | null, fix: Fix | null) => void): void;
  release(done: () => void): void;
}
