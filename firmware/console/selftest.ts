/**
 * The self-test: what a technician must know before he leaves. The first half runs in the console; the session with the broker
 * needs its memory too, so the console makes room for it (test-session.ts).
 */
import {
  ARGUMENT_REFUSED,
  CONFIG_DAMAGED,
  GNSS_IMPLAUSIBLE,
  GNSS_NO_FIX,
  GNSS_SILENT,
  JOURNAL_VERIFY,
  NOT_PROVISIONED,
  OK,
  RESTART_FIRST,
  SENSOR_FAILED,
} from '../../hal/faults.ts';
import type { Fix } from '../../hal/gnss.ts';
import { loadConfig } from '../config/load.ts';
import { isId } from '../config/numbers.ts';
import { locateAndAppend } from '../locate.ts';
import { measureProbes } from './probes.ts';
import { recordTest } from './records.ts';
import type { Reply } from './reply.ts';
import { type Arguments, LONGEST_WHO, numberOf, type Session, textOf } from './session.ts';
import { finishTest } from './test-end.ts';
import {
  AMBER,
  BATTERY,
  BROKER,
  FLASH,
  GNSS,
  GREEN,
  LOAD,
  NETWORK,
  RED,
  SENSORS,
  SIM,
  SKIPPED,
  type Test,
  tellStep,
  tellVoltage,
} from './verdicts.ts';

/** Two probes in one open box that differ by more than this are worth a look, thousandths of a degree. */
const PROBES_APART_MILLI_C = 3000;

/** Run all steps, tell each as it ends, put the result into the journal and answer with the proof. */
export function selfTest(session: Session, args: Arguments, reply: Reply): void {
  const tracker = session.tracker;
  const journal = session.journal;
  const config = session.config;
  const who = textOf(args, 'who');
  if (!isId(who, LONGEST_WHO)) {
    reply.fail(ARGUMENT_REFUSED, 'who', []);
    return;
  }
  const wantsModem = numberOf(args, 'modem', 0, 1, 1);
  const wantsGnss = numberOf(args, 'gnss', 0, 1, 1);
  if (!(wantsModem >= 0) || !(wantsGnss >= 0)) {
    reply.fail(ARGUMENT_REFUSED, wantsModem >= 0 ? 'gnss' : 'modem', []);
    return;
  }
  if (session.isSaved) {
    reply.fail(RESTART_FIRST, '', []);
    return;
  }
  const test: Test = { who, id: reply.id, steps: [], worst: GREEN, restingMv: null };

  function goOnline(): void {
    const isWanted = !session.isStopped && wantsModem === 1;
    const isReady = config.deviceId !== '' && config.brokerHost !== '';
    if (isWanted && isReady) {
      reply.say('connecting, this takes a few minutes; then the tracker starts again');
      session.test = test;
      session.leave = 'test';
      reply.suspend();
      return;
    }
    tellStep(test, reply, SIM, SKIPPED, null, OK);
    tellStep(test, reply, NETWORK, SKIPPED, null, OK);
    tellStep(test, reply, BROKER, isWanted ? RED : SKIPPED, null, isWanted ? NOT_PROVISIONED : OK);
    tellStep(test, reply, LOAD, SKIPPED, null, OK);
    finishTest(session, test, reply);
  }

  function locate(): void {
    if (session.isStopped || wantsGnss === 0) {
      tellStep(test, reply, GNSS, SKIPPED, null, OK);
      goOnline();
      return;
    }
    reply.say('searching the sky, at most a few minutes');
    session.usesRadio = true;
    session.stop = () => {
      tracker.gnss.release(() => {});
    };
    const isVoid = (): boolean => session.isStopped;
    const found = (fix: Fix | null, fault: number): void => {
      session.stop = null;
      if (session.isStopped) tellStep(test, reply, GNSS, SKIPPED, null, OK);
      else if (fix !== null) tellStep(test, reply, GNSS, GREEN, fix.satellites, OK);
      else if (fault === GNSS_SILENT || fault === GNSS_IMPLAUSIBLE)
        tellStep(test, reply, GNSS, RED, null, fault);
      else tellStep(test, reply, GNSS, AMBER, null, GNSS_NO_FIX);
      tracker.watchdog.kick();
      // The modem's chip has one user at a time.
      tracker.gnss.release(goOnline);
    };
    locateAndAppend(tracker, journal, found, isVoid);
  }

  const isPut = recordTest(tracker, journal, null, who, []);
  measureProbes(session, (measured) => {
    let low: number | null = null;
    let high: number | null = null;
    let failed = 0;
    measured.forEach((one) => {
      const milliC = one.climate.tempMilliC;
      if (milliC === null) {
        failed++;
        return;
      }
      if (low === null || milliC < low) low = milliC;
      if (high === null || milliC > high) high = milliC;
    });
    const apart = low === null || high === null ? null : high - low;
    if (failed > 0 || apart === null) tellStep(test, reply, SENSORS, RED, null, SENSOR_FAILED);
    else tellStep(test, reply, SENSORS, apart > PROBES_APART_MILLI_C ? AMBER : GREEN, apart, OK);
    const isDamaged = loadConfig(tracker.configuration, tracker.crypto).fault === CONFIG_DAMAGED;
    if (!isPut) tellStep(test, reply, FLASH, RED, null, JOURNAL_VERIFY);
    else tellStep(test, reply, FLASH, isDamaged ? AMBER : GREEN, null, isDamaged ? CONFIG_DAMAGED : OK);
    test.restingMv = tracker.battery.millivolts();
    tellVoltage(test, reply, BATTERY, test.restingMv, false);
    locate();
  });
}
