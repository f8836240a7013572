import { DeviceError } from '../errors/device-error.ts';
import { ColdrailError } from '../errors/error.ts';
import { encodeFrame, findFrame, isDamagedFrame, LONGEST_REQUEST, type Message } from './frame.ts';
import { LinkError } from './link-error.ts';
import type { Port } from './port.ts';

export { LinkError, type LinkFailure } from './link-error.ts';

export interface RequestOptions {
  /** Milliseconds without a line of the answer after which a request is repeated. */
  readonly timeoutMs?: number;
  /** How often in all; a request that must not be repeated without asking says 1. */
  readonly attempts?: number;
  /** Hears the lines of the answer in front of the last. Of a request that was repeated it may hear them twice. */
  readonly onPart?: (part: Message) => void;
}

/** What holds for each request that does not say otherwise. */
export interface ClientOptions {
  readonly timeoutMs?: number;
  readonly attempts?: number;
  /** Number of the first request; any, so that a late answer to the program before this one is not taken for ours. */
  readonly firstId?: number;
}

const TIMEOUT_MS = 3000;
const ATTEMPTS = 4;
const LAST_ID = 999_999;
/** Longer than any line of an answer; what is longer is noise. */
const LONGEST_LINE = 4096;
const CONSOLE_BUSY = 124;
/** Ctrl-U and Enter. */
const CLEAR_LINE = '\x15\r';

/** A request under way, in all its attempts: an answer to any of them is its answer. */
interface Waiting {
  readonly parts: Map<number, Message[]>;
  readonly options: RequestOptions;
  wasDamaged: boolean;
  /** Called at each line of the answer. */
  alive: () => void;
  answer: (last: Message) => void;
  fail: (error: Error) => void;
}

/**
 * Requests over a port, one at a time: docs/console.md. What is lost or damaged on the way is asked for again. Runs on the
 * host and in a browser.
 */
export class Client {
  /** Hears each line that is no answer: the tracker's own words. */
  onLine: (line: string) => void = () => {};
  /** Hears all that comes, as it comes. */
  onText: (text: string) => void = () => {};
  readonly #port: Port;
  readonly #timeoutMs: number;
  readonly #attempts: number;
  #rest = '';
  #nextId: number;
  #waiting: Waiting | undefined;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(port: Port, options: ClientOptions = {}) {
    this.#port = port;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#attempts = options.attempts ?? ATTEMPTS;
    this.#nextId = options.firstId ?? 1 + Math.floor(Math.random() * LAST_ID);
    port.onText((text) => this.#take(text));
    port.onClosed(() => {
      this.#closed = true;
      this.#waiting?.fail(new LinkError('closed'));
    });
  }

  /** The port below, for who hands it over to a person. */
  get port(): Port {
    return this.#port;
  }

  /** Whether the line is gone. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * The last line of the answer.
   * @throws DeviceError what the tracker refused, LinkError where no answer came.
   */
  async request(doing: string, fields: Message = {}, options: RequestOptions = {}): Promise<Message> {
    return (await this.#enqueue(doing, fields, options, false)).last;
  }

  /**
   * The whole answer: the lines in front of the last, and the last. Where a line came damaged, all is asked for again.
   * @throws DeviceError, LinkError
   */
  collect(
    doing: string,
    fields: Message = {},
    options: RequestOptions = {},
  ): Promise<{ parts: Message[]; last: Message }> {
    return this.#enqueue(doing, fields, options, true);
  }

  /** End what is under way; its own request is then refused with error 125. Waits for no answer. */
  stop(): Promise<void> {
    return this.say(`${encodeFrame({ id: this.#takeId(), do: 'stop' })}\r\n`);
  }

  /**
   * Write what is no request.
   * @throws LinkError `closed`, or what the port says in the words of the catalogue
   */
  async say(text: string): Promise<void> {
    try {
      await this.#port.write(text);
    } catch (error) {
      throw error instanceof ColdrailError ? error : new LinkError('closed');
    }
  }

  #enqueue(doing: string, fields: Message, options: RequestOptions, needsAll: boolean) {
    const done = this.#queue.then(() => this.#repeat(doing, fields, options, needsAll));
    this.#queue = done.catch(() => {});
    return done;
  }

