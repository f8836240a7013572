import { setTimeout as pause } from 'node:timers/promises';
import type { Port } from '../console/port.ts';
import { ColdrailError } from '../errors/error.ts';

/** Between two looks whether the port is there again. */
const LOOK_MS = 250;

/**
 * A port that is opened again when it goes away: a chip with USB of its own takes the port with it whenever it restarts.
 * Closed only when it does not come back in time, or by `close`.
 */
export class LastingPort implements Port {
  readonly #open: () => Promise<Port>;
  readonly #graceMs: number;
  #inner: Promise<Port>;
  #hear: (text: string) => void = () => {};
  #gone: () => void = () => {};
  #isClosed = false;

  /** @throws what `open` throws, if the port is not there at all */
  static async open(open: () => Promise<Port>, graceMs: number): Promise<LastingPort> {
    return new LastingPort(open, await open(), graceMs);
  }

  private constructor(open: () => Promise<Port>, first: Port, graceMs: number) {
    this.#open = open;
    this.#graceMs = graceMs;
    this.#inner = Promise.resolve(this.#listenTo(first));
  }

  async write(text: string): Promise<void> {
    const inner = await this.#inner;
    await inner.write(text).catch(() => {
      // Gone in this moment: what was written is lost like on any bad line, and the next one waits for the port.
    });
  }

  onText(hear: (text: string) => void): void {
    this.#hear = hear;
  }

  onClosed(gone: () => void): void {
    this.#gone = gone;
    if (this.#isClosed) gone();
  }

  async reset(): Promise<boolean> {
    return (await this.#inner).reset();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const inner = await this.#inner.catch(() => undefined);
    await inner?.close();
  }

  #listenTo(port: Port): Port {
    port.onText((text) => this.#hear(text));
    port.onClosed(() => {
      if (this.#isClosed) return;
      this.#inner = this.#reopened();
      this.#inner.catch(() => {});
    });
    return port;
  }

  async #reopened(): Promise<Port> {
    const end = Date.now() + this.#graceMs;
    while (Date.now() < end && !this.#isClosed) {
      await pause(LOOK_MS);
      try {
        return this.#listenTo(await this.#open());
      } catch (error) {
        // Not there yet.
        if (!(error instanceof ColdrailError)) throw error;
      }
    }
    this.#isClosed = true;
    this.#gone();
    throw new ColdrailError('link.closed');
  }
}
