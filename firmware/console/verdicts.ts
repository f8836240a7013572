/** Steps of a self-test and what they are worth: docs/console.md. */
import type { Item } from '../cbor.ts';
import { GSM_FROM_MV, RADIO_FROM_MV } from '../radio/policy.ts';
import type { Reply } from './reply.ts';
import { wordsOf } from './words.ts';

export const GREEN = 0;
export const AMBER = 1;
export const RED = 2;
export const SKIPPED = 3;

export const SENSORS = 1;
export const FLASH = 2;
export const BATTERY = 3;
export const CLOCK = 4;
export const GNSS = 5;
export const SIM = 6;
export const NETWORK = 7;
export const BROKER = 8;
export const LOAD = 9;

const STEPS = '- sensors flash battery clock gnss sim network broker load';
const VERDICTS = 'green amber red skipped';
/** What a step's value is counted in. */
const UNITS = '- mC - mV - satellites - dBm - mV';

/** A self-test that is under way, in as little memory as there may be: a session comes yet. */
export interface Test {
  readonly who: string;
  /** Of the request; 0: a person asked. */
  readonly id: number;
  readonly steps: Item[];
  worst: number;
  /** The battery before the modem is on, mV; null unknown. */
  restingMv: number | null;
}

export function verdictName(verdict: number): string {
  return VERDICTS.split(' ')[verdict];
}

/** Put down a step, and tell it. */
export function tellStep(
  test: Test,
  reply: Reply,
  step: number,
  verdict: number,
  value: number | null,
  fault: number,
): void {
  test.steps.push([step, verdict, value, fault]);
  if (verdict < SKIPPED && verdict > test.worst) test.worst = verdict;
  const name = STEPS.split(' ')[step];
  reply.part(['step', name, 'verdict', verdict, 'value', value, 'error', fault]);
  if (reply.isMachine) return;
  const unit = UNITS.split(' ')[step];
  const shown = value === null ? '' : ` ${value}${unit === '-' ? '' : ` ${unit}`}`;
  reply.say(`${verdictName(verdict).padEnd(8)} ${name}${shown}`);
  const words = verdict === SKIPPED ? undefined : wordsOf(fault);
  if (words !== undefined) reply.say(`         ${words[1]} ${words[2]}`);
}

/** What a voltage is worth to a modem; amber where nobody tells it. `isWeak`: it was higher before. */
export function tellVoltage(
  test: Test,
  reply: Reply,
  step: number,
  millivolts: number | null,
  isWeak: boolean,
): void {
  let verdict = GREEN;
  if (millivolts === null || isWeak || millivolts < GSM_FROM_MV) verdict = AMBER;
  if (millivolts !== null && millivolts < RADIO_FROM_MV) verdict = RED;
  tellStep(test, reply, step, verdict, millivolts, 0);
}
