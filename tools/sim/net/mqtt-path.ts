import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { parseBrokerUrl } from '../../broker/url.ts';
import { MqttStream } from './mqtt-path-stream.ts';
import type { ConnectError, Network } from './network.ts';

export interface MqttPathOptions {
  /** Where the broker is now: mqtt://host:port. Asked at every connection, so that it may move. */
  brokerUrl: () => string;
  /** Limit in real time for an answer, ms; 5000 when left out. Only something broken reaches it. */
  settleMs?: number;
  /** True for a topic on which a PUBLISH is answered by the collector with one PUBLISH to the device. */
  expectAck: (topic: string) => boolean;
}

/**
 * The way from a simulated modem to a real broker. Whatever host the device asks for, the stream goes to the broker,
 * and the device's own bytes are on it. Three things hide the host's timing: `send` waits until every answer that MQTT
 * or the collector owes has come; answers are handed over as CONNACK, SUBACK, PUBACK in the order of sending, PINGRESP,
 * PUBLISH; and the ids of downlink PUBLISHes, which brokers choose as they like, are counted from 1 in each stream.
 */
export class MqttPath implements Network {
  readonly #options: Required<MqttPathOptions>;
  readonly #open = new Set<MqttStream>();

  constructor(options: MqttPathOptions) {
    this.#options = { settleMs: 5000, ...options };
  }

  /** A network failure is a value. Only a `brokerUrl` that is no address rejects, with `broker.url-invalid`. */
  async connect(): ReturnType<Network['connect']> {
    const { settleMs, brokerUrl } = this.#options;
    const { host, port, tls } = parseBrokerUrl(brokerUrl());
    const socket = tls ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    socket.setNoDelay(true);
    const error = await new Promise<ConnectError | undefined>((resolve) => {
      const limit = setTimeout(() => resolve('timeout'), settleMs);
      const settle = (result: ConnectError | undefined): void => {
        clearTimeout(limit);
        resolve(result);
      };
      socket.once(tls ? 'secureConnect' : 'connect', () => settle(undefined));
      socket.once('error', (failure: NodeJS.ErrnoException) => settle(kindOf(failure)));
    });
    if (error) {
      discard(socket);
      return { ok: false, error };
    }
    const stream = new MqttStream(socket, this.#options);
    this.#open.add(stream);
    void stream.ended.then(() => this.#open.delete(stream));
    return { ok: true, stream };
  }

  /**
   * Resolves when every stream that is open now has closed. A scenario that stops the broker holds virtual time for
   * this, or the moment at which devices notice would depend on the host.
   */
  async allClosed(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.ended));
  }
}

function discard(socket: Socket): void {
  socket.on('error', () => {});
  socket.destroy();
}

function kindOf({ code = '' }: NodeJS.ErrnoException): ConnectError {
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'tls-name';
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'tls-expired';
  return /CERT|SIGN|VERIFY|^ERR_SSL|^ERR_TLS/.test(code) ? 'tls-certificate' : 'timeout';
}
