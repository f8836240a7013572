import { GNSS_BUSY, GNSS_IMPLAUSIBLE, GNSS_NO_FIX, GNSS_SILENT, OK } from '../hal/faults.ts';
import type { Fix, GnssFailure } from '../hal/gnss.ts';
import type { Tracker } from '../hal/tracker.ts';
import { searchS } from './fix-policy.ts';
import type { Journal } from './journal/journal.ts';

function faultOf(failure: GnssFailure | null): number {
  if (failure === 'busy') return GNSS_BUSY;
  if (failure === 'silent') return GNSS_SILENT;
  return failure === 'implausible' ? GNSS_IMPLAUSIBLE : GNSS_NO_FIX;
}

/**
 * Try for a position and record it with its time, or why there is none; `done` gets what was found, null for nothing, and the
 * fault. Where `isVoid` says so by then, the search was broken off, and one that has found nothing is not put down.
 */
export function locateAndAppend(
  tracker: Tracker,
  journal: Journal,
  done: (fix: Fix | null, fault: number) => void,
  isVoid?: () => boolean,
): void {
  const state = journal.state;
  const lastS = state.fixAtS !== null && state.fixFound ? tracker.clock.uptimeS() - state.fixAtS : null;
  tracker.gnss.locate(searchS(state.fixStep, lastS), (failure, fix) => {
    const nowS = tracker.clock.uptimeS();
    const fault = fix === null ? faultOf(failure) : OK;
    if (fix === null) {
      if (isVoid === undefined || !isVoid()) journal.noFix(nowS, fault);
    } else {
      // A date that had to be mended is a guess: the network and the collector have the time too.
      const utcS = fix.rolledOver === true ? null : fix.utcS;
      journal.fix(nowS, fix.latE5, fix.lonE5, fix.satellites, utcS);
    }
    tracker.watchdog.kick();
    done(fix, fault);
  });
}
