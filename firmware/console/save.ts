import { CONFIG_DAMAGED, JOURNAL_VERIFY, NOT_READ_BACK, OK } from '../../hal/faults.ts';
import { loadValues } from '../config/load.ts';
import { saveValues } from '../config/save.ts';
import { eachKey, LAST_KEY } from '../config/schema.ts';
import { contradictions, type Values, valueFault } from '../config/values.ts';
import { completed, isSame, nameOf } from './keys.ts';
import { recordChange, recordGeneration } from './records.ts';
import type { Session } from './session.ts';

/** What is wrong with what is staged: name of the key and fault code in turn; empty where it can be saved. */
export function problemsOf(session: Session, values: Values): (string | number)[] {
  const problems: (string | number)[] = [];
  eachKey((spec) => {
    const staged = session.staged[spec.key];
    if (staged === undefined) return;
    const fault = valueFault(spec, staged, false);
    if (fault !== OK) problems.push(spec.name, fault);
  });
  if (problems.length > 0) return problems;
  const found = contradictions(values);
  for (let i = 0; i < found.length; i += 2) problems.push(nameOf(found[i]), found[i + 1]);
  return problems;
}

/** Lay what is staged over the values in force; what it takes the place of, by the numbers of the keys. Changes `values`. */
export function overlay(session: Session, values: Values): Values {
  const before: Values = {};
  for (let key = 1; key <= LAST_KEY; key++) {
    const staged = session.staged[key];
    if (staged === undefined) continue;
    before[key] = values[key];
    values[key] = staged;
  }
  return before;
}

export interface Saved {
  /** OK, or why nothing, or not all, was saved. */
  readonly fault: number;
  /** The key that it is about; empty for none. */
  readonly about: string;
  readonly generation: number;
  readonly changed: number;
}

export function forget(session: Session): void {
  for (let key = 1; key <= LAST_KEY; key++) delete session.staged[key];
}

/**
 * Check what is staged as a whole, put each change into the journal, write it, read it back, and put into the journal that
 * it is so. A power cut leaves the old configuration or the new one; without the last record the changes before it count for
 * nothing, unless the generation says so.
 */
export function saveStaged(session: Session, who: string): Saved {
  const tracker = session.tracker;
  const journal = session.journal;
  const flash = tracker.configuration;
  const inForce = loadValues(flash, tracker.crypto, 'all');
  const values = completed(inForce.values);
  const before = overlay(session, values);
  const problems = problemsOf(session, values);
  if (problems.length > 0)
    return { fault: problems[1] as number, about: problems[0] as string, generation: 0, changed: 0 };
  let changed = 0;
  let isTold = true;
  eachKey((spec) => {
    const old = before[spec.key];
    const now = values[spec.key];
    if (old === undefined || now === undefined || isSame(old, now)) return;
    if (!recordChange(tracker, journal, spec, old, now, who)) isTold = false;
    changed++;
  });
  const isWhole = inForce.page >= 0 && inForce.fault !== CONFIG_DAMAGED;
  if (changed === 0 && isWhole) {
    forget(session);
    return { fault: OK, about: '', generation: inForce.generation, changed };
  }
  // What nobody could be told of is not changed.
  if (!isTold) return { fault: JOURNAL_VERIFY, about: '', generation: inForce.generation, changed: 0 };
  const fault = saveValues(flash, tracker.crypto, values);
  if (fault !== OK) return { fault, about: '', generation: inForce.generation, changed: 0 };
  const after = loadValues(flash, tracker.crypto, 'all');
  let isThere = true;
  for (let key = 1; key <= LAST_KEY; key++) {
    const read = after.values[key];
    const meant = values[key];
    if (read === undefined || meant === undefined || !isSame(read, meant)) isThere = false;
  }
  if (!isThere) return { fault: NOT_READ_BACK, about: '', generation: after.generation, changed };
  recordGeneration(tracker, journal, inForce.generation, after.generation, who);
  forget(session);
  session.isSaved = true;
  return { fault: OK, about: '', generation: after.generation, changed };
}
