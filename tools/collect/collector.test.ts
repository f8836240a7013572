import { decode, encode } from 'cbor-x';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Broker, startBroker } from '../broker/broker.ts';
import { JournalWriter } from '../decode/testing/write-journal.ts';
import { ColdrailError } from '../errors/error.ts';
import { Collector, type CollectorOptions } from './collector.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

let broker: Broker;
let store: Store;
let problems: ColdrailError[];
let cleanUp: (() => Promise<unknown>)[];

beforeEach(async () => {
  cleanUp = [];
  problems = [];
  broker = await startBroker();
  store = await openSqliteStore(':memory:');
});

afterEach(async () => {
  for (const end of cleanUp.reverse()) await end();
  await broker.stop();
  await store.close();
});

async function collect(options: Partial<CollectorOptions> = {}): Promise<Collector> {
  const collector = new Collector({
    store,
    brokerUrl: broker.url,
    reconnectMs: 20,
    onProblem: (error) => problems.push(error),
    ...options,
  });
  cleanUp.push(() => collector.stop());
  await collector.start();
  return collector;
}

class Device {
  readonly acks: number[] = [];
  /** What the collector's clock said with each. */
  readonly utcS: number[] = [];
  readonly id: string;
  readonly client: MqttClient;
  #told: (() => void)[] = [];

