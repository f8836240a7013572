import type { Stage } from '../../hal/modem/profile.ts';
import { faults } from '../errors/faults.ts';
import type { Kernel } from '../sim/kernel.ts';
import type { Decision, Happening } from './decision.ts';
import type { Watcher } from './watch.ts';

const RUNGS = [null, 'socket', 'PDP context', 'radio', 'PWRKEY', 'supply'] as const;

export function faultOf(code: number): { id: string; sentence: string; remedy: string } {
  return faults.find((fault) => fault.code === code) ?? { id: `fault ${code}`, sentence: '', remedy: '' };
}

/** Puts what happens in a session into one list, in its order and with its time. */
export class Recorder {
  readonly decisions: Decision[] = [];
  /** What the answers to questions must have in them, by question. */
  readonly wants = new Map<string, string>();
  /** What the drivers list of the ladder: they tell nobody. */
  recoveries: () => readonly number[] = () => [];
  readonly #kernel: Kernel;
  #told = 0;
  /** The dialogue under way, and the fault that a line of it was judged to be. */
  #stage: Stage | null = null;
  #judged: number | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  readonly watcher: Watcher = {
    began: (stage) => {
      this.settle();
      this.#stage = stage;
      this.#judged = undefined;
      this.#put({ kind: 'stage', stage });
    },
    passed: () => this.#endStage(true),
    judged: (fault) => {
      this.#judged = fault;
    },
    wants: (question, want) => {
      this.wants.set(question, want);
    },
  };

  readonly note = (happening: Happening): void => {
    this.#climb();
    this.#put(happening);
  };

  /** The dialogue under way, if there is one, has come to nothing. */
  settle(): void {
    this.#climb();
    this.#endStage(false);
  }

  #climb(): void {
    const taken = this.recoveries();
    for (; this.#told + 1 < taken.length; this.#told += 2) {
      this.#endStage(false);
      const { id, sentence } = faultOf(taken[this.#told + 1]);
      this.#put({ kind: 'recovery', rung: RUNGS[taken[this.#told]] ?? '', fault: id, sentence });
    }
  }

  #endStage(passed: boolean): void {
    const stage = this.#stage;
    this.#stage = null;
    if (stage === null) return;
    const fault = passed || this.#judged === undefined ? {} : { fault: faultOf(this.#judged).id };
    this.#put({ kind: 'verdict', stage, passed, ...fault });
  }

  #put(happening: Happening): void {
    this.decisions.push({ atS: Math.round(this.#kernel.nowUs / 1000) / 1000, ...happening });
  }
}
