import type { Timer } from '../../kernel.ts';
import type { Cell } from '../radio.ts';
import type { Core } from './core.ts';
import { take } from './faults.ts';
import { between, MS, S } from './scope.ts';

/** Bytes of signalling for one activation or deactivation. Assumed. */
const SIGNALLING = { up: 120, down: 120 };
const WATCH_US = S;

export interface PdpEvents {
  cell(): Cell | undefined;
  /** The context has ended, whoever ended it. */
  onDown(): void;
}

/** The one PDP context of the model: the one that carries data. */
export class Pdp {
  readonly #core: Core;
  readonly #events: PdpEvents;
  #address: string | undefined;
  #activeSinceUs = 0;
  #pending: Timer | undefined;
  #watcher: Timer | undefined;
  #lost: (() => void) | undefined;

  constructor(core: Core, events: PdpEvents) {
    this.#core = core;
    this.#events = events;
  }

  get active(): boolean {
    return this.#address !== undefined;
  }

  /** True from the request for a context on. */
  get wanted(): boolean {
    return this.active || this.#pending !== undefined;
  }

  get address(): string {
    return this.#address ?? '0.0.0.0';
  }

  /** Whether the network would refuse a context with this APN. An empty APN leaves the choice to the network. */
  refuses(apn: string): boolean {
    const { apns, faults } = this.#core;
    const unknown = apn !== '' && apns !== undefined && !apns.includes(apn);
    return unknown || faults.pdpRefused === true || this.#events.cell()?.refuses === 'data';
  }

  /** `done` hears whether there is a context; it is not called when the network goes away meanwhile: then `lost` is. */
  activate(apn: string, done: (active: boolean) => void, lost = (): void => {}): void {
    const { random, scope } = this.#core;
    this.#core.traffic(SIGNALLING);
    this.#lost = lost;
    this.#pending = scope.after(between(random, 300 * MS, 3 * S), () => {
      this.#pending = undefined;
      this.#lost = undefined;
      if (this.refuses(apn)) {
        done(false);
        return;
      }
      this.#address = `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
      this.#activeSinceUs = scope.nowUs;
      this.#watch();
      done(true);
    });
  }

  /** On request. The address is gone at once; `done` runs when the network has confirmed. */
  deactivate(done: () => void): void {
    this.#core.traffic(SIGNALLING);
    this.#down();
    this.#core.scope.after(between(this.#core.random, 50 * MS, S), done);
  }

  /** The network has ended it. */
  lose(): void {
    if (!this.wanted) return;
    this.#core.urc(this.#core.family.words.pdpLost(this.#core.random));
    const lost = this.#lost;
    this.#down();
    lost?.();
  }

  #watch(): void {
    this.#watcher = this.#core.scope.after(WATCH_US, () => {
      const { faults, scope } = this.#core;
      const limitS = faults.pdpLostAfterS;
      if (limitS !== undefined && scope.nowUs - this.#activeSinceUs >= limitS * S) {
        take(faults, 'pdpLostAfterS');
        this.lose();
      } else {
        this.#watch();
      }
    });
  }

  #down(): void {
    this.#core.scope.cancel(this.#pending);
    this.#core.scope.cancel(this.#watcher);
    this.#pending = undefined;
    this.#lost = undefined;
    this.#address = undefined;
    this.#events.onDown();
  }
}
