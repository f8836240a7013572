/**
 * When a session may search for a network, where and for how long, and what is remembered of it. Searching where there is
 * no network is what empties batteries, so the back-off and the allowances are the energy design: docs/radio.md.
 */
import {
  APN_REFUSED,
  BATTERY_LOW,
  MODEM_REFUSED,
  MODEM_SILENT,
  NO_DATA_CONTEXT,
  NO_NETWORK,
  OK,
  REGISTRATION_DENIED,
  SIM_PIN_WRONG,
  STREAM_STALLED,
  UPLINK_HELD_BACK,
} from '../../hal/faults.ts';
import { GSM, type LinkReport, RUNG_RAIL, type Search } from '../../hal/link.ts';
import { DENIED, LAST_DENIED, type RadioHistory } from './history.ts';
import type { SessionPlan, Situation } from './plan.ts';
import { RAT_ORDER } from './rat-order.ts';

/** A burst of 2G takes 2 A, at which a weak battery browns out; below the second figure, readings are all it has left. */
export const GSM_FROM_MV = 3600;
export const RADIO_FROM_MV = 3500;

/**
 * The allowances. So much may be used at once, and an hour gives so much back: with the hour that may just have begun, at
 * most 1800 s and 506 KiB in any 24 hours. A power cut gives nothing back but the hours since.
 */
const SEARCH_ROOM_S = 900;
const SEARCH_PER_HOUR_S = 36;
const SEND_ROOM_KB = 256;
const SEND_PER_HOUR_KB = 10;
const SESSION_KB = 64;

/** Less than this left, and the session waits. After a failure it waits for a whole short search, but for an alarm. */
const LEAST_KNOWN_S = 30;
const LEAST_KB = 4;

/** Seconds of searching in a session: after a good one, after failures, and where it takes its time. */
const SEARCH_S = 300;
const SHORT_SEARCH_S = 120;
const LONG_SEARCH_S = 400;
const KNOWN_NETWORK_S = 60;
const TECHNOLOGY_S = 120;
const LEAST_SEARCH_S = 20;

/** Failures in a row after which nothing has been found for a day. */
const A_DAY = 8;
const MOST_FAILURES = 9;
/** Held back: an hour's pause at least. */
const HELD = 3;

/** Country code of a network. */
function mccOf(network: number): number {
  return Math.floor(network >= 100000 ? network / 1000 : network / 100);
}

/** Hours of which it is certain that they have passed since the last session; those before a power cut are not. */
function hoursPassed(history: RadioHistory, nowS: number): number {
  const hour = Math.floor(nowS / 3600);
  return hour < history.dayH ? hour : hour - history.dayH;
}

/**
 * Whether a position (1e-5 degrees, null for none) is more than 50 km from where the last session was tried, so that there
 * may be a network now. Not while a country bars data: there is one, and the bar ends with time and not with distance.
 */
export function movedFar(history: RadioHistory, latE5: number | null, lonE5: number | null): boolean {
  if (history.barredH !== null || latE5 === null || lonE5 === null) return false;
  if (history.latE2 === null || history.lonE2 === null) return false;
  const lat = latE5 / 100000;
  // Bhaskara's cosine, true to 0.2 %.
  const cosine = (32400 - 4 * lat * lat) / (32400 + lat * lat);
  let east = Math.abs(lonE5 / 100000 - history.lonE2 / 100);
  if (east > 180) east = 360 - east;
  const northKm = (lat - history.latE2 / 100) * 111.2;
  const eastKm = east * cosine * 111.2;
  return northKm * northKm + eastKm * eastKm > 2500;
}

/**
 * How to go about the session that is due now. The network of the last registration comes first, then the technologies in
 * the order of its country: 300 s in all after a good session; 400 s for the first network ever, and once after a day in
 * which none was found; otherwise 120 s: in turn for the known network and another technology, for any network of its
 * technology, and for another technology alone. Never more than what is left of the allowance.
 */
