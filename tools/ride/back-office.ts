/** The far side of a ride: a broker, and a collector with its database. */
import { type Broker, startBroker } from '../broker/broker.ts';
import { checkBroker } from '../broker/check.ts';
import { Collector } from '../collect/collector.ts';
import { openSqliteStore } from '../collect/sqlite-store.ts';
import type { Store } from '../collect/store.ts';

export interface BackOffice {
  readonly store: Store;
  readonly collector: Collector;
  readonly brokerUrl: string;
  /** Kill the embedded broker, and bring it back on the same port. */
  stopBroker(): Promise<void>;
  restartBroker(): Promise<void>;
  close(): Promise<void>;
}

export interface BackOfficeOptions {
  readonly database: string;
  /** URL of a running broker; undefined: an embedded one. */
  readonly broker: string | undefined;
  /** Port of the embedded one; undefined: a free one. */
  readonly brokerPort?: number | undefined;
  /** UTC for the collector, ms since 1970. */
  readonly now: () => number;
  readonly onAck: (device: string, next: number) => void;
  readonly onProblem: (text: string) => void;
}

export async function openBackOffice(options: BackOfficeOptions): Promise<BackOffice> {
  if (options.broker) await checkBroker(options.broker);
  let own: Broker | undefined = options.broker
    ? undefined
    : await startBroker({ port: options.brokerPort ?? 0 });
  const brokerUrl = options.broker ?? (own as Broker).url;
  let store: Store | undefined;
  try {
    // A simulated ride can be ridden again: its commits need not outlive a power cut of the host.
    store = await openSqliteStore(options.database, { durable: false });
    const collector = new Collector({
      store,
      brokerUrl,
      reconnectMs: 50,
      now: options.now,
      onAck: options.onAck,
      onProblem: (problem) => options.onProblem(problem.report()),
    });
    await collector.start();
    return backOffice(store, collector);
  } catch (error) {
    await store?.close();
    await own?.stop();
    throw error;
  }

  function backOffice(store: Store, collector: Collector): BackOffice {
    return {
      store,
      collector,
      brokerUrl,
      stopBroker: async () => {
        await own?.stop();
      },
      restartBroker: async () => {
        own = await startBroker({ port: Number(new URL(brokerUrl).port) });
        await collector.whenSubscribed();
      },
      close: async () => {
        await collector.stop();
        await own?.stop();
        await store.close();
      },
    };
  }
}
