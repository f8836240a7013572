import type { Timer } from '../../kernel.ts';
import type { Core } from './core.ts';
import { between, MS, S } from './scope.ts';

export const PDP_CONTEXTS = 4;
/** Bytes of signalling for one activation or deactivation. Assumed. */
const SIGNALLING = { up: 120, down: 120 };

/** The PDP context that carries data. The modem has four to configure; the model activates the first. */
export class Pdp {
  readonly #core: Core;
  readonly #onDown: () => void;
  readonly apns: string[] = Array.from({ length: PDP_CONTEXTS }, () => '');
  #address: string | undefined;
  #pending: Timer | undefined;

  /** `onDown` runs when the context ends, whoever ended it. */
  constructor(core: Core, onDown: () => void) {
    this.#core = core;
    this.#onDown = onDown;
  }

  get active(): boolean {
    return this.#address !== undefined;
  }

  /** True from the request for a context on: the radio belongs to LTE. */
  get wanted(): boolean {
    return this.active || this.#pending !== undefined;
  }

  get address(): string {
    return this.#address ?? '0.0.0.0';
  }

  activate(): void {
    this.#core.traffic(SIGNALLING);
    this.#pending = this.#core.scope.after(between(this.#core.random, 300 * MS, 3 * S), () => {
      this.#pending = undefined;
      const { random } = this.#core;
      this.#address = `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
      this.#core.urc('+APP PDP: 0,ACTIVE');
    });
  }

  /** On request. The address is gone at once, the report comes later. */
  deactivate(): void {
    this.#core.traffic(SIGNALLING);
    this.#down();
    this.#core.scope.after(between(this.#core.random, 50 * MS, S), () => this.#report());
  }

  /** The network is gone. */
  lose(): void {
    if (!this.wanted) return;
    this.#report();
    this.#down();
  }

  #down(): void {
    this.#core.scope.cancel(this.#pending);
    this.#pending = undefined;
    this.#address = undefined;
    this.#onDown();
  }

  #report(): void {
    // The maker's notes show both forms.
    this.#core.urc(`+APP PDP: ${this.#core.random.int(0, 7) === 0 ? '' : '0,'}DEACTIVE`);
  }
}
