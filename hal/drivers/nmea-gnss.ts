/**
 * A GNSS receiver of its own on a UART, which tells NMEA 0183 by itself once it has power: RMC and GGA every second or so.
 * It is switched off between searches; one with a backup supply keeps what a quick fix needs.
 */
import type { Clock } from '../clock.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';
import type { ModemUart } from '../modem-uart.ts';
import { NmeaFixes } from '../nmea/fixes.ts';
import { EARLIEST_UTC_S } from '../utc.ts';

export interface NmeaWiring {
  /** The receiver's supply; false when it could not be switched. */
  power(on: boolean): boolean;
}

export function nmeaGnss(uart: ModemUart, clock: Clock, wiring: NmeaWiring): Gnss {
  /** Ends the search that is under way with what it has found. */
  let finishSearch: (() => void) | null = null;
  /** What the search has come to. */
  let failure: GnssFailure | null = null;
  let fix: Fix | null = null;
  /** Positions of this search that were believed. */
  let believed = 0;

  const fixes = new NmeaFixes(
    EARLIEST_UTC_S,
    (found) => {
      // A single one may be the last position of long ago; the next moment shows whether the receiver's time moves.
      if (++believed !== 2 || finishSearch === null) return;
      fix = found;
      failure = null;
      // Not from here, as the stack of a data event is short.
      clock.after(0, finishSearch);
    },
    (problem) => {
      if (problem === 'implausible' && fix === null) failure = 'implausible';
    },
  );

  function locate(deadlineS: number, done: (failure: GnssFailure | null, fix: Fix | null) => void): void {
    if (finishSearch !== null) {
      clock.after(0, () => {
        done('busy', null);
      });
      return;
    }
    failure = 'silent';
    fix = null;
    believed = 0;
    fixes.reset();

    function finish(): void {
      if (finishSearch !== finish) return;
      finishSearch = null;
      clock.cancel(limit);
      uart.close();
      wiring.power(false);
      if (failure === 'silent' && fixes.heard > 0) failure = 'no-fix';
      done(failure, fix);
    }

    finishSearch = finish;
    const limit = clock.after(wiring.power(true) ? deadlineS * 1000 : 0, finish);
    uart.open((bytes) => {
      fixes.push(bytes);
    });
  }

  return {
    locate,
    release: (done) => {
      if (finishSearch !== null) finishSearch();
      clock.after(0, done);
    },
  };
}
