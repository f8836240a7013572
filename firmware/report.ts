import type { Alarm } from '../hal/clock.ts';
import {
  OK,
  RECOVERY_SOCKET,
  SESSION_BEGUN,
  SIM_CHANGED,
  SIM_PIN_NEEDED,
  SIM_PIN_WRONG,
} from '../hal/faults.ts';
import type { Fix } from '../hal/gnss.ts';
import { RUNG_SOCKET } from '../hal/link.ts';
import type { Tracker } from '../hal/tracker.ts';
import { EXTERNAL_POWER, POWER_LEVEL } from './conditions.ts';
import type { Config } from './config/schema.ts';
import type { Journal } from './journal/journal.ts';
import type { RadioHistory } from './radio/history.ts';
import type { SessionPlan, Situation } from './radio/plan.ts';
import { GSM_FROM_MV, historyAfter, movedFar, planSession, RADIO_FROM_MV } from './radio/policy.ts';
import { itemsOf, recall } from './radio/recall.ts';
import { whatIsDue } from './schedule.ts';
import { runUplink } from './uplink/uplink.ts';

/** A session that takes longer is not going to succeed: a SIM may have to search all technologies. */
export const LONGEST_SESSION_S = 480;
/** How often the battery is looked at while the modem is on: under its load a weak one shows. */
const LOOK_MS = 10000;

/** That a session is due, and what is known before it. */
interface Decision {
  readonly history: RadioHistory;
  readonly situation: Situation;
  readonly plan: SessionPlan;
  /** The reading that must not wait for its turn; null for none. */
  readonly urgentSeq: number | null;
}

/** Those of `technologies` whose bit is set in `radios`; all of them where that would leave none. */
function allowedTechnologies(technologies: readonly number[], radios: number): readonly number[] {
  const allowed: number[] = [];
  for (let i = 0; i < technologies.length; i++)
    if (radios & (1 << technologies[i])) allowed.push(technologies[i]);
  return allowed.length === 0 ? technologies : allowed;
}

/** Whether a session is due now, or wanted by somebody, and how to go about it; null when none is. */
function decide(
  tracker: Tracker,
  journal: Journal,
  config: Config,
  generation: number,
  fix: Fix | null,
  isWanted: boolean,
): Decision | null {
  const state = journal.state;
  const nowS = tracker.clock.uptimeS();
  const latE5 = fix === null ? null : fix.latE5;
  const lonE5 = fix === null ? null : fix.lonE5;
  // Looking back costs a walk through the journal, so only a session, or a place that may end the back-off, is worth it.
  if (!isWanted && !whatIsDue(state, config, nowS, true, true).uplink) return null;
  const urgentSeq = state.alarmSeq >= state.acked ? state.alarmSeq : null;
  let history: RadioHistory | null = null;
  if (fix !== null && state.failures > 0) history = recall(journal);
  const moved = history !== null && movedFar(history, latE5, lonE5);
  if (!isWanted && !whatIsDue(state, config, nowS, urgentSeq !== null, moved).uplink) return null;
  if (history === null) history = recall(journal);
  // Power from outside carries the modem. Else the ladder knows of the cold, and of what a load has shown before.
  let millivolts = state.conditions & EXTERNAL_POWER ? null : tracker.battery.millivolts();
  if (millivolts !== null && state.conditions & POWER_LEVEL)
    millivolts = Math.min(millivolts, GSM_FROM_MV - 1);
  const situation: Situation = {
    nowS,
    technologies: allowedTechnologies(tracker.link.technologies, config.radios),
    batteryMillivolts: millivolts,
    alarm: urgentSeq !== null,
    generation,
    latE5,
    lonE5,
  };
  return { history, situation, plan: planSession(history, situation), urgentSeq };
}

/**
 * Put down how a session went, and what the policy is to remember of it. `lowest` is the battery under the modem's load, mV,
 * null unknown: where it asks for that, the ladder is climbed down at once. Up goes who has rested, at the next reading.
 */
