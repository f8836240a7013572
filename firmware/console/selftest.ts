/** The self-test: what a technician must know before he leaves. docs/console.md has the steps. */
import {
  ARGUMENT_REFUSED,
  CLOCK_UNKNOWN,
  CONFIG_DAMAGED,
  GNSS_IMPLAUSIBLE,
  GNSS_NO_FIX,
  GNSS_SILENT,
  JOURNAL_VERIFY,
  NO_NETWORK,
  NOT_PROVISIONED,
  OK,
  REGISTRATION_DENIED,
  SENSOR_FAILED,
  SIM_CHANGED,
  SIM_MISSING,
  SIM_PIN_NEEDED,
} from '../../hal/faults.ts';
import type { Fix } from '../../hal/gnss.ts';
import { type Item, putItem } from '../cbor.ts';
import { loadValues } from '../config/load.ts';
import { hmacSha256 } from '../hmac.ts';
import { locateAndAppend } from '../locate.ts';
import { GSM_FROM_MV, RADIO_FROM_MV } from '../radio/policy.ts';
import { reportIfDue } from '../report.ts';
import { hexOf } from './hex.ts';
import { measureProbes } from './probes.ts';
import { recordTest } from './records.ts';
import type { Reply } from './reply.ts';
import { isWho } from './save.ts';
import { type Arguments, numberOf, type Session, textOf } from './session.ts';
import { utcS } from './status.ts';
import { wordsOf } from './words.ts';

const GREEN = 0;
const AMBER = 1;
const RED = 2;
const SKIPPED = 3;

const STEPS = ['', 'sensors', 'flash', 'battery', 'clock', 'gnss', 'sim', 'network', 'broker', 'load'];
const VERDICTS = ['green', 'amber', 'red', 'skipped'];
const SENSORS = 1;
const FLASH = 2;
const BATTERY = 3;
const CLOCK = 4;
const GNSS = 5;
const SIM = 6;
const NETWORK = 7;
const BROKER = 8;
const LOAD = 9;

/** Two probes in one open box that differ by more than this are worth a look, thousandths of a degree. */
const PROBES_APART_MILLI_C = 3000;
/** A signal below this comes and goes, dBm. */
const WEAK_DBM = -105;
/** A cell that gives way by more than this under the modem is old, or its leads are, mV. */
const LARGE_DROP_MV = 400;
/** What a session may take, s: as long as any, since a SIM may have to search all technologies. */
const SESSION_S = 480;
const LONGEST_PROOF = 256;
const RECORD_FORMAT = 1;

