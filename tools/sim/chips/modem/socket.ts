import { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { course, type Dialled, dial, lookup, type Target } from './dial.ts';
import type { OpenFailure } from './family.ts';
import { between, MS } from './scope.ts';

/** Undefined: the connection is open. */
type OpenDone = (failure: OpenFailure | undefined) => void;

interface Opening {
  dialled: Dialled | undefined;
  readonly done: OpenDone;
}

/** The one socket of the model: TCP, in TLS or not. */
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

  connect(target: Target, done: OpenDone): void {
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
      const { takesUs, costs } = course(random, error, target.tls !== undefined, rttUs);
      for (const cost of costs) this.#core.traffic(cost);
      scope.after(takesUs, () => {
        if (this.#opening !== opening) return;
        this.#opening = undefined;
        if (dialled.ok) this.#connection = this.#connect(dialled, target.tls !== undefined, rttUs);
        done(error);
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
    const { open } = this;
    open?.drop();
    if (open) this.#core.urc(this.#core.family.words.closed(open.tls));
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
    opening.done('lost');
  }
}
