import type { SimOptions } from './options.ts';

export type SimState = 'busy' | 'READY' | 'SIM PIN' | 'SIM PUK' | 'absent';

const MAX_TRIES = 3;
/** EF_FPLMN has room for this many networks; a further one drives the oldest out. */
const MAX_FORBIDDEN = 4;

/** The SIM: it counts wrong PINs, and keeps the networks that have refused it, whether or not the modem has power. */
export class SimCard {
  readonly iccid: string;
  readonly #pin: string | undefined;
  readonly #absent: boolean;
  #triesLeft: number;
  #state: SimState = 'busy';
  #forbidden: readonly string[] = [];

  constructor(options: SimOptions) {
    this.iccid = options.iccid;
    this.#pin = options.pin;
    this.#absent = options.absent ?? false;
    this.#triesLeft = options.pukLocked ? 0 : MAX_TRIES;
  }

  get state(): SimState {
    return this.#state;
  }

  /** MCC and MNC of each network that it will not try again, the newest last. */
  get forbidden(): readonly string[] {
    return this.#forbidden;
  }

  set forbidden(networks: readonly string[]) {
    this.#forbidden = networks.slice(-MAX_FORBIDDEN);
  }

  forbid(network: string): void {
    if (!this.#forbidden.includes(network)) this.forbidden = [...this.#forbidden, network];
  }

  /** Power has been cut or applied: not readable yet. */
  reset(): void {
    this.#state = 'busy';
  }

  /** It has been taken out. */
  remove(): void {
    this.#state = 'absent';
  }

  /** The modem has read the card. */
  wake(): SimState {
    if (this.#absent) this.#state = 'absent';
    else if (this.#triesLeft === 0) this.#state = 'SIM PUK';
    else this.#state = this.#pin === undefined ? 'READY' : 'SIM PIN';
    return this.#state;
  }

  /** True when the PIN was right. */
  unlock(pin: string): boolean {
    if (pin === this.#pin) {
      this.#triesLeft = MAX_TRIES;
      this.#state = 'READY';
      return true;
    }
    if (--this.#triesLeft === 0) this.#state = 'SIM PUK';
    return false;
  }
}
