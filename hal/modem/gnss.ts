import { OK } from '../faults.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';
import { against } from '../nmea/fix-rule.ts';
import type { ModemPower } from './power.ts';
import type { GnssProfile } from './profile.ts';

const POLL_MS = 2000;
/** What a search may take beyond its deadline. */
const START_AND_STOP_S = 18;
const STOP_S = 6;

/** The position that the next one is measured by, and when it was told. */
interface Told {
  fix: Fix | null;
  atS: number;
}

/**
 * One search with a modem that has been taken for it. Returns what ends it early, with what it has found. All that this
 * needs takes memory only while it is under way.
 */
function search(
  power: ModemPower,
  profile: GnssProfile,
  told: Told,
  deadlineS: number,
  done: (failure: GnssFailure | null, fix: Fix | null) => void,
): () => void {
  const channel = power.channel;
  const clock = power.clock;
  const startS = clock.uptimeS();
  let failure: GnssFailure | null = 'silent';
  let fix: Fix | null = null;
  let limit = -1;
  let isOn = false;
  let finished = false;

  /** What was found, with the time that it is now: to stop takes the receiver seconds. */
  function found(): Fix | null {
    if (fix === null || fix.utcS === null) return fix;
    const utcS = fix.utcS + Math.round(clock.uptimeS() - told.atS);
    const latE5 = fix.latE5;
    const lonE5 = fix.lonE5;
    const satellites = fix.satellites;
    return fix.rolledOver
      ? { latE5, lonE5, utcS, satellites, rolledOver: true }
      : { latE5, lonE5, utcS, satellites };
  }

  function finish(): void {
    if (finished) return;
    finished = true;
    clock.cancel(limit);
    power.abandon();
    power.wiring.antenna(false);
    power.give();
    // A receiver that is left on has the radio for itself, and a modem that is silent is of no use to anybody.
    if (failure !== 'silent' && !isOn) {
      done(failure, found());
      return;
    }
    if (power.state !== 'off' && power.state !== 'falling') power.cut();
    power.off('gnss', () => {
      done(failure, found());
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
    each(profile.off, 0, (result) => {
      // One that refuses was off already.
      isOn = result === 'timeout';
      finish();
    });
  }

  function judge(said: Fix | GnssFailure | null): void {
    if (said !== null && typeof said !== 'string') {
      const nowS = clock.uptimeS();
      const problem = told.fix === null ? null : against(said, told.fix, nowS - told.atS);
      told.fix = said;
      told.atS = nowS;
      if (problem === null) {
        fix = said;
        failure = null;
      } else if (problem === 'implausible' || failure === 'silent') {
        failure = problem === 'stale' ? 'no-fix' : problem;
      }
    } else if (said !== null) {
      failure = said;
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
        if (!finished) poll(untilS);
      });
    });
  }

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
  return finish;
}

/** A modem's own receiver. Where it shares its radio with the data connection: locate first, then connect. */
export function modemGnss(power: ModemPower, profile: GnssProfile): Gnss {
  const told: Told = { fix: null, atS: 0 };
  /** Ends the search that is under way. */
  let finishSearch: (() => void) | null = null;
  return {
    locate: (deadlineS, done) => {
      if (!power.take('gnss')) {
        power.clock.after(0, () => {
          done('busy', null);
        });
        return;
      }
      finishSearch = search(power, profile, told, deadlineS, (failure, fix) => {
        finishSearch = null;
        done(failure, fix);
      });
    },
    release: (done) => {
      if (finishSearch !== null) finishSearch();
      power.off('gnss', done);
    },
  };
}
