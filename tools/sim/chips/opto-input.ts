/**
 * A contact with current through it, as a processor's pin sees it: an opto-coupler behind one pole of the reefer's socket,
 * or a reed contact to ground. Current pulls the pin low, the pull-up makes it high.
 */
import type { Random } from '../random.ts';

/** Share of looks at a corroded contact that find no current. Assumed. */
const OPEN_SHARE = 0.4;

export interface OptoInputOptions {
  /** Whether the far side is on: 24 V at the pole, a magnet at the reed. */
  readonly active: () => boolean;
  readonly random: Random;
}

export class OptoInput {
  /**
   * `corroded`: current comes and goes with each shake of the train, faster than a program looks twice. `unplugged`: it
   * never comes. `stuck-low`: a shorted transistor or a welded contact.
   */
  fault: 'none' | 'corroded' | 'unplugged' | 'stuck-low' = 'none';
  readonly #options: OptoInputOptions;

  constructor(options: OptoInputOptions) {
    this.#options = options;
  }

  isHigh(): boolean {
    if (this.fault === 'stuck-low') return false;
    if (this.fault === 'unplugged' || !this.#options.active()) return true;
    return this.fault === 'corroded' && this.#options.random.next() < OPEN_SHARE;
  }
}
