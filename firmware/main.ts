/**
 * One wake. The board boots, this runs from top to bottom, and the board sleeps; there is no other program. Nothing that
 * matters lives in RAM: a timer wake, a power cut and a crash are the same event, and all start again from flash.
 *
 *     boot -> mount journal -> what is due? -> sense -> append -> judge -> locate if due -> report if due -> sleep
 *
 * A start that is no end of a sleep opens the technician's console behind the first reading.
 */
import type { Alarm } from '../hal/clock.ts';
import { INTERVAL_REFUSED, OK, PROGRAM_ERROR, RULES_DAMAGED, SAFE_MODE } from '../hal/faults.ts';
import type { Fix } from '../hal/gnss.ts';
import type { Tracker } from '../hal/tracker.ts';
import { judgeReadings } from './alarms.ts';
import { bootBegan, bootFailures, bootSucceeded, SAFE_FROM } from './boot-guard.ts';
import { recordCalibrations } from './calibration.ts';
import { POWER_LEVEL } from './conditions.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { attend } from './console/attend.ts';
import type { ProbeLock, Visit } from './console/session.ts';
import { intervalFor, isRefused } from './interval.ts';
import { Journal } from './journal/journal.ts';
import { rulesOf } from './judge/rules.ts';
import { locateAndAppend } from './locate.ts';
import { segmentS } from './power/segment.ts';
import { LONGEST_SESSION_S, reportIfDue } from './report.ts';
import { untilNextReadingS, whatIsDue } from './schedule.ts';
import { samplingOf, senseAndAppend } from './sense.ts';

/** Longer than the longest stretch without progress: a session that never gets beyond opening, and its end. */
const WATCHDOG_S = LONGEST_SESSION_S + 60;

const DAY_S = 86400;

/** The causes of POWER_ON records, in the order of docs/journal.md. */
const CAUSES = ['power-on', 'brown-out', 'watchdog', 'software'];

/** Seconds between readings as things are; `disturbed`: something is wrong with the cargo. */
function intervalNow(journal: Journal, config: Config, disturbed: boolean): number {
  return intervalFor({
    configuredS: config.intervalS,
    tripHours: config.tripHours,
    excursionS: config.excursionIntervalS,
    disturbed,
    level: journal.state.conditions & POWER_LEVEL,
  });
}

/** What has to be told once after each power-on. */
function introduce(
  tracker: Tracker,
  journal: Journal,
  config: Config,
  fault: number,
  failures: number,
): void {
  const nowS = tracker.clock.uptimeS();
  if (fault !== OK) journal.fault(fault, 0, nowS);
  if (isRefused(config.intervalS, config.tripHours)) journal.fault(INTERVAL_REFUSED, config.intervalS, nowS);
  const rules = config.rules;
  if (rules !== null && rulesOf(rules).length === 0) journal.fault(RULES_DAMAGED, rules.length, nowS);
  recordCalibrations(journal, config.calibration);
  tracker.console.line(
    `coldrail ${config.deviceId || '(not provisioned)'} power-on ${journal.state.powerOn}`,
  );
  if (failures < SAFE_FROM) return;
  journal.fault(SAFE_MODE, failures, nowS);
  tracker.console.line(
    `error ${SAFE_MODE}: ${failures} starts failed; readings only, until one has gone well`,
  );
}

export function wake(tracker: Tracker): void {
  const clock = tracker.clock;
  const cause = tracker.power.wakeCause();
  const startedS = clock.uptimeS();
  tracker.watchdog.start(WATCHDOG_S);
  const guarded = tracker.configuration;
  const failures = cause === 'timer' ? bootFailures(guarded) : bootBegan(guarded);
  const isSafe = failures >= SAFE_FROM;
  const loaded = loadConfig(tracker.configuration, tracker.crypto);
  const config = loaded.config;
  const sampling = samplingOf(config, tracker.fittings().probes);
  const journal = new Journal(tracker.journal, tracker.crypto, sampling, config.deviceKey, config);
  const probes: ProbeLock = { isTaken: false };

  let nextReading: Alarm | null = null;
  let finished = false;
  let stored = false;
  let lastS = 0;

  function sleep(): void {
    finished = true;
    if (probes.isTaken) return;
    if (nextReading !== null) clock.cancel(nextReading);
    const nowS = clock.uptimeS();
    // A safe wake proves nothing of the rest: that is given another try once a day.
    const isTried = isSafe ? Math.floor(nowS / DAY_S) !== Math.floor(lastS / DAY_S) : true;
    if (stored && isTried && (cause !== 'timer' || failures !== 0)) bootSucceeded(guarded);
    tracker.power.sleep(segmentS(untilNextReadingS(journal.state, nowS)));
  }

  /** Sample first, radio second: what takes longer than the interval does not keep a reading from its time. */
  function sampleOnTime(): void {
    sampleSoon(untilNextReadingS(journal.state, clock.uptimeS()));
  }

  function sampleSoon(inS: number): void {
    nextReading = clock.after(inS * 1000, () => {
      nextReading = null;
      if (probes.isTaken) {
        // A technician measures just now.
        sampleSoon(1);
        return;
      }
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
    probes.isTaken = true;
    senseAndAppend(tracker, journal, config, (isStored) => {
      probes.isTaken = false;
      if (isStored) {
        stored = true;
        // Readings go on where a session is stuck: behind the time of a whole wake they are no progress of it.
        if (clock.uptimeS() - startedS < WATCHDOG_S) tracker.watchdog.kick();
        journal.sampleEvery(intervalNow(journal, config, !isSafe && judgeReadings(journal, config)));
      }
      then();
    });
  }

  journal.mount();
  lastS = journal.state.rowClockS;
  // Another interval has been configured: that of an excursion goes on until readings say that it is over.
  const intervalS = journal.state.intervalS;
  if (intervalS !== intervalNow(journal, config, true))
    journal.sampleEvery(intervalNow(journal, config, false));
  if (cause !== 'timer' || journal.state.powerOn === 0) {
    journal.poweredOn(Math.max(0, CAUSES.indexOf(cause)), clock.uptimeS());
    introduce(tracker, journal, config, loaded.fault, failures);
  }
  /** A technician comes first, the radio second. A safe wake ends here. */
  function goOn(): void {
    if (isSafe) {
      sleep();
      return;
    }
    locate((fix) => {
      reportIfDue(tracker, journal, config, loaded.generation, fix, LONGEST_SESSION_S, false, () => {
        tracker.gnss.release(sleep);
      });
    });
  }

  sense(() => {
    if (cause !== 'timer' || !isSafe) sampleOnTime();
    if (cause === 'timer') {
      goOn();
      return;
    }
    const visit: Visit = { tracker, journal, config, generation: loaded.generation, probes, clockS: 0 };
    attend(
      visit,
      () => {
        // Whoever presses reset at the console does not want safe mode.
        if (stored) bootSucceeded(guarded);
      },
      goOn,
    );
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
    // The wake behind this sleep is the timer's, which counts none.
    if (tracker.power.wakeCause() === 'timer') bootBegan(tracker.configuration);
    tracker.power.sleep(60);
  }
}
