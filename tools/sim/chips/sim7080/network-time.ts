import type { Timer } from '../../kernel.ts';
import type { Clock } from './clock.ts';
import type { Core } from './core.ts';
import { between, MS, S } from './scope.ts';

/** The time that a network tells (NITZ), once for each registration and some seconds after it. */
export class NetworkTime {
  readonly #core: Core;
  readonly #clock: Clock;
  #signal: Timer | undefined;

  constructor(core: Core, clock: Clock) {
    this.#core = core;
    this.#clock = clock;
  }

  joined(): void {
    const delayUs = between(this.#core.random, 500 * MS, 8 * S);
    this.#signal = this.#core.scope.after(delayUs, () => this.#take());
  }

  lost(): void {
    this.#core.scope.cancel(this.#signal);
  }

  #take(): void {
    if (!this.#core.profile.clts) return;
    const utcMs = Math.floor(this.#core.air.utcMs() / 1000) * 1000;
    const quarters = Math.round(this.#core.air.utcOffsetMin() / 15);
    this.#clock.set(utcMs + quarters * 15 * 60_000, quarters);
    const utc = new Date(utcMs);
    const date = `${utc.getUTCFullYear()},${utc.getUTCMonth() + 1},${utc.getUTCDate()}`;
    const time = `${utc.getUTCHours()},${utc.getUTCMinutes()},${utc.getUTCSeconds()}`;
    const zone = `${quarters < 0 ? '-' : '+'}${Math.abs(quarters)}`;
    this.#core.urc(`*PSUTTZ: ${date},${time},"${zone}",0`);
    this.#core.urc('DST: 0');
  }
}
