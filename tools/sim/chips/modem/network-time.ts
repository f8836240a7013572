import type { Timer } from '../../kernel.ts';
import type { Clock } from './clock.ts';
import type { Core } from './core.ts';
import type { NetworkMoment } from './family.ts';
import { between, MS, S } from './scope.ts';

const QUARTER_MS = 15 * 60_000;

/** The time that a network tells (NITZ), once for each registration and some seconds after it. */
export class NetworkTime {
  readonly #core: Core;
  readonly #clock: Clock;
  #signal: Timer | undefined;
  #told: (NetworkMoment & { readonly atUs: number }) | undefined;

  constructor(core: Core, clock: Clock) {
    this.#core = core;
    this.#clock = clock;
  }

  /** The network's time now, if it has told any, whether or not the clock takes it. */
  get moment(): NetworkMoment | undefined {
    if (!this.#told) return undefined;
    const { utcMs, quarters, atUs } = this.#told;
    return { utcMs: utcMs + Math.floor((this.#core.scope.nowUs - atUs) / MS), quarters };
  }

  joined(): void {
    const delayUs = between(this.#core.random, 500 * MS, 8 * S);
    this.#signal = this.#core.scope.after(delayUs, () => this.#hear());
  }

  lost(): void {
    this.#core.scope.cancel(this.#signal);
  }

  #hear(): void {
    const { profile, faults, family, scope } = this.#core;
    if (faults.clockSentinel === '1980' || faults.clockSentinel === '1970') return;
    const told = this.#tell();
    this.#told = { ...told, atUs: scope.nowUs };
    if (!profile.networkTime) return;
    this.#clock.set(told.utcMs, told.quarters);
    for (const line of family.words.networkTime(told, profile.timeReport)) this.#core.urc(line);
  }

  #tell(): NetworkMoment {
    const utcMs = Math.floor(this.#core.air.utcMs() / 1000) * 1000;
    const quarters = Math.round(this.#core.air.utcOffsetMin() / 15);
    const saysLocal = this.#core.faults.clockSentinel === 'local';
    return saysLocal ? { utcMs: utcMs + quarters * QUARTER_MS, quarters: 0 } : { utcMs, quarters };
  }
}
