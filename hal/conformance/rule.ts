/**
 * The contracts of hal/*.ts as rules that run anywhere: over the mocks, on the virtual board, on the interpreter, on a
 * board. Device code: callbacks, a clock, and nothing of a test framework.
 */
import type { Clock } from '../clock.ts';

export interface Rule {
  /** Completes the sentence "It ...". */
  readonly name: string;
  /** Calls `done` exactly once: with null when the rule holds, else with what is wrong. */
  run(done: (problem: string | null) => void): void;
}

/** Longer than the longest deadlines that one rule waits for. */
const VERDICT_WITHIN_MS = 900000;

/** Run rules one after another; `report` gets each verdict, `done` the number of rules that do not hold. */
export function runRules(
  rules: readonly Rule[],
  clock: Clock,
  report: (rule: Rule, problem: string | null) => void,
  done: (broken: number) => void,
): void {
  let index = 0;
  let broken = 0;

  // Each rule starts from a timer: on the device, call depth is short.
  function next(): void {
    clock.after(0, () => {
      if (index >= rules.length) done(broken);
      else run(rules[index++]);
    });
  }

  function run(rule: Rule): void {
    let over = false;
    const verdict = (problem: string | null): void => {
      if (over) return;
      over = true;
      clock.cancel(deadline);
      if (problem !== null) broken++;
      report(rule, problem);
      next();
    };
    const deadline = clock.after(VERDICT_WITHIN_MS, () => {
      verdict('no verdict');
    });
    try {
      rule.run(verdict);
    } catch (error) {
      verdict(`threw ${String(error)}`);
    }
  }

  next();
}

/** A rule about what calls give at once; `check` returns what is wrong, or null. */
export function immediate(name: string, check: () => string | null): Rule {
  return {
    name,
    run: (done) => {
      done(check());
    },
  };
}

/** Go on when `holds`, or after `withinS` whether it does or not. */
export function until(clock: Clock, withinS: number, holds: () => boolean, then: () => void): void {
  const endS = clock.uptimeS() + withinS;
  const look = (): void => {
    if (holds() || clock.uptimeS() >= endS) then();
    else clock.after(100, look);
  };
  clock.after(0, look);
}

/** What is wrong, when `holds` is false. */
export function unless(holds: boolean, problem: string): string | null {
  return holds ? null : problem;
}

/** The first problem of a list. */
export function firstOf(problems: readonly (string | null)[]): string | null {
  for (let i = 0; i < problems.length; i++) if (problems[i] !== null) return problems[i];
  return null;
}
