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
  function locate(deadlineS: number, done: (failure: GnssFailure | null, fix: Fix | null) => void): void {
    function finish(failure: GnssFailure | null, fix: Fix | null): void {
      channel.command('AT+CGNSPWR=0', 5000, () => {
        wiring.antenna(false);
        done(failure, fix);
      });
    }

    function poll(untilS: number, worst: GnssFailure): void {
      channel.command('AT+CGNSINF', 2000, (result, lines) => {
        const found = result === 'ok' && lines.length > 0 ? fixIn(lines[0]) : null;
        if (found !== null && typeof found !== 'string') {
          finish(null, found);
        } else if (clock.uptimeS() >= untilS) {
          finish(found === null ? worst : found, null);
        } else {
          clock.after(POLL_MS, () => {
            poll(untilS, found === null ? worst : found);
          });
        }
      });
    }

    power.on((fault) => {
      if (fault !== OK) {
        done('silent', null);
        return;
      }
      wiring.antenna(true);
      channel.command('AT+CGNSPWR=1', 5000, (result) => {
        if (result === 'ok') poll(clock.uptimeS() + deadlineS, 'no-fix');
        else finish(result === 'error' ? 'busy' : 'silent', null);
      });
    });
  }

  return {
    locate,
    release: (done) => {
      power.off(done);
    },
  };
}
