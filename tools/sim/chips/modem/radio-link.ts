import type { RadioTechnology } from '../radio.ts';
import { S, type Scope } from './scope.ts';

/** The network drops a radio connection after this much silence. */
export const INACTIVITY_US = 10 * S;
/** Uplink rate that a modem gets on average, bits per second. Assumed: about half of the technology's peak. */
const UPLINK_BPS: Record<RadioTechnology, number> = {
  LTE: 2_000_000,
  'LTE-M': 200_000,
  'NB-IoT': 20_000,
  GSM: 20_000,
};
/** Access and grant, before the first byte of a burst. */
const GRANT_US = 20_000;

/** The radio connection: up from the first byte until the network takes it down. */
export class RadioLink {
  readonly #scope: Scope;
  readonly #changed: () => void;
  #sendingUntilUs = 0;
  #connectedUntilUs = 0;

  constructor(scope: Scope, changed: () => void) {
    this.#scope = scope;
    this.#changed = changed;
  }

  get state(): 'transmitting' | 'connected' | undefined {
    if (this.#scope.nowUs < this.#sendingUntilUs) return 'transmitting';
    return this.#scope.nowUs < this.#connectedUntilUs ? 'connected' : undefined;
  }

  /** Time on air of `bytes`, microseconds. */
  airtimeUs(bytes: number, technology: RadioTechnology): number {
    return Math.ceil(GRANT_US + (bytes * 8e6) / UPLINK_BPS[technology]);
  }

  sending(bytes: number, technology: RadioTechnology): void {
    this.#sendingUntilUs =
      Math.max(this.#sendingUntilUs, this.#scope.nowUs) + this.airtimeUs(bytes, technology);
    this.#keepUp(this.#sendingUntilUs);
    this.#scope.after(this.#sendingUntilUs - this.#scope.nowUs, this.#changed);
  }

  receiving(): void {
    this.#keepUp(this.#scope.nowUs);
  }

  drop(): void {
    this.#sendingUntilUs = 0;
    this.#connectedUntilUs = 0;
  }

  #keepUp(fromUs: number): void {
    this.#connectedUntilUs = Math.max(this.#connectedUntilUs, fromUs + INACTIVITY_US);
    this.#scope.after(this.#connectedUntilUs - this.#scope.nowUs, this.#changed);
    this.#changed();
  }
}