  async #repeat(doing: string, fields: Message, options: RequestOptions, needsAll: boolean) {
    const attempts = options.attempts ?? this.#attempts;
    const waiting: Waiting = {
      parts: new Map(),
      options,
      wasDamaged: false,
      alive: () => {},
      answer: () => {},
      fail: () => {},
    };
    this.#waiting = waiting;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          // A tracker that did not get the end of the line before would take this one as its rest.
          if (attempt > 1) await this.say(CLEAR_LINE);
          const last = await this.#attempt(doing, fields, waiting);
          const parts = waiting.parts.get(Number(last['id'])) ?? [];
          if (needsAll && (waiting.wasDamaged || !isWhole(parts, last))) throw new LinkError('damaged');
          return { parts, last };
        } catch (error) {
          if (attempt >= attempts || !isWorthRepeating(error)) throw error;
        }
      }
    } finally {
      this.#waiting = undefined;
    }
  }

  async #attempt(doing: string, fields: Message, waiting: Waiting): Promise<Message> {
    if (this.#closed) throw new LinkError('closed');
    const id = this.#takeId();
    const line = encodeFrame({ id, do: doing, ...fields });
    if (line.length > LONGEST_REQUEST) throw new RangeError(`a request of ${line.length} characters`);
    waiting.parts.set(id, []);
    waiting.wasDamaged = false;
    const timeoutMs = waiting.options.timeoutMs ?? this.#timeoutMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<Message>((resolve, reject) => {
        waiting.alive = () => {
          clearTimeout(timer);
          timer = setTimeout(
            () => reject(new LinkError(waiting.wasDamaged ? 'damaged' : 'silent')),
            timeoutMs,
          );
        };
        waiting.answer = resolve;
        waiting.fail = reject;
        waiting.alive();
        this.say(`${line}\r\n`).catch(reject);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId = id >= LAST_ID ? 1 : id + 1;
    return id;
  }

  #take(text: string): void {
    this.onText(text);
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
    for (const line of lines) this.#line(line.trimEnd());
  }

  #line(line: string): void {
    const message = findFrame(line);
    // A line with "do" is our own, from something that echoes.
    if (message && !('do' in message)) {
      this.#message(message);
      return;
    }
    if (this.#waiting && !message && isDamagedFrame(line)) this.#waiting.wasDamaged = true;
    if (line !== '') this.onLine(line);
  }

  #message(message: Message): void {
    const waiting = this.#waiting;
    const id = Number(message['id']);
    // 0: the tracker could not read the request.
    if (!waiting || (id !== 0 && !waiting.parts.has(id))) return;
    waiting.alive();
    if (id === 0) waiting.fail(new LinkError('damaged'));
    else if (message['ok'] === 1) waiting.answer(message);
    else if (message['ok'] === 0) {
      // An attempt before this one was heard after all, and is under way: its answer comes.
      const isOurOwn = message['error'] === CONSOLE_BUSY && waiting.parts.size > 1;
      if (!isOurOwn) waiting.fail(DeviceError.from(message));
    } else {
      const parts = waiting.parts.get(id) ?? [];
      if (parts.some((part) => isEqual(part, message))) return;
      parts.push(message);
      waiting.options.onPart?.(message);
    }
  }
}

function isWorthRepeating(error: unknown): boolean {
  return error instanceof LinkError && error.failure !== 'closed';
}

/** Whether all lines came that stood in front of the last, where that says how many. */
function isWhole(parts: readonly Message[], last: Message): boolean {
  return typeof last['parts'] !== 'number' || last['parts'] === parts.length;
}

/** A line may come twice; both are then the same to the letter. */
function isEqual(a: Message, b: Message): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
