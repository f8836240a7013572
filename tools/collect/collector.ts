import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import { encode } from 'cbor-x';
import mqtt, { type MqttClient } from 'mqtt';
import { causeOf } from '../broker/cause.ts';
import { parseBrokerUrl } from '../broker/url.ts';
import { type Batch, decodeBatch } from '../decode/batch.ts';
import { ColdrailError } from '../errors/error.ts';
import type { Store } from './store.ts';

/** Every device's uplink, and its will, which the broker tells when a device breaks off. */
const TOPICS = ['coldrail/v1/+/up', 'coldrail/v1/+/gone'];
const GONE = /^coldrail\/v1\/([^/]+)\/gone$/;
/** What a will holds: the CBOR array [1], version 1. */
const WILL = Buffer.of(0x81, 1);

export interface CollectorOptions {
  store: Store;
  /** mqtt://host:port or mqtts://host:port. */
  brokerUrl: string;
  /**
   * Share the uplinks with the other collectors of this group. Needs a broker with MQTT 5 shared subscriptions; the
   * embedded one has none and refuses.
   */
  shareGroup?: string;
  /** Wait before the connection is tried again, ms; 1000 when left out. */
  reconnectMs?: number;
  /** How long `start` waits for the broker, ms; 5000 when left out. */
  startDeadlineMs?: number;
  /** UTC now, ms since 1970, which each answer tells the device; the host's clock when left out. */
  now?: () => number;
  /** Told after the batch is in the store and its ack is on its way. */
  onAck?: (device: string, next: number) => void;
  /** Told of a device whose connection broke off in the middle of a session. It comes again by itself. */
  onGone?: (device: string) => void;
  /** Told of every message that was not stored as it came, and of a broker that refuses; nothing stops by it. */
  onProblem?: (error: ColdrailError) => void;
}

export interface CollectorStats {
  /** Uplink messages that came, whatever became of them. */
  messages: number;
  /** Records, readings among them, that were new. */
  inserted: number;
  /** Records that came again and were dropped. */
  duplicates: number;
  /** Records that came again with other content; the first were kept. */
  conflicts: number;
  /** Messages that did not decode, or came on another device's topic. They are not acked. */
  malformed: number;
  /** Sessions that broke off, as far as their wills came. */
  brokenOff: number;
}

/**
 * Takes devices' batches from a broker into a store and answers each with the cumulative ack, after the commit. A
 * message that is lost anywhere on the way is sent again by the device, and one that comes twice is stored once: so
 * the collector keeps no session at the broker and may die at any moment.
 */
