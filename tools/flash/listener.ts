import { LinkError } from '../console/link-error.ts';
import type { Port } from '../console/port.ts';

/** What a port says, kept until somebody waits for it. */
export class Listener {
  readonly #port: Port;
  #heard = '';
  #isGone = false;
  #look: (() => void) | undefined;

  constructor(port: Port) {
    this.#port = port;
    this.attach();
  }

  /** Take the port's text, which a port gives to one listener only: again after a `Client` had it. */
  attach(): void {
    this.#port.onText((text) => {
      this.#heard += text;
      this.#look?.();
    });
    this.#port.onClosed(() => {
      this.#isGone = true;
      this.#look?.();
    });
  }

  /** @throws LinkError where the port is closed. */
  async write(text: string): Promise<void> {
    if (this.#isGone) throw new LinkError('closed');
    await this.#port.write(text).catch(() => {
      this.#isGone = true;
      throw new LinkError('closed');
    });
  }

  /** What was said so far, which is then forgotten. */
  take(): string {
    const heard = this.#heard;
    this.#heard = '';
    return heard;
  }

  /**
   * Wait until `find` sees in the text what it looks for; undefined when that took longer than `timeoutMs`.
   * @throws LinkError
   */
  async until<T>(find: (heard: string) => T | undefined, timeoutMs: number): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<T | undefined>((resolve, reject) => {
        this.#look = () => {
          const found = find(this.#heard);
          if (found !== undefined) resolve(found);
          else if (this.#isGone) reject(new LinkError('closed'));
        };
        timer = setTimeout(() => resolve(undefined), timeoutMs);
        this.#look();
      });
    } finally {
      clearTimeout(timer);
      this.#look = undefined;
    }
  }

  /** Wait until nothing has come for `quietMs`, at most eight times as long, and forget it all. */
  async silence(quietMs: number): Promise<void> {
    for (let turn = 0; turn < 8; turn++) {
      const before = this.#heard.length;
      await this.until((heard) => (heard.length > before ? true : undefined), quietMs);
      if (this.#heard.length === before) break;
    }
    this.take();
  }
}
