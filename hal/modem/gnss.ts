import { OK } from '../faults.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';
import { against } from '../nmea/fix-rule.ts';
import type { ModemPower } from './power.ts';
import type { GnssProfile } from './profile.ts';

const POLL_MS = 2000;
/** What a search may take beyond its deadline. */
const START_AND_STOP_S = 18;
const STOP_S = 6;

/** A modem's own receiver. Where it shares its radio with the data connection: locate first, then connect. */
export function modemGnss(power: ModemPower, profile: GnssProfile): Gnss {
  const channel = power.channel;
  const clock = power.clock;
  /** Ends the search that is under way with what it has found. */
  let finishSearch: (() => void) | null = null;
  /** The position that the next one is measured by, and when it was told. */
  let before: Fix | null = null;
  let beforeS = 0;

  function locate(deadlineS: number, done: (failure: GnssFailure | null, fix: Fix | null) => void): void {
    if (!power.take('gnss')) {
      clock.after(0, () => {
        done('busy', null);
      });
      return;
    }
    const startS = clock.uptimeS();
    let failure: GnssFailure | null = 'silent';
    let fix: Fix | null = null;
    let limit = -1;
    let isOn = false;

    function finish(): void {
      if (finishSearch !== finish) return;
      finishSearch = null;
      clock.cancel(limit);
      power.abandon();
      power.wiring.antenna(false);
      power.give();
      // A receiver that is left on has the radio for itself, and a modem that is silent is of no use to anybody.
      if (failure !== 'silent' && !isOn) {
        done(failure, fix);
        return;
      }
      if (power.state !== 'off' && power.state !== 'falling') power.cut();
      power.off('gnss', () => {
        done(failure, fix);
      });
    }

    /** Send these one after another; `then` gets the last result. */
    function each(commands: readonly string[], index: number, then: (result: string) => void): void {
      channel.command(commands[index], 5000, (result) => {
        if (index + 1 < commands.length) each(commands, index + 1, then);
        else then(result);
      });
    }

    function stop(): void {
      each(profile.off, 0, () => {
        isOn = false;
        finish();
      });
    }

    function judge(found: Fix | GnssFailure | null): void {
      if (found !== null && typeof found !== 'string') {
        const nowS = clock.uptimeS();
        const problem = before === null ? null : against(found, before, nowS - beforeS);
        before = found;
        beforeS = nowS;
        if (problem === null) {
          fix = found;
          failure = null;
        } else if (problem === 'implausible' || failure === 'silent') {
          failure = problem === 'stale' ? 'no-fix' : problem;
        }
      } else if (found !== null) {
        failure = found;
      } else if (failure === 'silent') {
        failure = 'no-fix';
      }
    }

    function poll(untilS: number): void {
      channel.command(profile.poll, 2000, (result, lines) => {
        if (result === 'timeout') failure = 'silent';
        else judge(lines.length > 0 ? profile.fixIn(lines[0]) : null);
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
      power.wiring.antenna(true);
      each(profile.on, 0, (result) => {
        isOn = true;
        if (result === 'ok') {
          // What the modem's own start has taken is not left for the search.
          poll(Math.min(clock.uptimeS() + deadlineS, startS + deadlineS + START_AND_STOP_S - STOP_S));
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