function conclude(
  tracker: Tracker,
  journal: Journal,
  decision: Decision,
  fault: number,
  lowest: number | null,
): void {
  const report = tracker.link.report();
  const nowS = tracker.clock.uptimeS();
  const history = decision.history;
  const recoveries = report.recoveries;
  for (let i = 0; i + 1 < recoveries.length; i += 2)
    journal.fault(RECOVERY_SOCKET + recoveries[i] - RUNG_SOCKET, recoveries[i + 1], nowS);
  if (report.sim !== 0 && history.sim !== 0 && report.sim !== history.sim)
    journal.fault(SIM_CHANGED, report.sim, nowS);
  journal.session(decision.situation.nowS, fault);
  journal.radio(itemsOf(historyAfter(history, decision.situation, report, fault)));
  const before = journal.state.conditions;
  const level = lowest === null || lowest >= GSM_FROM_MV ? 0 : lowest >= RADIO_FROM_MV ? 1 : 2;
  if ((before & EXTERNAL_POWER) === 0 && level > (before & POWER_LEVEL))
    journal.conditions(nowS, before - (before & POWER_LEVEL) + level, lowest);
  tracker.console.line(`session ${fault} on ${report.network}`);
}

/**
 * Report to the collector if that is due, or `isWanted`: plan the session by what the journal remembers, hold it within `limitS`,
 * and put down how it went. `generation` is the configuration's, `fix` what this wake has found, null for nothing. `done` gets the
 * session's outcome, null where there was none, and the lowest battery under its load, mV, null unknown.
 */
export function reportIfDue(
  tracker: Tracker,
  journal: Journal,
  config: Config,
  generation: number,
  fix: Fix | null,
  limitS: number,
  isWanted: boolean,
  done: (fault: number | null, lowest: number | null) => void,
): void {
  const decision = decide(tracker, journal, config, generation, fix, isWanted);
  if (decision === null) {
    done(null, null);
    return;
  }
  const clock = tracker.clock;
  let lowest: number | null = null;
  let nextLook: Alarm | null = null;
  function look(): void {
    const millivolts = tracker.battery.millivolts();
    if (millivolts !== null && (lowest === null || millivolts < lowest)) lowest = millivolts;
    nextLook = clock.after(LOOK_MS, look);
  }
  const isRefused = decision.history.pinRefused === generation + 1;
  const ended = (fault: number): void => {
    if (nextLook !== null) clock.cancel(nextLook);
    // It was not tried again, so the SIM still asks for it.
    const outcome = isRefused && fault === SIM_PIN_NEEDED ? SIM_PIN_WRONG : fault;
    conclude(tracker, journal, decision, outcome, lowest);
    done(outcome, lowest);
  };
  if (decision.plan.heldBack !== OK) ended(decision.plan.heldBack);
  else {
    journal.session(decision.situation.nowS, SESSION_BEGUN);
    nextLook = clock.after(LOOK_MS, look);
    runUplink(
      tracker,
      journal,
      config,
      isRefused ? '' : config.simPin,
      decision.plan,
      decision.urgentSeq,
      limitS,
      ended,
    );
  }
}

/** How a connection would be made now, whether a session is due or not. */
export interface Attempt {
  readonly plan: SessionPlan;
  /** Empty where the SIM has refused the configured one: a third wrong PIN blocks it. */
  readonly simPin: string;
  /** Remember that the SIM has refused it, where `fault` says so. */
  end(fault: number): void;
}

export function attemptNow(tracker: Tracker, journal: Journal, config: Config, generation: number): Attempt {
  const decision = decide(tracker, journal, config, generation, null, true) as Decision;
  const history = decision.history;
  return {
    plan: decision.plan,
    simPin: history.pinRefused === generation + 1 ? '' : config.simPin,
    end: (fault) => {
      if (fault !== SIM_PIN_WRONG) return;
      journal.radio(itemsOf(historyAfter(history, decision.situation, tracker.link.report(), fault)));
    },
  };
}