export function planSession(history: RadioHistory, situation: Situation): SessionPlan {
  const step = history.step;
  const millivolts = situation.batteryMillivolts;
  const hours = hoursPassed(history, situation.nowS);
  const roomS = SEARCH_ROOM_S - Math.max(0, history.searchedS - hours * SEARCH_PER_HOUR_S);
  const roomKb = SEND_ROOM_KB - Math.max(0, history.sentKb - hours * SEND_PER_HOUR_KB);
  const digits = RAT_ORDER.split(',' + mccOf(history.network))[1] || RAT_ORDER;
  const order: number[] = [];
  for (let i = 0; i < 4; i++) {
    const technology = digits.charCodeAt(i) - 48;
    const tooWeak = technology === GSM && millivolts !== null && millivolts < GSM_FROM_MV;
    if (!tooWeak && situation.technologies.indexOf(technology) >= 0) order.push(technology);
  }

  let heldBack = OK;
  if (order.length === 0 || (millivolts !== null && millivolts < RADIO_FROM_MV)) heldBack = BATTERY_LOW;
  else if (roomS < (step === 0 || situation.alarm ? LEAST_KNOWN_S : SHORT_SEARCH_S) || roomKb < LEAST_KB)
    heldBack = UPLINK_HELD_BACK;

  const isLong = step === A_DAY || (step === 0 && history.technology === 0);
  const isShort = step > 0 && !isLong;
  const isElsewhere = movedFar(history, situation.latE5, situation.lonE5);
  // The first failure seldom has to do with the network, which is tried once more; 50 km on it has no say any more.
  let turn = step < MOST_FAILURES ? Math.max(0, step - 1) : Math.floor(situation.nowS / 21600);
  if (step > 0 && isElsewhere) turn = 1 + 2 * Math.floor(situation.nowS / 3600);
  let leftS = Math.min(roomS, isLong ? LONG_SEARCH_S : isShort ? SHORT_SEARCH_S : SEARCH_S);
  const searches: Search[] = [];
  const own = history.technology;
  const isKnown = order.indexOf(own) >= 0;
  const isEven = turn % 2 === 0;
  const isBarred = history.barredH !== null;
  // Every other time without it, in case it is that network which fails; behind another where what counts is to register.
  const known = {
    technology: own,
    withinS: isKnown && (isEven || isBarred) ? Math.min(KNOWN_NETWORK_S, leftS) : 0,
    network: history.network,
  };
  leftS -= known.withinS;
  if (known.withinS > 0 && isEven) searches.push(known);
  // Short searches: its technology alone every fourth time, another one in the three between.
  const isOwnTurn = isShort && isKnown && !isBarred && turn % 4 === 1;
  const others: number[] = [];
  for (let i = 0; i < order.length; i++)
    if (!isShort || !isKnown || (order[i] === own) === isOwnTurn) others.push(order[i]);
  if (others.length === 0) others.push(own);
  const eachS = isLong ? Math.floor(leftS / others.length) : TECHNOLOGY_S;
  const first = isEven ? turn >> 1 : turn >> 2;
  for (let i = 0; i < others.length && leftS >= LEAST_SEARCH_S; i++) {
    const withinS = Math.min(eachS, leftS);
    searches.push({ technology: others[(first + i) % others.length], withinS, network: 0 });
    leftS -= withinS;
  }
  if (known.withinS > 0 && !isEven) searches.push(known);

  const newDay = Math.floor(situation.nowS / 86400) !== Math.floor(history.dayH / 24);
  return {
    heldBack,
    searches: heldBack === OK ? searches : [],
    clearForbidden: step === DENIED || (step > 0 && step < DENIED && newDay && isElsewhere),
    rung: history.rung,
    mostKb: Math.max(0, Math.min(SESSION_KB, roomKb)),
  };
}

