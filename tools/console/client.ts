import { DeviceError } from '../errors/device-error.ts';
import { decodeFrame, encodeFrame, type Message } from './frame.ts';
import type { Port } from './port.ts';

/** What `Client` could not do although the tracker refused nothing. */
export type LinkFailure = 'silent' | 'closed' | 'damaged';

/** The line to the tracker failed; nothing is known of the last request. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly failure: LinkFailure;

  constructor(failure: LinkFailure) {
    super(failure);
    this.failure = failure;
  }
}

export interface RequestOptions {
  /** Milliseconds without a line of the answer after which a request is repeated. */
  readonly timeoutMs?: number;
  /** How often in all; a request that must not be repeated without asking says 1. */
  readonly attempts?: number;
  /** Hears the lines of the answer in front of the last. */
  readonly onPart?: (part: Message) => void;
}

const TIMEOUT_MS = 3000;
const ATTEMPTS = 3;

interface Waiting {
  readonly id: number;
  readonly hear: (message: Message) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Requests over a port, one at a time: docs/console.md. Lines for people go to `onLine`. Runs on the host and in a browser.
 */
export class Client {
  /** Hears each line that is no answer: the tracker's own words. */
  onLine: (line: string) => void = () => {};
  readonly #port: Port;
  #rest = '';
  #nextId = 1;
  #waiting: Waiting | undefined;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(port: Port) {
    this.#port = port;
    port.onText((text) => this.#take(text));
    port.onClosed(() => {
      this.#closed = true;
      this.#waiting?.fail(new LinkError('closed'));
    });
  }

  /**
   * The last line of the answer.
   * @throws DeviceError what the tracker refused, LinkError where no answer came.
   */
  request(doing: string, fields: Message = {}, options: RequestOptions = {}): Promise<Message> {
    const done = this.#queue.then(() => this.#repeat(doing, fields, options));
    this.#queue = done.catch(() => {});
    return done;
  }

  /** End what is under way; its own request is then refused with error 125. Waits for nothing. */
  async stop(): Promise<void> {
    await this.#port.write(`${encodeFrame({ id: this.#nextId++, do: 'stop' })}\r\n`);
  }

  async #repeat(doing: string, fields: Message, options: RequestOptions): Promise<Message> {
    const attempts = options.attempts ?? ATTEMPTS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#ask(doing, fields, options);
      } catch (error) {
        const isWorthIt =
          error instanceof LinkError
            ? error.failure !== 'closed'
            : error instanceof DeviceError && error.isDamagedLine;
        if (attempt >= attempts || !isWorthIt) throw error;
      }
    }
  }

  async #ask(doing: string, fields: Message, options: RequestOptions): Promise<Message> {
    if (this.#closed) throw new LinkError('closed');
    const id = this.#nextId++;
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<Message>((resolve, reject) => {
        const rewind = (): void => {
          clearTimeout(timer);
          timer = setTimeout(() => reject(new LinkError('silent')), timeoutMs);
        };
        this.#waiting = {
          id,
          fail: reject,
          hear: (message) => {
            rewind();
            if (message['ok'] === 1) resolve(message);
            else if (message['ok'] === 0) reject(DeviceError.from(message));
            else options.onPart?.(message);
          },
        };
        rewind();
        this.#port.write(`${encodeFrame({ id, do: doing, ...fields })}\r\n`).catch(reject);
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) this.#line(line.trimEnd());
  }

  #line(line: string): void {
    const message = decodeFrame(line);
    // Behind a prompt a line may stand that begins with one.
    const found = message ?? decodeFrame(line.slice(line.indexOf('{')));
    if (!found) {
      if (line !== '') this.onLine(line);
      return;
    }
    const { id } = found;
    // 0: the tracker could not read the request.
    if (this.#waiting && (id === this.#waiting.id || id === 0)) this.#waiting.hear(found);
  }
}