/** Run all steps, tell each as it ends, put the result into the journal and answer with the proof. */
export function selfTest(session: Session, args: Arguments, reply: Reply): void {
  const tracker = session.tracker;
  const journal = session.journal;
  const config = session.config;
  const who = textOf(args, 'who');
  if (!isWho(who)) {
    reply.fail(ARGUMENT_REFUSED, 'who', []);
    return;
  }
  const steps: Item[] = [];
  let worst = GREEN;
  let restingMv: number | null = null;

  function tell(step: number, verdict: number, value: number | null, fault: number): void {
    steps.push([step, verdict, value, fault]);
    if (verdict < SKIPPED && verdict > worst) worst = verdict;
    reply.part(['step', STEPS[step], 'verdict', verdict, 'value', value, 'error', fault]);
    const words = wordsOf(fault);
    reply.say(
      `${`${VERDICTS[verdict]}        `.substr(0, 8)} ${STEPS[step]}${value === null ? '' : ` ${value}`}`,
    );
    if (words !== undefined && verdict !== SKIPPED) reply.say(`         ${words[1]} ${words[2]}`);
    tracker.watchdog.kick();
  }

  /** What a voltage is worth to a modem; amber where nobody tells it. */
  function voltage(step: number, millivolts: number | null, isWeak: boolean): void {
    if (millivolts === null) tell(step, AMBER, null, OK);
    else if (millivolts < RADIO_FROM_MV) tell(step, RED, millivolts, OK);
    else tell(step, isWeak || millivolts < GSM_FROM_MV ? AMBER : GREEN, millivolts, OK);
  }

  function finish(): void {
    if (session.isStopped) tell(CLOCK, SKIPPED, null, OK);
    else {
      const utc = utcS(session);
      tell(CLOCK, utc === null ? AMBER : GREEN, utc, utc === null ? CLOCK_UNKNOWN : OK);
    }
    const powerOn = journal.state.powerOn;
    const uptimeS = Math.floor(tracker.clock.uptimeS());
    const record: Item = [
      RECORD_FORMAT,
      config.deviceId,
      powerOn,
      uptimeS,
      utcS(session),
      who,
      config.trip,
      config.container,
      steps,
    ];
    recordTest(tracker, journal, worst, who, steps);
    const out = new Uint8Array(LONGEST_PROOF);
    const bytes = new Uint8Array(out.buffer, 0, putItem(out, 0, record));
    const key = config.deviceKey;
    const mac = key === null ? '' : hexOf(hmacSha256(key, bytes, tracker.crypto));
    reply.say(`all in all: ${VERDICTS[worst]}`);
    if (reply.isMachine) reply.done(['verdict', worst, 'record', hexOf(bytes), 'mac', mac]);
    else reply.done([]);
  }

  /** How far a session came tells of SIM, network and broker. */
  function connect(fix: Fix | null): void {
    if (session.isStopped || numberOf(args, 'modem', 0, 1, 1) === 0) {
      for (let step = SIM; step <= LOAD; step++) tell(step, SKIPPED, null, OK);
      finish();
      return;
    }
    if (config.deviceId === '' || config.brokerHost === '') {
      tell(SIM, SKIPPED, null, OK);
      tell(NETWORK, SKIPPED, null, OK);
      tell(BROKER, RED, null, NOT_PROVISIONED);
      tell(LOAD, SKIPPED, null, OK);
      finish();
      return;
    }
    reply.say('connecting, this takes a few minutes');
    reportIfDue(tracker, journal, config, session.generation, fix, SESSION_S, true, (outcome, lowest) => {
      const fault = outcome === null ? NO_NETWORK : outcome;
      const report = tracker.link.report();
      const isSim = fault === SIM_MISSING || (fault >= SIM_PIN_NEEDED && fault < SIM_CHANGED);
      const isAway = fault === NO_NETWORK || fault === REGISTRATION_DENIED;
      tell(SIM, isSim ? RED : GREEN, report.sim === 0 ? null : report.sim, isSim ? fault : OK);
      const isWeak = report.rssiDbm !== 0 && report.rssiDbm < WEAK_DBM;
      if (isSim) tell(NETWORK, SKIPPED, null, OK);
      else if (isAway || report.technology === 0) tell(NETWORK, RED, null, isAway ? fault : NO_NETWORK);
      else tell(NETWORK, isWeak ? AMBER : GREEN, report.rssiDbm === 0 ? null : report.rssiDbm, OK);
      tell(BROKER, fault === OK ? GREEN : RED, journal.state.acked, fault);
      voltage(LOAD, lowest, restingMv !== null && lowest !== null && restingMv - lowest > LARGE_DROP_MV);
      finish();
    });
  }

  function position(): void {
    if (session.isStopped || numberOf(args, 'gnss', 0, 1, 1) === 0) {
      tell(GNSS, SKIPPED, null, OK);
      connect(null);
      return;
    }
    reply.say('searching the sky, at most a few minutes');
    session.stop = () => {
      tracker.gnss.release(() => {});
    };
    locateAndAppend(tracker, journal, (fix, fault) => {
      session.stop = null;
      utcS(session);
      if (fix !== null) tell(GNSS, GREEN, fix.satellites, OK);
      else if (fault === GNSS_SILENT || fault === GNSS_IMPLAUSIBLE) tell(GNSS, RED, null, fault);
      else tell(GNSS, AMBER, null, GNSS_NO_FIX);
      // The modem's chip has one user at a time.
      tracker.gnss.release(() => {
        connect(fix);
      });
    });
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
    if (failed > 0 || apart === null) tell(SENSORS, RED, failed, SENSOR_FAILED);
    else tell(SENSORS, apart > PROBES_APART_MILLI_C ? AMBER : GREEN, apart, OK);
    const copies = loadValues(tracker.configuration, tracker.crypto, 'the CA').fault;
    if (!isPut) tell(FLASH, RED, null, JOURNAL_VERIFY);
    else
      tell(FLASH, copies === CONFIG_DAMAGED ? AMBER : GREEN, null, copies === CONFIG_DAMAGED ? copies : OK);
    restingMv = tracker.battery.millivolts();
    voltage(BATTERY, restingMv, false);
    position();
  });
}