/**
 * What to remember after a session that ended with `fault`, or was held back with that fault; its report is then not
 * looked at.
 *
 * - Back-off: a step for each failure; back to the beginning after a registration in another country, with another SIM, or
 *   50 km on. Refused by every network, it goes to the longest pause at once. A session that is held back steps as well,
 *   and waits an hour at least.
 * - Data refused in a country where none has passed yet (in Russia for a day after the first registration, and again after
 *   three idle days) is a bar: since when is remembered, and it does not count as a modem that is stuck. As no pause is
 *   longer than 6 h, the tracker keeps registering.
 * - Rung of the recovery ladder: one up for each failure that looks like a modem that is stuck, down to the ground where
 *   it has registered.
 */
export function historyAfter(
  history: RadioHistory,
  situation: Situation,
  report: LinkReport,
  fault: number,
): RadioHistory {
  const held = fault === UPLINK_HELD_BACK || fault === BATTERY_LOW;
  const hour = Math.floor(situation.nowS / 3600);
  const hours = hoursPassed(history, situation.nowS);
  const registered = !held && report.technology !== 0;
  const otherSim = !held && report.sim !== 0 && history.sim !== 0 && report.sim !== history.sim;
  const elsewhere =
    otherSim || (registered && report.network !== 0 && mccOf(report.network) !== mccOf(history.network));
  const denied = fault === REGISTRATION_DENIED;

  let step = history.step;
  if (fault === OK) step = 0;
  else if (step >= DENIED && !registered && !otherSim) {
    if (!held) step = step < LAST_DENIED ? step + 1 : denied ? DENIED : MOST_FAILURES;
  } else if (denied) step = DENIED;
  else {
    if (step >= DENIED || elsewhere || movedFar(history, situation.latE5, situation.lonE5)) step = 0;
    step = Math.min(step + 1, MOST_FAILURES);
    if (held && step < HELD) step = HELD;
  }

  let barredH = history.barredH === null || elsewhere ? null : Math.min(history.barredH, hour);
  if (registered) {
    const refused = fault === NO_DATA_CONTEXT || fault === APN_REFUSED;
    if (!refused) barredH = null;
    else if (elsewhere) barredH = hour;
  }

  const again = history.step > 0;
  let rung = history.rung;
  if (
    fault === MODEM_SILENT ||
    fault === MODEM_REFUSED ||
    (again && fault === STREAM_STALLED) ||
    (again && fault === NO_DATA_CONTEXT && barredH === null) ||
    (history.step > HELD && fault === NO_NETWORK && history.network !== 0)
  )
    rung = Math.min(rung + 1, RUNG_RAIL);
  else if (registered || fault === OK) rung = 0;

  let searchedS = Math.max(0, history.searchedS - hours * SEARCH_PER_HOUR_S);
  let sentKb = Math.max(0, history.sentKb - hours * SEND_PER_HOUR_KB);
  if (!held) {
    // Two engines may differ by a rounding error over a whole second.
    searchedS += Math.ceil(report.searchedS - 0.01);
    sentKb += Math.ceil(report.bytes / 1024);
  }
  const isTried = !held && situation.latE5 !== null && situation.lonE5 !== null;
  return {
    step,
    technology: registered ? report.technology : history.technology,
    network: registered && report.network !== 0 ? report.network : history.network,
    rssiDbm: registered ? report.rssiDbm : history.rssiDbm,
    sim: held || report.sim === 0 ? history.sim : report.sim,
    dayH: hour,
    searchedS: Math.min(searchedS, 2 * SEARCH_ROOM_S),
    sentKb: Math.min(sentKb, 2 * SEND_ROOM_KB),
    latE2: isTried ? Math.round(situation.latE5 / 1000) : history.latE2,
    lonE2: isTried ? Math.round(situation.lonE5 / 1000) : history.lonE2,
    barredH,
    rung,
    pinRefused: fault === SIM_PIN_WRONG ? situation.generation + 1 : otherSim ? 0 : history.pinRefused,
  };
}
