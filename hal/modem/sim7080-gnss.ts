import type { Clock } from '../clock.ts';
import { scaledDecimal } from '../decimal.ts';
import { OK } from '../faults.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';
import { parseUtc } from '../utc.ts';
import type { AtChannel } from './at-channel.ts';
import type { ModemPower, ModemWiring } from './sim7080-power.ts';
import {
  GNSS_FIX_STATUS,
  GNSS_LATITUDE,
  GNSS_LONGITUDE,
  GNSS_SATELLITES,
  GNSS_UTC,
} from './sim7080-profile.ts';

const POLL_MS = 2000;
/** What a search may take beyond its deadline. */
const START_AND_STOP_S = 18;

/** The corridor's continents; anything else is junk that the receiver shows before it has a fix. */
const SOUTH = 0;
const NORTH = 6500000;
const WEST = -1500000;
const EAST = 14000000;

/** The fix in a +CGNSINF line: null while there is none, or the failure when it cannot be believed. */
export function fixIn(line: string): Fix | GnssFailure | null {
  const fields = line.substr('+CGNSINF: '.length).split(',');
  // While searching, the status may be empty and the position left over from somewhere else.
  if (fields.length <= GNSS_SATELLITES || fields[GNSS_FIX_STATUS] !== '1') return null;
  const latE5 = scaledDecimal(fields[GNSS_LATITUDE], 5);
  const lonE5 = scaledDecimal(fields[GNSS_LONGITUDE], 5);
  if (isNaN(latE5) || isNaN(lonE5)) return null;
  if (latE5 < SOUTH || latE5 > NORTH || lonE5 < WEST || lonE5 > EAST) return 'implausible';
  return {
    latE5,
    lonE5,
    // yyyyMMddhhmmss.sss; a date like 1980 comes with a usable position.
    utcS: fields[GNSS_UTC].startsWith('20') ? parseUtc(fields[GNSS_UTC].substr(2), 2) : null,
    satellites: parseInt(fields[GNSS_SATELLITES], 10) || 0,
  };
}

/** The SIM7080's own receiver. It shares its radio with LTE: locate first, then connect. */
export function sim7080Gnss(channel: AtChannel, clock: Clock, power: ModemPower, wiring: ModemWiring): Gnss {
  /** Ends the search that is under way with what it has found. */
  let finishSearch: (() => void) | null = null;

  function locate(deadlineS: number, done: (failure: GnssFailure | null, fix: Fix | null) => void): void {
    if (!power.take('gnss')) {
      clock.after(0, () => {
        done('busy', null);
      });
      return;
    }
    let failure: GnssFailure | null = 'silent';
    let fix: Fix | null = null;
    let limit = -1;

    function finish(): void {
      if (finishSearch !== finish) return;
      finishSearch = null;
      clock.cancel(limit);
      channel.abandon();
      wiring.antenna(false);
      power.give();
      // Whoever uses the modem next finds it off, asks it, and as a last step cycles its supply.
      if (failure === 'silent') power.cut();
      done(failure, fix);
    }

    function stop(): void {
      channel.command('AT+CGNSPWR=0', 5000, finish);
    }

    function judge(found: Fix | GnssFailure | null): void {
      if (found !== null && typeof found !== 'string') {
        fix = found;
        failure = null;
      } else if (found !== null) {
        failure = found;
      } else if (failure === 'silent') {
        failure = 'no-fix';
      }
    }

    function poll(untilS: number): void {
      channel.command('AT+CGNSINF', 2000, (result, lines) => {
        if (result === 'timeout') failure = 'silent';
        else judge(lines.length > 0 ? fixIn(lines[0]) : null);
        if (fix !== null || clock.uptimeS() >= untilS) {
          stop();
          return;
        }
        clock.after(POLL_MS, () => {
          if (finishSearch === finish) poll(untilS);
        });
      });
    }

    finishSearch = finish;
    limit = clock.after((deadlineS + START_AND_STOP_S) * 1000, finish);
    power.on((fault) => {
      if (fault !== OK) {
        finish();
        return;
      }
      wiring.antenna(true);
      channel.command('AT+CGNSPWR=1', 5000, (result) => {
        if (result === 'ok') {
          poll(clock.uptimeS() + deadlineS);
        } else {
          if (result === 'error') failure = 'busy';
          stop();
        }
      });
    });
  }

  return {
    locate,
    release: (done) => {
      if (finishSearch !== null) finishSearch();
      power.off('gnss', done);
    },
  };
}
