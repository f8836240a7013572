import type { Message } from '../../console/frame.ts';
import { numberOrNull } from './reading.ts';

/** 0 green, 1 amber, 2 red, 3 skipped. */
export type Verdict = 0 | 1 | 2 | 3;

/** News of one step of the self-test: docs/console.md. */
export interface TestedStep {
  readonly step: string;
  readonly verdict: Verdict;
  readonly value: number | null;
  /** Of hal/faults.ts; 0: none. */
  readonly error: number;
}

export interface SelfTest {
  readonly at: number;
  readonly steps: readonly TestedStep[];
  readonly verdict: Verdict;
  /** What the tracker signed, and the signature, in hexadecimal digits; an empty `mac`: it has no key. */
  readonly record: string;
  readonly mac: string;
}

/** Undefined for news that is none. */
export function testedStepOf(part: Message): TestedStep | undefined {
  if (typeof part['step'] !== 'string' && typeof part['step'] !== 'number') return undefined;
  return {
    step: stepNameOf(part['step']),
    verdict: verdictOf(part['verdict']),
    value: numberOrNull(part['value']),
    error: numberOrNull(part['error']) ?? 0,
  };
}

export function selfTestOf(last: Message, steps: readonly TestedStep[], at: number): SelfTest {
  return {
    at,
    steps,
    verdict: verdictOf(last['verdict']),
    record: digitsOf(last['record']),
    mac: digitsOf(last['mac']),
  };
}

/** The steps by their numbers in docs/console.md. */
const STEP_NAMES = ['sensors', 'flash', 'battery', 'clock', 'gnss', 'sim', 'network', 'broker', 'load'];

function stepNameOf(step: string | number): string {
  if (typeof step === 'number') return STEP_NAMES[step - 1] ?? String(step);
  return step.endsWith('load') ? 'load' : step.slice(0, 40);
}

/** Anything unknown is no green. */
function verdictOf(value: unknown): Verdict {
  return value === 0 || value === 1 || value === 3 ? value : 2;
}

function digitsOf(value: unknown): string {
  return typeof value === 'string' && /^[0-9a-f]*$/i.test(value) ? value : '';
}
