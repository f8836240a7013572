import { fromByteString } from '../sim/bytes.ts';
import type { ConnectError, Network, Stream } from '../sim/net/network.ts';

class EchoStream implements Stream {
  closed = false;
  onClosed: (() => void) | undefined;
  readonly #host: EchoHost;

  constructor(host: EchoHost) {
    this.#host = host;
  }

  async send(bytes: Uint8Array): Promise<Uint8Array[]> {
    if (!this.#host.leaves) return [bytes];
    this.closed = true;
    return [fromByteString('bye')];
  }

  close(): void {
    this.closed = true;
  }
}

/** The only host of its network: sends back what it gets. */
export class EchoHost implements Network {
  /** Whether its certificate leads to the CA. */
  trusted = true;
  /** Answer the next bytes by "bye", and close. */
  leaves = false;
  #stream: EchoStream | undefined;

  async connect(target: {
    tls: boolean;
  }): Promise<{ ok: true; stream: Stream } | { ok: false; error: ConnectError }> {
    if (target.tls && !this.trusted) return { ok: false, error: 'tls-certificate' };
    this.#stream = new EchoStream(this);
    return { ok: true, stream: this.#stream };
  }

  hangUp(): void {
    if (this.#stream === undefined) return;
    this.#stream.closed = true;
    this.#stream.onClosed?.();
  }

  reset(): void {
    this.trusted = true;
    this.leaves = false;
  }
}
