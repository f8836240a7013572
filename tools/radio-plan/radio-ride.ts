/**
 * The firmware's network policy over time, without a modem: the same `whatIsDue`, `planSession` and `historyAfter` at each
 * wake, and a model of what a session meets and costs.
 */
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { blankState } from '../../firmware/journal/state.ts';
import { BLANK_HISTORY, type RadioHistory } from '../../firmware/radio/history.ts';
import type { SessionPlan } from '../../firmware/radio/plan.ts';
import { historyAfter, movedFar, planSession } from '../../firmware/radio/policy.ts';
import { whatIsDue } from '../../firmware/schedule.ts';
import { NO_DATA_CONTEXT, NO_NETWORK, OK } from '../../hal/faults.ts';
import type { LinkReport } from '../../hal/link.ts';
import type { Cell, RadioTechnology } from '../sim/chips/radio.ts';
import { bytesOnAir, type Familiarity, payload, registerS } from './session-costs.ts';
import { TECHNOLOGY_NUMBERS, technologyName } from './technology.ts';

/** Where the tracker goes. Times are seconds since departure, and asked for in order. */
export interface Road {
  cell(technology: RadioTechnology, atS: number): Cell | undefined;
  joined(cell: Cell, atS: number): void;
  /** Degrees; undefined where the sky is hidden. */
  position(atS: number): { readonly latDeg: number; readonly lonDeg: number } | undefined;
}

export interface RadioRideOptions {
  readonly seconds: number;
  readonly intervalS: number;
  readonly fixIntervalS: number;
  readonly uplinkIntervalS: number;
  readonly technologies: readonly RadioTechnology[];
  /** What the tracker remembers at departure; without it nothing. */
  readonly history?: RadioHistory;
}

export interface Session {
  readonly atS: number;
  /** OK, or why it delivered nothing; UPLINK_HELD_BACK where it was not even tried. */
  readonly fault: number;
  readonly heldBack: boolean;
  readonly searchedS: number;
  /** Where it registered. */
  readonly technology: RadioTechnology | undefined;
  readonly readings: number;
  /** On the air, both ways. */
  readonly bytes: number;
}

interface Registration {
  readonly searchedS: number;
  readonly technology?: RadioTechnology;
  readonly cell?: Cell;
}

const networkOf = ({ mcc, mnc }: Cell): number => Number(mcc + mnc);

/** Search as the plan says; the first network that registers in time is used. */
function search(road: Road, plan: SessionPlan, history: RadioHistory, atS: number): Registration {
  let searchedS = 0;
  for (const { technology: number, withinS, network } of plan.searches) {
    const technology = technologyName(number);
    const cell = road.cell(technology, atS + searchedS);
    if (cell && (network === 0 || network === networkOf(cell))) {
      const familiarity: Familiarity =
        network !== 0
          ? 'knownNetwork'
          : String(history.network).startsWith(cell.mcc)
            ? 'sameCountry'
            : 'newCountry';
      const neededS = registerS(technology, familiarity);
      if (neededS <= withinS) return { searchedS: searchedS + neededS, technology, cell };
    }
    searchedS += withinS;
  }
  return { searchedS };
}

/** All sessions of a ride, in order, and the readings that are still waiting at its end. */
export function radioRide(road: Road, options: RadioRideOptions): { sessions: Session[]; waiting: number } {
  const { intervalS, uplinkIntervalS, fixIntervalS } = options;
  const config = { ...DEFAULT_CONFIG, deviceId: 'plan', uplinkIntervalS, fixIntervalS };
  const technologies = options.technologies.map((name) => TECHNOLOGY_NUMBERS[name]);
  const sessions: Session[] = [];
  let history = options.history ?? BLANK_HISTORY;
  let state = blankState(intervalS);
  let backlog = 0;
  for (let nowS = 0; nowS < options.seconds; nowS += intervalS) {
    backlog++;
    const isFixDue = whatIsDue(state, config, nowS).fix;
    const position = isFixDue ? road.position(nowS) : undefined;
    if (isFixDue) state = { ...state, fixAtS: nowS };
    const latE5 = position ? Math.round(position.latDeg * 1e5) : null;
    const lonE5 = position ? Math.round(position.lonDeg * 1e5) : null;
    if (!whatIsDue(state, config, nowS, false, movedFar(history, latE5, lonE5)).uplink) continue;
    const situation = {
      nowS,
      technologies,
      batteryMillivolts: null,
      alarm: false,
      generation: 0,
      latE5,
      lonE5,
    };
    const plan = planSession(history, situation);
    const found = plan.heldBack === OK ? search(road, plan, history, nowS) : { searchedS: 0 };
    const { session, report } = outcome(nowS, plan, found, backlog);
    if (found.cell) road.joined(found.cell, nowS + found.searchedS);
    history = historyAfter(history, situation, report, session.fault);
    state = { ...state, failures: history.step, uplinkAtS: nowS };
    backlog -= session.readings;
    sessions.push(session);
  }
  return { sessions, waiting: backlog };
}

function outcome(
  atS: number,
  plan: SessionPlan,
  { searchedS, technology, cell }: Registration,
  backlog: number,
): { session: Session; report: LinkReport } {
  const delivers = technology !== undefined && cell?.refuses === undefined;
  const sent = delivers ? payload(backlog, plan.mostKb) : { readings: 0, bytes: 0 };
  const heldBack = plan.heldBack !== OK;
  const fault = heldBack ? plan.heldBack : delivers ? OK : cell ? NO_DATA_CONTEXT : NO_NETWORK;
  return {
    session: {
      atS,
      fault,
      heldBack,
      searchedS,
      technology,
      readings: sent.readings,
      bytes: delivers ? bytesOnAir(technology, sent.bytes) : 0,
    },
    report: {
      technology: technology ? TECHNOLOGY_NUMBERS[technology] : 0,
      network: cell ? networkOf(cell) : 0,
      rssiDbm: cell?.rssiDbm ?? 0,
      sim: 1,
      searchedS,
      bytes: sent.bytes,
      powerSavingS: 0,
      recoveries: [],
    },
  };
}
