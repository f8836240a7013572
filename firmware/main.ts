/**
 * One wake. The board boots, this runs from top to bottom, and the board sleeps; there is no other program. Nothing that
 * matters lives in RAM: a timer wake, a power cut and a crash are the same event, and all start again from flash.
 *
 *     boot -> mount journal -> what is due? -> sense -> append -> locate if due -> report if due -> sleep
 */
import type { Alarm } from '../hal/clock.ts';
import { OK, PROGRAM_ERROR } from '../hal/faults.ts';
import type { Fix } from '../hal/gnss.ts';
import { LONGEST_SLEEP_S } from '../hal/power.ts';
import type { Tracker } from '../hal/tracker.ts';
import { loadConfig } from './config/load.ts';
import { Journal } from './journal/journal.ts';
import { locateAndAppend } from './locate.ts';
import { reportIfDue } from './report.ts';
import { untilNextReadingS, whatIsDue } from './schedule.ts';
import { samplingOf, senseAndAppend } from './sense.ts';

/** A session that takes longer is not going to succeed. */
const LONGEST_SESSION_S = 480;
/** Longer than the longest stretch without progress: a session that never gets beyond opening, and its end. */
const WATCHDOG_S = LONGEST_SESSION_S + 60;

/** The causes of POWER_ON records, in the order of docs/journal.md. */
const CAUSES = ['power-on', 'brown-out', 'watchdog', 'software'];

export function wake(tracker: Tracker): void {
  const clock = tracker.clock;
  tracker.watchdog.start(WATCHDOG_S);
  const loaded = loadConfig(tracker.configuration, tracker.crypto, false);
  const config = loaded.config;
  const journal = new Journal(tracker.journal, tracker.crypto, samplingOf(config), config.deviceKey, config);

  let nextReading: Alarm | null = null;
  let measuring = false;
  let finished = false;

  function sleep(): void {
    finished = true;
    if (measuring) return;
    if (nextReading !== null) clock.cancel(nextReading);
    const pauseS = untilNextReadingS(journal.state, clock.uptimeS());
    tracker.power.sleep(Math.min(pauseS, LONGEST_SLEEP_S));
  }

  /** Sample first, radio second: what takes longer than the interval does not keep a reading from its time. */
  function sampleOnTime(): void {
    nextReading = clock.after(untilNextReadingS(journal.state, clock.uptimeS()) * 1000, () => {
      nextReading = null;
      sense(() => {
        if (finished) sleep();
        else sampleOnTime();
      });
    });
  }

  function locate(then: (fix: Fix | null) => void): void {
    const due = whatIsDue(journal.state, config, clock.uptimeS());
    if (due.fix) locateAndAppend(tracker, journal, then);
    else then(null);
  }

  function sense(then: () => void): void {
    if (!whatIsDue(journal.state, config, clock.uptimeS()).reading) {
      then();
      return;
    }
    measuring = true;
    senseAndAppend(tracker, journal, (stored) => {
      measuring = false;
      if (stored) tracker.watchdog.kick();
      then();
    });
  }

  journal.mount();
  const cause = tracker.power.wakeCause();
  if (cause !== 'timer' || journal.state.powerOn === 0) {
    journal.poweredOn(Math.max(0, CAUSES.indexOf(cause)), clock.uptimeS());
    if (loaded.fault !== OK) journal.fault(loaded.fault, 0, clock.uptimeS());
    tracker.console.line(
      `coldrail ${config.deviceId || '(not provisioned)'} power-on ${journal.state.powerOn}`,
    );
  }
  sense(() => {
    sampleOnTime();
    locate((fix) => {
      reportIfDue(tracker, journal, config, loaded.generation, fix, LONGEST_SESSION_S, () => {
        tracker.gnss.release(sleep);
      });
    });
  });
}

/**
 * Run a wake; an error on its way to the first wait becomes a line and a sleep, and the next wake starts afresh from
 * flash. One in a later event is printed by the interpreter, and the watchdog ends the wake.
 */
export function run(tracker: Tracker): void {
  try {
    wake(tracker);
  } catch (error) {
    tracker.console.line(`error ${PROGRAM_ERROR}: ${String(error)}`);
    tracker.power.sleep(60);
  }
}
