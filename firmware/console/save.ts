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

/** The values in force with what is staged laid over them. */
export function mergedValues(session: Session): Values {
  const tracker = session.tracker;
  const values = completed(loadValues(tracker.configuration, tracker.crypto, 'all').values);
  for (let key = 1; key <= LAST_KEY; key++) {
    const staged = session.staged[key];
    if (staged !== undefined) values[key] = staged;
  }
  return values;
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
  session.stagedCount = 0;
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
  const values = mergedValues(session);
  const problems = problemsOf(session, values);
  if (problems.length > 0)
    return { fault: problems[1] as number, about: problems[0] as string, generation: 0, changed: 0 };
  const before = loadValues(flash, tracker.crypto, 'all');
  completed(before.values);
  let changed = 0;
  let isTold = true;
  eachKey((spec) => {
    const old = before.values[spec.key];
    const now = values[spec.key];
    if (old === undefined || now === undefined || isSame(old, now)) return;
    if (!recordChange(tracker, journal, spec, old, now, who)) isTold = false;
    changed++;
  });
  const isWhole = before.page >= 0 && before.fault !== CONFIG_DAMAGED;
  if (changed === 0 && isWhole) {
    forget(session);
    return { fault: OK, about: '', generation: before.generation, changed };
  }
  // What nobody could be told of is not changed.
  if (!isTold) return { fault: JOURNAL_VERIFY, about: '', generation: before.generation, changed: 0 };
  const fault = saveValues(flash, tracker.crypto, values);
  if (fault !== OK) return { fault, about: '', generation: before.generation, changed: 0 };
  const after = loadValues(flash, tracker.crypto, 'all');
  let isThere = true;
  for (let key = 1; key <= LAST_KEY; key++) {
    const read = after.values[key];
    const meant = values[key];
    if (read === undefined || meant === undefined || !isSame(read, meant)) isThere = false;
  }
  if (!isThere) return { fault: NOT_READ_BACK, about: '', generation: after.generation, changed };
  recordGeneration(tracker, journal, before.generation, after.generation, who);
  forget(session);
  session.isSaved = true;
  return { fault: OK, about: '', generation: after.generation, changed };
}
