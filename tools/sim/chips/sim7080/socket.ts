import { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { course, type Dialled, dial, lookup, openResults, type Target } from './dial.ts';
import { between, MS } from './scope.ts';

export const OPENED = 0;
/** CAOPEN's result for an attempt that ended with the network. */
const FAILED = 27;

interface Opening {
  dialled: Dialled | undefined;
  readonly done: (result: number) => void;
}

/** Socket 0, the only one that the model has: TCP, in TLS or not. */
export class ModemSocket {
  readonly #core: Core;
  readonly #airtimeUs: (bytes: number) => number;
  #opening: Opening | undefined;
  #connection: Connection | undefined;

  constructor(core: Core, airtimeUs: (bytes: number) => number) {
    this.#core = core;
    this.#airtimeUs = airtimeUs;
  }

  /** The last connection, open or over. */
  get connection(): Connection | undefined {
    return this.#connection;
  }

  /** The connection, if it is open. */
  get open(): Connection | undefined {
    return this.#connection?.over ? undefined : this.#connection;
  }

  get inUse(): boolean {
    return this.open !== undefined || this.#opening !== undefined;
  }

  /** Connect; `done` gets CAOPEN's result, 0 for success. */
  connect(target: Target, done: (result: number) => void): void {
    const { scope, random, network } = this.#core;
    const opening: Opening = { dialled: undefined, done };
    this.#opening = opening;
    this.#connection = undefined;
    const rttUs = between(random, 150 * MS, 900 * MS);
    for (const cost of lookup(target.host)) this.#core.traffic(cost);
    const answered = dial(network, target).then((dialled) => {
      opening.dialled = dialled;
      if (this.#opening !== opening && dialled.ok) dialled.stream.close();
    });
    scope.hold(answered);
    scope.after(rttUs, () => {
      if (this.#opening !== opening || !opening.dialled) return;
      const dialled = opening.dialled;
      const error = dialled.ok ? undefined : dialled.error;
      const { takesUs, costs } = course(random, error, target.tls, rttUs);
      for (const cost of costs) this.#core.traffic(cost);
      scope.after(takesUs, () => {
        if (this.#opening !== opening) return;
        this.#opening = undefined;
        if (dialled.ok) this.#connection = this.#connect(dialled, target.tls, rttUs);
        done(error ? openResults[error] : OPENED);
      });
    });
  }

  /** Close on request. */
  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#giveUp();
  }

  /** The network is gone. */
  lose(): void {
    const wasOpen = this.open !== undefined;
    this.#connection?.drop();
    if (wasOpen) this.#core.urc('+CASTATE: 0,0');
    this.#giveUp();
  }

  #connect(dialled: Dialled & { ok: true }, tls: boolean, rttUs: number): Connection {
    return new Connection({
      core: this.#core,
      stream: dialled.stream,
      tls,
      rttUs,
      airtimeUs: this.#airtimeUs,
    });
  }

  #giveUp(): void {
    const opening = this.#opening;
    if (!opening) return;
    this.#opening = undefined;
    if (opening.dialled?.ok) opening.dialled.stream.close();
    opening.done(FAILED);
  }
}
