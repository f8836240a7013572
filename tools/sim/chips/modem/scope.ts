import type { Kernel, Timer } from '../../kernel.ts';
import type { Random } from '../../random.ts';

/** The timers of one power-on. When the power goes, all that was planned goes with it. */
export class Scope {
  readonly #kernel: Kernel;
  readonly #timers = new Set<Timer>();
  #ended = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get nowUs(): number {
    return this.#kernel.nowUs;
  }

  /** Run `run` in `delayUs` of virtual time, unless cancelled or the power has gone by then. */
  after(delayUs: number, run: () => void): Timer {
    const timer = this.#kernel.after(delayUs, () => {
      this.#timers.delete(timer);
      run();
    });
    if (this.#ended) this.#kernel.cancel(timer);
    else this.#timers.add(timer);
    return timer;
  }

  cancel(timer: Timer | undefined): void {
    if (!timer) return;
    this.#kernel.cancel(timer);
    this.#timers.delete(timer);
  }

  /** Virtual time waits for `work`: its result is there before the next event runs. `work` must not reject. */
  hold(work: Promise<unknown>): void {
    this.#kernel.hold(work);
  }

  end(): void {
    this.#ended = true;
    for (const timer of this.#timers) this.#kernel.cancel(timer);
    this.#timers.clear();
  }
}

export const MS = 1000;
export const S = 1_000_000;

/** A seeded delay in microseconds, between two bounds in microseconds. */
export function between(random: Random, lowUs: number, highUs: number): number {
  return random.int(lowUs, highUs);
}
