import {
  NO_NETWORK,
  OK,
  REGISTRATION_DENIED,
  SIM_CHANGED,
  SIM_MISSING,
  SIM_PIN_NEEDED,
} from '../../hal/faults.ts';
import { LONGEST_SESSION_S, reportIfDue } from '../report.ts';
import { machineReply, personReply } from './reply.ts';
import type { Visit } from './session.ts';
import { finishTest } from './test-end.ts';
import {
  AMBER,
  BROKER,
  GREEN,
  LOAD,
  NETWORK,
  RED,
  SIM,
  SKIPPED,
  type Test,
  tellStep,
  tellVoltage,
} from './verdicts.ts';

/** A signal below this comes and goes, dBm. */
const WEAK_DBM = -105;
/** A cell that gives way by more than this under the modem is old, or its leads are, mV. */
const LARGE_DROP_MV = 400;
/** What was said goes out before the tracker starts again. */
const FAREWELL_MS = 300;

/**
 * The second half of a self-test, behind the console's end: a session, whose records are the test batch. How far it came tells of
 * SIM, network and broker. Then the tracker starts again, as the interpreter has not got back all that a session took.
 */
export function testSession(visit: Visit, test: Test): void {
  const tracker = visit.tracker;
  const restart = (): void => {
    tracker.clock.after(FAREWELL_MS, () => {
      tracker.power.restart();
    });
  };
  tracker.watchdog.kick();
  reportIfDue(
    tracker,
    visit.journal,
    visit.config,
    visit.generation,
    null,
    LONGEST_SESSION_S,
    true,
    (outcome, lowest) => {
      const reply = test.id > 0 ? machineReply(tracker, test.id, restart) : personReply(tracker, restart);
      const fault = outcome === null ? NO_NETWORK : outcome;
      const report = tracker.link.report();
      const isSim = fault === SIM_MISSING || (fault >= SIM_PIN_NEEDED && fault < SIM_CHANGED);
      const isAway = fault === NO_NETWORK || fault === REGISTRATION_DENIED;
      const isWeak = report.rssiDbm !== 0 && report.rssiDbm < WEAK_DBM;
      tellStep(
        test,
        reply,
        SIM,
        isSim ? RED : GREEN,
        report.sim === 0 ? null : report.sim,
        isSim ? fault : OK,
      );
      if (isSim) tellStep(test, reply, NETWORK, SKIPPED, null, OK);
      else if (isAway || report.technology === 0)
        tellStep(test, reply, NETWORK, RED, null, isAway ? fault : NO_NETWORK);
      else {
        const rssi = report.rssiDbm === 0 ? null : report.rssiDbm;
        tellStep(test, reply, NETWORK, isWeak ? AMBER : GREEN, rssi, OK);
      }
      tellStep(test, reply, BROKER, fault === OK ? GREEN : RED, visit.journal.state.acked, fault);
      const resting = test.restingMv;
      const isTired = resting !== null && lowest !== null && resting - lowest > LARGE_DROP_MV;
      tellVoltage(test, reply, LOAD, lowest, isTired);
      finishTest(visit, test, reply);
    },
  );
}
