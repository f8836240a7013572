import type { Plain } from './cbor-item.ts';
import { areOfTypes } from './types.ts';

/** 0 green, 1 amber, 2 red, 3 skipped. */
export type TestVerdict = 0 | 1 | 2 | 3;

/** One step of a self-test; its number and the unit of its value are those of docs/console.md. */
export interface TestStep {
  step: number;
  verdict: TestVerdict;
  value: number | null;
  /** A fault code, 0 where nothing was wrong. */
  error: number;
}

/** A self-test, as it begins and with what it found: a TESTED record of docs/journal.md. */
export interface Tested {
  /** The worst of the steps; null: it begins. */
  verdict: TestVerdict | null;
  who: string;
  steps: TestStep[];
}

const LAST_VERDICT = 3;

/** The steps of a self-test, arrays of step, verdict, value and error; undefined when they are none. */
export function testSteps(items: Plain): TestStep[] | undefined {
  if (!Array.isArray(items)) return undefined;
  const steps = items.map((item) => {
    if (!Array.isArray(item) || !areOfTypes(item, 'uunu') || Number(item[1]) > LAST_VERDICT) return undefined;
    const [step, verdict, value, error] = item as [number, TestVerdict, number | null, number];
    return { step, verdict, value, error };
  });
  return steps.includes(undefined) ? undefined : (steps as TestStep[]);
}

/** The items of a TESTED behind its kind; undefined when they are none. */
export function testedOf(items: readonly Plain[]): Tested | undefined {
  const steps = testSteps(items[3]);
  if (!steps || items.length !== 4 || !areOfTypes(items.slice(0, 3), 'nti')) return undefined;
  const [verdict, who] = items as [number | null, string];
  if (verdict !== null && (verdict < 0 || verdict > LAST_VERDICT)) return undefined;
  return { verdict: verdict as TestVerdict | null, who, steps };
}
