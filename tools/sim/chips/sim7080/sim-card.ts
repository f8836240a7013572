export type SimState = 'busy' | 'READY' | 'SIM PIN' | 'SIM PUK';

const MAX_TRIES = 3;

/** The SIM: it counts wrong PINs whether or not the modem has power. */
export class SimCard {
  readonly #pin: string | undefined;
  #triesLeft = MAX_TRIES;
  #state: SimState = 'busy';

  constructor(pin: string | undefined) {
    this.#pin = pin;
  }

  get state(): SimState {
    return this.#state;
  }

  /** Power has been cut or applied: not readable yet. */
  reset(): void {
    this.#state = 'busy';
  }

  /** The modem has read the card. */
  wake(): SimState {
    if (this.#triesLeft === 0) this.#state = 'SIM PUK';
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
