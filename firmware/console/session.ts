/** An open console: what its commands share. */
import type { Tracker } from '../../hal/tracker.ts';
import type { Config } from '../config/schema.ts';
import type { Values } from '../config/values.ts';
import type { Journal } from '../journal/journal.ts';
import type { Test } from './verdicts.ts';

/** The longest name for who did something. */
export const LONGEST_WHO = 16;

/** The probes have one user at a time: the wake's own readings, or a command. */
export interface ProbeLock {
  isTaken: boolean;
}

/** What a wake hands to the console. */
export interface Visit {
  readonly tracker: Tracker;
  readonly journal: Journal;
  /** As the wake found it; changes hold from the next start. */
  readonly config: Config;
  /** Of the configuration in force at the wake. */
  readonly generation: number;
  readonly probes: ProbeLock;
  /** UTC less uptime as it was last known, s; 0 unknown. A new block of the journal forgets it. */
  clockS: number;
}

export interface Session extends Visit {
  /** Changes that are not saved yet, by the numbers of their keys. */
  readonly staged: Values;
  /** The PIN was right, or there is none. */
  isOpen: boolean;
  /** Uptime from which the next PIN is looked at, s. */
  pinFromS: number;
  /** The command under way has made the drivers of modem or receiver. */
  usesRadio: boolean;
  /** Something was saved that holds from the next start. */
  isSaved: boolean;
  /** Ends what is under way; null where that cannot be hastened, or nothing is. */
  stop: (() => void) | null;
  /** Someone wants that to end. */
  isStopped: boolean;
  /** The console closes behind the answer that is under way. */
  leave: 'no' | 'exit' | 'restart' | 'interpreter' | 'test';
  /** What the wake goes on with where the console makes room for a self-test; null else. */
  test: Test | null;
}

/** How many changes are staged. */
export function stagedCount(session: Session): number {
  return Object.keys(session.staged).length;
}

/** Arguments of a command by name; a person's are texts. */
export type Arguments = Record<string, unknown>;

/** An argument that is text; empty where it is missing or something else. */
export function textOf(args: Arguments, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

/** An argument that is a whole number from `low` to `high`; `otherwise` where it is missing, NaN where it is something else. */
export function numberOf(
  args: Arguments,
  name: string,
  low: number,
  high: number,
  otherwise: number,
): number {
  let value = args[name];
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'string') value = isWhole(value) ? parseInt(value, 10) : value;
  if (typeof value !== 'number' || value !== Math.floor(value) || value < low || value > high) return NaN;
  return value;
}

/** Whether a text is a whole number in digits, perhaps with a minus in front. */
export function isWhole(text: string): boolean {
  const digits = text.charAt(0) === '-' ? text.substr(1) : text;
  if (digits === '' || digits.length > 9) return false;
  for (let i = 0; i < digits.length; i++) if ('0123456789'.indexOf(digits.charAt(i)) < 0) return false;
  return true;
}
