import type { Random } from '../../random.ts';

import type { Scope } from './scope.ts';

/** Ten bits at 115200 baud. */
const BYTE_US = 10e6 / 115200;
const MAX_CHUNK = 64;

/** The modem's transmit line: bytes leave one after another, and the far side sees them in chunks of any size. */
export class UartOut {
  readonly #scope: Scope;
  readonly #random: Random;
  readonly #deliver: (bytes: Uint8Array) => void;
  #queue: Uint8Array = new Uint8Array(0);
  #sending = false;
  #freeAtUs = 0;

  constructor(scope: Scope, random: Random, deliver: (bytes: Uint8Array) => void) {
    this.#scope = scope;
    this.#random = random;
    this.#deliver = deliver;
  }

  write(bytes: Uint8Array): void {
    this.#queue = Buffer.concat([this.#queue, bytes]);
    if (!this.#sending) this.#next();
  }

  /** How long until all that was written so far has left, in microseconds. */
  get drainUs(): number {
    return Math.max(this.#freeAtUs - this.#scope.nowUs, 0) + this.#queue.length * BYTE_US;
  }

  #next(): void {
    this.#sending = this.#queue.length > 0;
    if (!this.#sending) return;
    const size = Math.min(this.#random.int(1, MAX_CHUNK), this.#queue.length);
    const chunk = this.#queue.slice(0, size);
    this.#queue = this.#queue.slice(size);
    this.#freeAtUs = Math.max(this.#freeAtUs, this.#scope.nowUs) + size * BYTE_US;
    this.#scope.after(this.#freeAtUs - this.#scope.nowUs, () => {
      this.#deliver(chunk);
      this.#next();
    });
  }
}