  private constructor(id: string, client: MqttClient) {
    this.id = id;
    this.client = client;
    client.on('message', (_topic, payload) => {
      const [format, next, utcS, ...more] = decode(payload) as number[];
      expect(format).toBe(1);
      expect(more).toEqual([]);
      this.acks.push(next);
      this.utcS.push(utcS);
      for (const resolve of this.#told.splice(0)) resolve();
    });
  }

  static async connect(id: string): Promise<Device> {
    const client = await mqtt.connectAsync(broker.url, { protocolVersion: 4, reconnectPeriod: 20 });
    cleanUp.push(() => client.endAsync(true));
    const device = new Device(id, client);
    await client.subscribeAsync(`coldrail/v1/${id}/ack`, { qos: 1 });
    return device;
  }

  async ack(): Promise<number> {
    await new Promise<void>((resolve) => this.#told.push(resolve));
    return this.acks.at(-1) as number;
  }

  async send(message: Uint8Array): Promise<number> {
    const answer = this.ack();
    await this.client.publishAsync(`coldrail/v1/${this.id}/up`, Buffer.from(message), { qos: 1 });
    return answer;
  }
}

/** A journal of several pages: POWER_ON is record 0, the readings follow. */
function ride(count = 900): JournalWriter {
  const journal = new JournalWriter({ pageSize: 1024 }).powerOnAt(1, 0);
  for (let i = 0; i < count; i++) journal.reading(41 + (i % 3), 120, 60 + ((i * 7) % 40));
  return journal;
}

async function expectExactlyOnce(journal: JournalWriter, id: string): Promise<void> {
  expect(await store.readings(id)).toMatchObject(journal.readings);
  expect(await store.countReadings(id)).toBe(journal.readings.length);
  expect(await store.nextWanted(id)).toBe(journal.seq);
}

test('a batch is stored and answered with the cumulative ack', async () => {
  const told: [string, number][] = [];
  const collector = await collect({ onAck: (device, next) => told.push([device, next]) });
  const device = await Device.connect('D1');
  const journal = ride(20);
  expect(await device.send(journal.message('D1'))).toBe(21);
  await expectExactlyOnce(journal, 'D1');
  expect(told).toEqual([['D1', 21]]);
  expect(collector.stats).toEqual({
    messages: 1,
    inserted: 21,
    duplicates: 0,
    conflicts: 0,
    malformed: 0,
    brokenOff: 0,
  });
});

test('each answer tells the time, in whole seconds and from the clock that it is given', async () => {
  let nowMs = 1_795_262_400_999;
  await collect({ now: () => nowMs });
  const device = await Device.connect('D1');
  const journal = ride(20);
  await device.send(journal.message('D1'));
  nowMs += 61_000;
  await device.send(journal.message('D1'));
  expect(device.utcS).toEqual([1_795_262_400, 1_795_262_461]);
});

test('resends and disorder leave each reading once, and the ack names the first gap', async () => {
  const collector = await collect();
  const device = await Device.connect('D1');
  const journal = ride();
  const pages = journal.pages.map((_, page) => page);
  expect(pages.length).toBeGreaterThan(2);
  expect(await device.send(journal.message('D1', 1))).toBe(0);
  for (const page of [...pages].reverse()) await device.send(journal.message('D1', page));
  for (const page of pages) await device.send(journal.message('D1', page, page % 2));
  await expectExactlyOnce(journal, 'D1');
  expect(device.acks.at(-1)).toBe(journal.seq);
  expect(collector.stats.inserted).toBe(journal.seq);
  expect(collector.stats.duplicates).toBeGreaterThan(journal.seq);
  expect(problems).toEqual([]);
});

test('a broker that dies again and again in the middle of publishing costs nothing', async () => {
  const collector = await collect();
  const device = await Device.connect('D1');
  const journal = ride();
  for (let next = 0, round = 0; next < journal.seq; round++) {
    expect(round).toBeLessThan(200);
    // Like the device: from the first page that holds what is wanted, two messages at once.
    const page = journal.pages.findLastIndex(({ firstSeq }) => firstSeq <= next);
    const lastPage = Math.min(page + 1, journal.pages.length - 1);
    for (const number of [page, lastPage]) {
      device.client.publish('coldrail/v1/D1/up', journal.message('D1', number), { qos: 1 }, () => {});
    }
    if (round % 2 === 0) {
      await broker.stop();
      broker = await startBroker({ port: broker.port });
      await collector.whenSubscribed();
    }
    const told = device.ack();
    if (!device.client.connected) await new Promise((resolve) => device.client.once('connect', resolve));
    await device.client.subscribeAsync('coldrail/v1/D1/ack', { qos: 1 });
    // A message that reaches the broker before the collector is back there goes nowhere: the device sends it again.
    const send = (): void => {
      device.client.publish('coldrail/v1/D1/up', journal.message('D1', page), { qos: 1 }, () => {});
    };
    send();
    const again = setInterval(send, 500);
    next = Math.max(next, await told);
    clearInterval(again);
  }
  await expectExactlyOnce(journal, 'D1');
  expect(collector.stats.inserted).toBe(journal.seq);
});

test('two collectors on one database at different times agree', async () => {
  const first = await collect();
  const device = await Device.connect('D1');
  const journal = ride();
  await device.send(journal.message('D1', 0));
  await first.stop();
  await collect();
  const question = encode([1, 'D1', 1, 16, 0, 100, 500, Buffer.of(1, 0x11, 2)]);
  expect(await device.send(question)).toBe(journal.pages[1]?.firstSeq);
});

test('what is malformed is counted, told and not answered, and the next message is taken', async () => {
  const collector = await collect();
  const device = await Device.connect('D1');
  const good = ride(20).message('D1');
  const flipped = Buffer.from(good);
  const inReading = good.length - 12;
  flipped.writeUInt8(flipped.readUInt8(inReading) ^ 4, inReading);
  const bad = [Buffer.alloc(0), Buffer.from('hello'), encode([9, 'D1']), flipped, good.subarray(0, -1)];
  for (const payload of [...bad, ride(20).message('D2')]) {
    await device.client.publishAsync('coldrail/v1/D1/up', payload, { qos: 1 });
  }
  expect(await device.send(good)).toBe(21);
  expect(device.acks).toEqual([21]);
  expect(collector.stats).toMatchObject({ messages: 7, malformed: 6, inserted: 21 });
  expect(problems.map(({ id }) => id)).toEqual([
    'decode.message-header',
    'decode.message-header',
    'decode.message-format',
    'decode.message-block',
    'decode.message-block',
    'collect.device-mismatch',
  ]);
  expect(await store.devices()).toEqual(['D1']);
});

test('readings of an erased page arrive in a KEPT, and the gap that they leave is told by a LOST', async () => {
  const collector = await collect();
  const device = await Device.connect('D1');
  const before = ride(20);
  await device.send(before.message('D1'));
  const channels = [41, 120, 60];
  const inputs = [22, 34, 46].map((seq) => ({ seq, monoS: 300 * seq, channels }));
  const journal = new JournalWriter({ firstSeq: 60, firstPageSequence: 9 });
  journal.kept(1, inputs).record(8, [21, 59]).reading(41, 120, 60);
  expect(await device.send(journal.message('D1'))).toBe(journal.seq);
  const rows = (await store.readings('D1')).slice(20);
  const kept = inputs.map(({ seq, monoS }) => journal.valuesOf(seq, 1, monoS, channels));
  expect(rows).toMatchObject([...kept, ...journal.readings]);
  expect(collector.stats).toMatchObject({ inserted: 21 + 3 + 3, duplicates: 0, conflicts: 0 });
});

test('two boards with one id are told, and the first readings stay', async () => {
  const collector = await collect();
  const device = await Device.connect('D1');
  const journal = ride(20);
  await device.send(journal.message('D1'));
  const twin = new JournalWriter().powerOnAt(1, 0).reading(1, 2, 3);
  await device.send(twin.message('D1'));
  expect(collector.stats).toMatchObject({ conflicts: 1, duplicates: 1 });
  expect(problems.map(({ id }) => id)).toEqual(['collect.conflict']);
  await expectExactlyOnce(journal, 'D1');
});

test('nothing is acked before it is committed, nor when storing fails', async () => {
  const events: string[] = [];
  let failures = 1;
  const slow: Store = Object.create(store, {
    insertBatch: {
      value: async (...args: Parameters<Store['insertBatch']>) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (failures-- > 0)
          throw new ColdrailError('collect.store-failed', { device: 'D1', detail: 'disk full' });
        const result = await store.insertBatch(...args);
        events.push('committed');
        return result;
      },
    },
    nextWanted: { value: (device: string) => store.nextWanted(device) },
  });
  const collector = await collect({ store: slow, onAck: () => events.push('acked') });
  const device = await Device.connect('D1');
  const message = ride(20).message('D1');
  device.client.publish('coldrail/v1/D1/up', message, { qos: 1 });
  expect(await device.send(message)).toBe(21);
  expect(events).toEqual(['committed', 'acked']);
  expect(device.acks).toEqual([21]);
  expect(problems.map(({ id }) => id)).toEqual(['collect.store-failed']);
  expect(collector.stats).toMatchObject({ messages: 2, inserted: 21 });
});

test('a device that breaks off is counted, which is news and no problem', async () => {
  const gone: string[] = [];
  const collector = await collect({ onGone: (device) => gone.push(device) });
  const sawGone = new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (gone.length > 0) resolve(clearInterval(watch));
    }, 5);
  });
  const will = { topic: 'coldrail/v1/D1/gone', payload: Buffer.of(0x81, 1), qos: 0 as const, retain: false };
  const leaving = await mqtt.connectAsync(broker.url, {
    protocolVersion: 4,
    will: { ...will, topic: 'coldrail/v1/D0/gone' },
  });
  await leaving.endAsync();
  const breaking = await mqtt.connectAsync(broker.url, { protocolVersion: 4, reconnectPeriod: 0, will });
  breaking.stream.destroy();
  await sawGone;
  expect(gone).toEqual(['D1']);
  expect(collector.stats).toMatchObject({ brokenOff: 1, messages: 0, malformed: 0 });
  expect(problems).toEqual([]);
});

test('what is no will on the topic of a will is told and not counted as one', async () => {
  const collector = await collect();
  const device = await Device.connect('D1');
  for (const payload of [Buffer.alloc(0), Buffer.of(0x81, 2), Buffer.from('gone')])
    await device.client.publishAsync('coldrail/v1/D1/gone', payload, { qos: 1 });
  expect(await device.send(ride(20).message('D1'))).toBe(21);
  expect(collector.stats).toMatchObject({ brokenOff: 0, malformed: 3, messages: 1 });
  expect(problems.map(({ id }) => id)).toEqual(Array(3).fill('collect.will-malformed'));
});

test('starting without a broker is an error with an id', async () => {
  const { url } = broker;
  await broker.stop();
  await expect(collect({ brokerUrl: url, startDeadlineMs: 200 })).rejects.toMatchObject({
    id: 'broker.unreachable',
  });
  await expect(collect({ brokerUrl: 'here' })).rejects.toMatchObject({ id: 'broker.url-invalid' });
});

test('a share group on a broker that has none is an error, not silence', async () => {
  await expect(collect({ shareGroup: 'collectors', startDeadlineMs: 200 })).rejects.toMatchObject({
    id: 'broker.unreachable',
  });
});
