import type { Alarm, Clock } from '../clock.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';

export interface MockGnss extends Gnss {
  /** What a search finds, and after how long. */
  fix: Fix | null;
  fixAfterS: number;
  /** What a search that finds nothing ends with. */
  failure: GnssFailure;
  searches: number;
  releases: number;
}

const STOP_MS = 500;

/** 2026-11-21T12:00:00Z, on the line between Lang Son and Dong Dang. */
const FIX: Fix = { latE5: 2190000, lonE5: 10670000, utcS: 1795262400, satellites: 9 };

export function mockGnss(clock: Clock): MockGnss {
  let finish: ((failure: GnssFailure | null, fix: Fix | null) => void) | undefined;
  let alarm: Alarm = -1;

  const mock: MockGnss = {
    fix: FIX,
    fixAfterS: 30,
    failure: 'no-fix',
    searches: 0,
    releases: 0,
    locate: (deadlineS, done) => {
      if (finish !== undefined) {
        clock.after(0, () => done('busy', null));
        return;
      }
      mock.searches++;
      finish = (failure, fix) => {
        finish = undefined;
        clock.cancel(alarm);
        done(failure, fix);
      };
      alarm = clock.after(Math.min(mock.fixAfterS, deadlineS) * 1000, () => {
        const found = mock.fixAfterS <= deadlineS ? mock.fix : null;
        finish?.(found === null ? mock.failure : null, found);
      });
    },
    release: (done) => {
      mock.releases++;
      finish?.(mock.failure, null);
      clock.after(STOP_MS, done);
    },
  };
  return mock;
}