export class Collector {
  readonly stats: CollectorStats = {
    messages: 0,
    inserted: 0,
    duplicates: 0,
    conflicts: 0,
    malformed: 0,
    brokenOff: 0,
  };
  readonly #options: CollectorOptions;
  #client: MqttClient | undefined;
  #subscribed = false;
  #waiting: (() => void)[] = [];
  #busy: Promise<void> = Promise.resolve();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /**
   * Connect and subscribe; from then on the connection is kept up. Rejects with `broker.url-invalid`,
   * `broker.unreachable` (no broker took us within the deadline) or `collect.subscribe-refused`.
   */
  async start(): Promise<void> {
    const { brokerUrl, shareGroup, reconnectMs = 1000, startDeadlineMs = 5000 } = this.#options;
    const { url } = parseBrokerUrl(brokerUrl);
    let lastError: unknown = new Error('no answer');
    const client = mqtt.connect(brokerUrl, {
      protocolVersion: shareGroup ? 5 : 4,
      clientId: `coldrail-${randomBytes(6).toString('hex')}`,
      clean: true,
      resubscribe: false,
      reconnectPeriod: reconnectMs,
      connectTimeout: 5000,
    });
    this.#client = client;
    client.handleMessage = ({ topic, payload }, done) => {
      const [, gone] = GONE.exec(topic) ?? [];
      const taken =
        gone === undefined ? this.#take(topic, payload as Buffer) : this.#note(gone, payload as Buffer);
      this.#busy = Promise.resolve(taken).finally(() => done());
    };
    client.on('close', () => {
      this.#subscribed = false;
    });
    try {
      await new Promise<void>((resolve, reject) => {
        setTimeout(() => reject(unreachable(url, lastError)), startDeadlineMs).unref();
        client.on('error', (error) => {
          lastError = error;
        });
        client.on('connect', () => {
          // An ack is one small packet; Nagle would hold it back for the answer to the one before.
          if (client.stream instanceof Socket) client.stream.setNoDelay(true);
          this.#subscribe(client, reject);
        });
        this.#waiting.push(resolve);
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Whether it hears the devices, as far as it knows: that the broker has died it learns a moment later. */
  get hearing(): boolean {
    return this.#subscribed;
  }

  /** Resolves as soon as the collector hears the devices: at once, or when the broker is back. */
  async whenSubscribed(): Promise<void> {
    if (!this.#subscribed) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Leave the broker, after the message in work. The store stays open: it is its opener's. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.endAsync(true);
    await this.#busy;
  }

  #subscribe(client: MqttClient, refuse: (error: ColdrailError) => void): void {
    const { shareGroup } = this.#options;
    const topics = TOPICS.map((topic) => (shareGroup ? `$share/${shareGroup}/${topic}` : topic));
    client.subscribe(topics, { qos: 1 }, (error, granted) => {
      if (!client.connected) return;
      const refusals = granted?.filter(({ qos }) => qos > 2).map(({ topic }) => topic) ?? [];
      if (error || refusals.length > 0) {
        const topic = (refusals.length > 0 ? refusals : topics).join(', ');
        const refused = new ColdrailError('collect.subscribe-refused', { topic });
        refuse(refused);
        this.#report(refused);
        return;
      }
      this.#subscribed = true;
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  /** Never rejects: what goes wrong with one message is told and does not keep the next from coming. */
  async #take(topic: string, payload: Buffer): Promise<void> {
    this.stats.messages++;
    try {
      const batch = this.#decode(topic, payload);
      if (!batch) return;
      const { inserted, duplicates, conflicts } = await this.#options.store.insertBatch(batch.device, batch);
      this.stats.inserted += inserted;
      this.stats.duplicates += duplicates;
      this.stats.conflicts += conflicts.length;
      const [seq] = conflicts;
      if (seq !== undefined) {
        const values = { device: batch.device, count: conflicts.length, seq };
        this.#report(new ColdrailError('collect.conflict', values));
      }
      await this.#ack(batch.device);
    } catch (error) {
      this.#report(asColdrailError(error));
    }
  }

  /** A device has broken off. Of a session that ended in order there is nothing to tell, so this is news and no problem. */
  #note(device: string, payload: Buffer): void {
    if (payload.equals(WILL)) {
      this.stats.brokenOff++;
      this.#options.onGone?.(device);
    } else {
      this.stats.malformed++;
      this.#report(new ColdrailError('collect.will-malformed', { device }));
    }
  }

  #decode(topic: string, payload: Buffer): Batch | undefined {
    try {
      const batch = decodeBatch(payload);
      if (topic === `coldrail/v1/${batch.device}/up`) return batch;
      throw new ColdrailError('collect.device-mismatch', { device: batch.device, topic });
    } catch (error) {
      this.stats.malformed++;
      this.#report(asColdrailError(error));
      return undefined;
    }
  }

  async #ack(device: string): Promise<void> {
    const next = await this.#options.store.nextWanted(device);
    // Without a connection there is nobody to tell: the device asks again by sending again.
    if (!this.#client?.connected) return;
    const { now = Date.now } = this.#options;
    const answer = encode([1, next, Math.floor(now() / 1000)]);
    this.#client.publish(`coldrail/v1/${device}/ack`, answer, { qos: 1 }, () => {});
    this.#options.onAck?.(device, next);
  }

  #report(error: ColdrailError): void {
    this.#options.onProblem?.(error);
  }
}

function unreachable(url: string, error: unknown): ColdrailError {
  return new ColdrailError('broker.unreachable', { url, detail: causeOf(error) });
}

function asColdrailError(error: unknown): ColdrailError {
  return error instanceof ColdrailError
    ? error
    : new ColdrailError('host.unexpected', { detail: causeOf(error) });
}
