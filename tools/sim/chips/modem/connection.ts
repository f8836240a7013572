import type { Stream } from '../../net/network.ts';

import type { Core } from './core.ts';
import { dataOnAir, TCP_TEARDOWN } from './on-air.ts';
import { between, MS } from './scope.ts';

/** What the modem holds for a far side that does not acknowledge. */
const SEND_BUFFER = 8760;

export interface ConnectionOptions {
  readonly core: Core;
  readonly stream: Stream;
  readonly tls: boolean;
  readonly rttUs: number;
  /** Time on air of so many bytes, microseconds. */
  readonly airtimeUs: (bytes: number) => number;
}

/** An established TCP connection: what is under way in it at each moment, and when it gets there. */
export class Connection {
  readonly #core: Core;
  readonly #options: ConnectionOptions;
  #over = false;
  #received: Uint8Array = new Uint8Array(0);
  #receivedTotal = 0;
  #total = 0;
  #unacked = 0;
  /** Each of these only grows, so that nothing overtakes: off the air, at the far side, its answer, a message. */
  #sentUs = 0;
  #arrivedUs = 0;
  #answeredUs = 0;
  #deliveredUs = 0;
  /** Sends that the far side has had and whose answers are on their way. */
  #underWay = 0;

  constructor(options: ConnectionOptions) {
    this.#core = options.core;
    this.#options = options;
    options.stream.onClosed = () => {
      // An answer under way is older than the close, and brings it along.
      if (this.#underWay === 0) this.#closeSoon();
    };
    if (options.stream.closed) this.#closeSoon();
  }

  get tls(): boolean {
    return this.#options.tls;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Received bytes not yet taken. They outlive the connection. */
  get available(): number {
    return this.#received.length;
  }

  /** All that has ever come. */
  get received(): number {
    return this.#receivedTotal;
  }

  get sent(): { total: number; unacked: number } {
    return { total: this.#total, unacked: this.#unacked };
  }

  hasRoomFor(count: number): boolean {
    return this.#unacked + count <= SEND_BUFFER;
  }

  /** Take up to `count` received bytes. */
  take(count: number): Uint8Array {
    const bytes = this.#received.slice(0, count);
    this.#received = this.#received.slice(count);
    return bytes;
  }

  send(bytes: Uint8Array): void {
    const { tls, rttUs, airtimeUs } = this.#options;
    const cost = dataOnAir(bytes.length, tls);
    this.#total += bytes.length;
    this.#unacked += bytes.length;
    this.#core.traffic({ up: cost.forward, down: 0 });
    if (this.#core.faults.sendStuck) return;
    const wayUs = Math.ceil(rttUs / 2) + between(this.#core.random, 0, 100 * MS);
    this.#sentUs = Math.max(this.#core.scope.nowUs, this.#sentUs) + airtimeUs(cost.forward);
    this.#arrivedUs = Math.max(this.#sentUs + wayUs, this.#arrivedUs);
    this.#at(this.#arrivedUs, () => this.#arrive(bytes, cost.backward, wayUs));
  }

  /** Close on request. */
  close(): void {
    if (!this.#over) this.#core.traffic(TCP_TEARDOWN);
    this.drop();
  }

  /** Dead without a goodbye: what is under way is lost. */
  drop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.stream.onClosed = undefined;
    this.#options.stream.close();
  }

  #arrive(bytes: Uint8Array, ackBytes: number, wayUs: number): void {
    if (this.#options.stream.closed) {
      this.#closeSoon();
      return;
    }
    let answers: Uint8Array[] = [];
    this.#underWay++;
    const answered = this.#options.stream.send(bytes).then(
      (messages) => {
        answers = messages;
      },
      () => {},
    );
    this.#core.scope.hold(answered);
    this.#answeredUs = Math.max(this.#core.scope.nowUs + wayUs, this.#answeredUs);
    this.#at(this.#answeredUs, () => {
      this.#unacked -= bytes.length;
      this.#core.traffic({ up: 0, down: ackBytes });
      for (const answer of answers) this.#deliver(answer);
      this.#at(this.#deliveredUs, () => {
        this.#underWay--;
        if (this.#options.stream.closed && this.#underWay === 0) this.#closeSoon();
      });
    });
  }

  #deliver(message: Uint8Array): void {
    if (message.length === 0) return;
    const { scope, random } = this.#core;
    this.#deliveredUs = Math.max(this.#deliveredUs, scope.nowUs) + between(random, 5 * MS, 60 * MS);
    this.#at(this.#deliveredUs, () => {
      const cost = dataOnAir(message.length, this.#options.tls);
      this.#core.traffic({ up: cost.backward, down: cost.forward });
      const wasEmpty = this.available === 0;
      this.#received = Buffer.concat([this.#received, message]);
      this.#receivedTotal += message.length;
      // Announced once; the next announcement comes after the buffer has been read empty.
      if (wasEmpty) this.#core.urc(this.#core.family.words.dataWaits(this.tls));
    });
  }

  #closeSoon(): void {
    this.#at(this.#core.scope.nowUs + Math.ceil(this.#options.rttUs / 2), () => {
      this.close();
      this.#core.urc(this.#core.family.words.closed(this.tls));
    });
  }

  #at(atUs: number, run: () => void): void {
    this.#core.scope.after(Math.max(0, atUs - this.#core.scope.nowUs), () => {
      if (!this.#over) run();
    });
  }
}
