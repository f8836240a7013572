import { type Client, LinkError, type RequestOptions } from '../../console/client.ts';
import { type ConnectOptions, connect, wake } from '../../console/connect.ts';
import type { Message } from '../../console/frame.ts';
import { type Hello, hello } from '../../console/hello.ts';
import type { Port } from '../../console/port.ts';
import { unlock } from '../../console/unlock.ts';
import { ColdrailError } from '../../errors/error.ts';

/** Where ports come from. */
export interface Ports {
  /** Ask the person; undefined when none was chosen. */
  choose(): Promise<Port | undefined>;
  /** The one of before, opened again; undefined while it is not plugged in. */
  again(): Promise<Port | undefined>;
}

/** `lost`: it was there, and the cable was pulled. */
export type LineState = 'none' | 'opening' | 'ready' | 'restarting' | 'lost';

/** Milliseconds between two looks for a port that went away with a restart. */
const LOOK_MS = 500;
const MOST_LOOKS = 120;
/** How often a tracker that has not gone down yet is asked again, and after how long: what it said goes out first. */
const MOST_ASKED = 20;
const ASK_AGAIN_MS = 250;
/** A start takes longer than a sleeping tracker is waited for; a reset would make it begin anew. */
const KNOCKS_OF_A_START = 60;

/** A line to one tracker, over pulled cables and restarts. */
export class Session {
  /** Hears each change of `state` or `hello`. */
  onChange: () => void = () => {};
  #state: LineState = 'none';
  #hello: Hello | undefined;
  #client: Client | undefined;
  #port: Port | undefined;
  #pin = '';
  readonly #ports: Ports;
  readonly #options: ConnectOptions;

  constructor(ports: Ports, options: ConnectOptions = {}) {
    this.#ports = ports;
    this.#options = options;
  }

  get state(): LineState {
    return this.#state;
  }

  /** Of the tracker that this is about, also while the line is lost. */
  get hello(): Hello | undefined {
    return this.#hello;
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  /** A tracker is there, and it waits for its PIN. */
  get isLocked(): boolean {
    return this.isReady && this.#hello?.hasPin === true && !this.#hello.isOpen;
  }

  /** For what needs several requests. @throws LinkError where there is no line */
  get client(): Client {
    if (!this.#client || !this.isReady) throw new LinkError('closed');
    return this.#client;
  }

  /**
   * Choose a port and wait until a tracker answers there. False when none was chosen.
   * @throws ColdrailError as `connect` of tools/console; `web.other-tracker` where another one was there before
   */
  async connect(): Promise<boolean> {
    await this.#letGo();
    const port = await this.#ports.choose();
    if (!port) return false;
    await this.#begin(port);
    return true;
  }

  /** Take a lost line up again. Asks for a port only where the old one is not there. */
  async reconnect(): Promise<boolean> {
    await this.#letGo();
    const port = await this.#ports.again();
    if (!port) return this.connect();
    await this.#begin(port);
    return true;
  }

  /** Leave this tracker, for another one. */
  async disconnect(): Promise<void> {
    this.#client = undefined;
    this.#hello = undefined;
    this.#pin = '';
    this.#to('none');
    await this.#letGo();
  }

  async request(doing: string, fields: Message = {}, options: RequestOptions = {}): Promise<Message> {
    return this.client.request(doing, fields, options);
  }

  /** @throws DeviceError 121 or 122; `hello` then says how long to wait */
  async unlock(pin: string): Promise<void> {
    try {
      await unlock(this.client, { askPin: async () => pin, tries: 1 });
      this.#pin = pin;
    } finally {
      if (this.isReady) await this.refresh();
    }
  }

  /** Ask again who it is; keeps the console open, too. */
  async refresh(): Promise<void> {
    this.#hello = await hello(this.client);
    this.onChange();
  }

  /** Wait for a tracker that was told to restart, under a new name maybe. Its port may go away and come back. */
  async afterRestart(device = this.#hello?.device): Promise<Client> {
    const before = this.#hello;
    this.#to('restarting');
    try {
      for (let asked = 0; asked < MOST_ASKED; asked++) {
        const now = await this.#wakeAgain();
        if (now.powerOn !== before?.powerOn || now.uptimeS < before.uptimeS) {
          await this.#settle(now, device);
          return this.client;
        }
        await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
      }
      throw new ColdrailError('console.no-restart');
    } catch (error) {
      this.#to('lost');
      throw error;
    }
  }

  /** The same port may be opened again only when it has been closed. */
  async #letGo(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    await port?.close();
  }

  async #begin(port: Port): Promise<void> {
    this.#to('opening');
    try {
      const { client, hello: found } = await connect(this.#watched(port), this.#options);
      this.#client = client;
      await this.#settle(found, this.#hello?.device);
    } catch (error) {
      await port.close();
      // Who left meanwhile knows.
      if (port !== this.#port) return;
      this.#to(this.#hello ? 'lost' : 'none');
      throw error;
    }
  }

  async #wakeAgain(): Promise<Hello> {
    const options = { ...this.#options, knocksBeforeReset: KNOCKS_OF_A_START };
    if (this.#client && !this.#client.isClosed) {
      try {
        return await wake(this.#client, options);
      } catch (error) {
        if (!(error instanceof LinkError && error.failure === 'closed')) throw error;
      }
    }
    await this.#letGo();
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      // Just plugged in, a port may refuse for a moment.
      const port = await this.#ports.again().catch(() => undefined);
      if (port) {
        const { client, hello: found } = await connect(this.#watched(port), options);
        this.#client = client;
        return found;
      }
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    throw new LinkError('closed');
  }

  /** The port, whose end is heard here as well. */
  #watched(port: Port): Port {
    this.#port = port;
    return {
      write: (text) => port.write(text),
      onText: (hear) => port.onText(hear),
      onClosed: (gone) =>
        port.onClosed(() => {
          gone();
          if (port === this.#port && this.#state === 'ready') this.#to('lost');
        }),
      reset: () => port.reset(),
      close: () => port.close(),
    };
  }

  /** Take a tracker for ours; `expected` is its name, empty or undefined where it had none. */
  async #settle(found: Hello, expected: string | undefined): Promise<void> {
    if (expected && found.device !== expected)
      throw new ColdrailError('web.other-tracker', { found: found.device || '-', expected });
    this.#hello = found;
    this.#to('ready');
    if (this.isLocked && this.#pin !== '') await this.unlock(this.#pin);
  }

  #to(state: LineState): void {
    this.#state = state;
    this.onChange();
  }
}
