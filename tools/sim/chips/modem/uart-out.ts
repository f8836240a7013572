import { fromByteString } from '../../bytes.ts';
import type { Random } from '../../random.ts';
import { type Faults, take } from './faults.ts';
import type { Scope } from './scope.ts';

/** Ten bits at 115200 baud. */
const BYTE_US = 10e6 / 115200;
const MAX_CHUNK = 64;

/** The modem's transmit line: bytes leave one after another, and the far side sees them in chunks of any size. */
export class UartOut {
  readonly #scope: Scope;
  readonly #random: Random;
  readonly #faults: Faults;
  readonly #deliver: (bytes: Uint8Array) => void;
  #queue: Uint8Array = new Uint8Array(0);
  #sending = false;
  #freeAtUs = 0;
  /** The intruder that is being waited for, and how many bytes from now it comes. */
  #intruder: Faults['urcAtByte'];
  #intruderIn = 0;

  constructor(scope: Scope, random: Random, faults: Faults, deliver: (bytes: Uint8Array) => void) {
    this.#scope = scope;
    this.#random = random;
    this.#faults = faults;
    this.#deliver = deliver;
  }

  write(bytes: Uint8Array): void {
    this.#queue = Buffer.concat([this.#queue, ...this.#disturbed(bytes)]);
    if (!this.#sending) this.#next();
  }

  /** How long until all that was written so far has left, in microseconds. */
  get drainUs(): number {
    return Math.max(this.#freeAtUs - this.#scope.nowUs, 0) + this.#queue.length * BYTE_US;
  }

  #disturbed(bytes: Uint8Array): Uint8Array[] {
    const { urcAtByte } = this.#faults;
    if (urcAtByte !== this.#intruder) {
      this.#intruder = urcAtByte;
      this.#intruderIn = urcAtByte?.at ?? 0;
    }
    if (!urcAtByte) return [bytes];
    const at = this.#intruderIn;
    this.#intruderIn -= bytes.length;
    if (at > bytes.length) return [bytes];
    take(this.#faults, 'urcAtByte');
    return [bytes.slice(0, at), fromByteString(urcAtByte.text), bytes.slice(at)];
  }

  #next(): void {
    this.#sending = this.#queue.length > 0;
    if (!this.#sending) return;
    const size = Math.min(this.#random.int(1, MAX_CHUNK), this.#queue.length);
    const chunk = this.#queue.slice(0, size);
    this.#queue = this.#queue.slice(size);
    this.#freeAtUs = Math.max(this.#freeAtUs, this.#scope.nowUs) + size * BYTE_US;
    this.#scope.after(this.#freeAtUs - this.#scope.nowUs, () => {
      // First the next one: how soon the board answers must not change what is drawn.
      this.#next();
      this.#deliver(chunk);
    });
  }
}
