import { GNSS_IMPLAUSIBLE, GNSS_NO_FIX } from '../../hal/faults.ts';
import { changesPlace } from '../conditions.ts';
import { STEP_AFTER_CHANGE, stepAfterFailure, stepAfterFix } from '../fix-policy.ts';
import {
  ACK,
  ALARM,
  ANCHOR,
  CONDITIONS,
  FIX,
  INTERVAL,
  JUDGED,
  NO_FIX,
  POWER_ON,
  RADIO,
  SESSION,
  TIME,
} from './format.ts';
import { countSession, type JournalState, uplinkAfterPowerOn } from './state.ts';
import type { Block } from './walk.ts';

/** Items of a JUDGED in front of the judgement's own. Without those, and without an alarm, nothing is judged any more. */
export const JUDGED_HEAD = 4;

/** Conditions as a record tells them; a change of what feeds or opens the box ends the back-off of the search for positions. */
export function takeConditions(state: JournalState, conditions: number): void {
  if (changesPlace(state.conditions, conditions)) state.fixStep = STEP_AFTER_CHANGE;
  state.conditions = conditions;
}

/** A position was found at `atS`, so many 1e-5 degrees from the one before; `isFirst`: the block has none before it. */
export function takeFix(state: JournalState, atS: number, isFirst: boolean, lat: number, lon: number): void {
  state.fixAtS = atS;
  state.fixFound = true;
  state.fixStep = stepAfterFix(state.fixStep, isFirst ? null : Math.max(Math.abs(lat), Math.abs(lon)));
}

/** None was found, and why. A receiver that is busy or silent says nothing about the sky. */
export function takeNoFix(state: JournalState, atS: number, reason: number): void {
  state.fixAtS = atS;
  state.fixFound = false;
  if (reason === GNSS_NO_FIX || reason === GNSS_IMPLAUSIBLE) state.fixStep = stepAfterFailure(state.fixStep);
}

/**
 * An alarm was put down under `seq`: that it was raised (1), or that it has ended (0). `told` counts them both. Without a
 * judgement it would be forgotten with its block; the firmware puts none down then.
 */
export function takeAlarm(state: JournalState, raised: number, seq: number): void {
  if (state.judged === null) return;
  state.told++;
  if (raised === 1) state.alarmSeq = seq;
}

/** A change of the block by one record whose items stand in `fields`, the kind first; `seq` is its own. */
export function apply(block: Block, fields: (number | null)[], seq: number): void {
  const state = block.state;
  const kind = fields[0];
  const value = fields[1];
  if (kind === JUDGED) {
    state.judged = fields.length > JUDGED_HEAD || value !== null ? fields : null;
    state.alarmSeq = value === null || value === undefined ? -1 : seq - value;
    state.judgedThrough = seq - (fields[2] || 0);
    state.told = fields[3] || 0;
    // They are told anew with each block, from the state.
    fields[1] = null;
    fields[2] = 0;
    fields[3] = 0;
    return;
  }
  if (value === null || value === undefined) return;
  if (kind === POWER_ON) {
    const uptimeS = fields[3];
    state.powerOn = value;
    state.rowClockS = (uptimeS || 0) - state.intervalS;
    state.uplinkAtS = uplinkAfterPowerOn(state, uptimeS || 0);
    state.inSession = false;
    state.fixAtS = null;
  } else if (kind === TIME) {
    state.rowClockS = value - state.intervalS;
  } else if (kind === INTERVAL) {
    state.intervalS = value;
  } else if (kind === ANCHOR) {
    block.clockS += fields[2] || 0;
    block.clockPowerOn = state.powerOn;
  } else if (kind === ACK) {
    state.acked = value;
  } else if (kind === SESSION) {
    state.uplinkAtS = state.rowClockS + value;
    countSession(state, fields[2] || 0);
  } else if (kind === RADIO) {
    state.failures = value;
    block.radio = fields;
  } else if (kind === CONDITIONS) {
    takeConditions(state, fields[2] || 0);
  } else if (kind === ALARM) {
    takeAlarm(state, fields[2] || 0, seq);
  } else if (kind === NO_FIX) {
    takeNoFix(state, state.rowClockS + value, fields[2] || 0);
  } else if (kind === FIX) {
    const lat = fields[2] || 0;
    const lon = fields[3] || 0;
    takeFix(state, state.rowClockS + value, block.latE5 === 0, lat, lon);
    block.latE5 += lat;
    block.lonE5 += lon;
    if (fields[5] === null) return;
    block.clockS += fields[5] || 0;
    block.clockPowerOn = state.powerOn;
  }
}
