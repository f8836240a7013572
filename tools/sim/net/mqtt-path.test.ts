import { type AddressInfo, createServer, type Socket } from 'node:net';
import { decode } from 'cbor-x';
import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { afterEach, expect, test } from 'vitest';
import { startBroker } from '../../broker/broker.ts';
import { Collector } from '../../collect/collector.ts';
import { openSqliteStore } from '../../collect/sqlite-store.ts';
import { JournalWriter } from '../../decode/testing/write-journal.ts';
import { MqttPath } from './mqtt-path.ts';
import { parsePacket } from './mqtt-path-debts.ts';
import type { Stream } from './network.ts';

let cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of cleanUp.reverse()) await end();
  cleanUp = [];
});

async function openStream(path: MqttPath): Promise<Stream> {
  const connected = await path.connect();
  if (!connected.ok) throw new Error(connected.error);
  cleanUp.push(() => connected.stream.close());
  return connected.stream;
}

/** 2026-11-21T12:00:00Z: the collector's clock stands still, as that of a simulated ride does during a send. */
const NOON_MS = 1_795_262_400_000;

/** A device's path to an embedded broker with a collector behind it. */
async function land() {
  const broker = await startBroker();
  const store = await openSqliteStore(':memory:');
  const collector = new Collector({ store, brokerUrl: broker.url, reconnectMs: 20, now: () => NOON_MS });
  await collector.start();
  cleanUp.push(
    () => store.close(),
    () => broker.stop(),
    () => collector.stop(),
  );
  const path = new MqttPath({ brokerUrl: () => broker.url, expectAck: (topic) => topic.endsWith('/up') });
  return { broker, store, collector, path };
}

/** A listener in the broker's place, which does only what a test tells it to. */
async function impostor(settleMs = 5000) {
  const sockets: Socket[] = [];
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => received.push(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const path = new MqttPath({
    brokerUrl: () => `mqtt://127.0.0.1:${port}`,
    settleMs,
    expectAck: () => false,
  });
  const stream = await openStream(path);
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  };
  await until(() => sockets.length > 0);
  return { stream, path, socket: sockets[0] as Socket, received: () => Buffer.concat(received), until };
}

const connectPacket = packet({
  cmd: 'connect',
  clientId: 'D1',
  protocolVersion: 4,
  clean: true,
  keepalive: 60,
});
const subscribePacket = packet({
  cmd: 'subscribe',
  messageId: 3,
  subscriptions: [{ topic: 'coldrail/v1/D1/ack', qos: 1 }],
});

function packet(fields: Packet): Buffer {
  return mqttPacket.generate(fields);
}

function uplink(messageId: number, payload: Buffer): Buffer {
  const topic = 'coldrail/v1/D1/up';
  return packet({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false });
}

function describe(packets: Uint8Array[]): string[] {
  return packets.map((raw) => {
    const { cmd, messageId } = parsePacket(Buffer.from(raw)) as Packet;
    return messageId === undefined ? cmd : `${cmd} ${messageId}`;
  });
}

function ride(): JournalWriter {
  const journal = new JournalWriter({ pageSize: 512 }).powerOnAt(1, 0);
  for (let i = 0; i < 200; i++) journal.reading(41 + (i % 3), 120, 60 + ((i * 7) % 40));
  return journal;
}

test('send resolves when broker and collector have answered all that they owe, in one order', async () => {
  const { path, store } = await land();
  const stream = await openStream(path);
  const journal = ride();
  expect(describe(await stream.send(connectPacket))).toEqual(['connack']);
  const answers = await stream.send(
    Buffer.concat([
      subscribePacket,
      uplink(9, journal.message('D1', 0)),
      uplink(5, journal.message('D1', 1)),
    ]),
  );
  expect(describe(answers)).toEqual(['suback 3', 'puback 9', 'puback 5', 'publish 1', 'publish 2']);
  const last = parsePacket(Buffer.from(answers.at(-1) as Uint8Array)) as { payload: Buffer } & Packet;
  expect(decode(last.payload)).toEqual([1, await store.nextWanted('D1'), NOON_MS / 1000]);
  expect(await store.nextWanted('D1')).toBe(journal.pages[2]?.firstSeq);
  expect(describe(await stream.send(packet({ cmd: 'pingreq' })))).toEqual(['pingresp']);
});

test('two worlds with the same device see the same bytes', async () => {
  const worlds: string[][] = [];
  for (let run = 0; run < 2; run++) {
    const { path } = await land();
    const stream = await openStream(path);
    const bytes: string[] = [];
    const messages = ride().pages.map((_, page) => uplink(page + 1, ride().message('D1', page)));
    for (const message of [connectPacket, subscribePacket, ...messages]) {
      const answers = await stream.send(message);
      bytes.push(...answers.map((raw) => Buffer.from(raw).toString('hex')));
      // Like a device: PUBACK whatever comes with QoS 1.
      for (const raw of answers) {
        const answer = parsePacket(Buffer.from(raw)) as Packet;
        if (answer.cmd !== 'publish') continue;
        expect(await stream.send(packet({ cmd: 'puback', messageId: answer.messageId ?? 0 }))).toEqual([]);
      }
    }
    worlds.push(bytes);
  }
  expect(worlds[0]?.length).toBe(2 + 2 * ride().pages.length);
  expect(worlds[1]).toEqual(worlds[0]);
});

test('four messages under way at once are answered each in its turn, and the same in every world', async () => {
  const worlds: string[][] = [];
  for (let run = 0; run < 2; run++) {
    const { path } = await land();
    const stream = await openStream(path);
    await stream.send(connectPacket);
    await stream.send(subscribePacket);
    const ids = [9, 5, 7, 3];
    const answers = await Promise.all(
      ids.map((id, page) => stream.send(uplink(id, ride().message('D1', page)))),
    );
    expect(answers.map(describe)).toEqual(ids.map((id, i) => [`puback ${id}`, `publish ${i + 1}`]));
    worlds.push(answers.flat().map((raw) => Buffer.from(raw).toString('hex')));
  }
  expect(worlds[1]).toEqual(worlds[0]);
});

test('a session that begins with all it has to say is answered in one order', async () => {
  const { path, store } = await land();
  const stream = await openStream(path);
  const all = Buffer.concat([connectPacket, subscribePacket, uplink(2, ride().message('D1', 0))]);
  expect(describe(await stream.send(all))).toEqual(['connack', 'suback 3', 'puback 2', 'publish 1']);
  expect(await store.countReadings('D1')).toBeGreaterThan(0);
});

test('nothing is owed for a packet until its last byte is sent', async () => {
  const { path, store } = await land();
  const stream = await openStream(path);
  await stream.send(connectPacket);
  await stream.send(subscribePacket);
  const message = uplink(9, ride().message('D1', 0));
  for (let at = 0; at < message.length - 1; at += 100) {
    expect(await stream.send(message.subarray(at, Math.min(at + 100, message.length - 1)))).toEqual([]);
  }
  expect(await store.countReadings('D1')).toBe(0);
  expect(describe(await stream.send(message.subarray(-1)))).toEqual(['puback 9', 'publish 1']);
});

test('after DISCONNECT the stream is closed by the far side', async () => {
  const { path } = await land();
  const stream = await openStream(path);
  await stream.send(connectPacket);
  let told = 0;
  stream.onClosed = () => told++;
  expect(await stream.send(packet({ cmd: 'disconnect' }))).toEqual([]);
  expect([stream.closed, told]).toEqual([true, 1]);
  expect(await stream.send(packet({ cmd: 'pingreq' }))).toEqual([]);
});

test('closing it ourselves is not told', async () => {
  const { path } = await land();
  const stream = await openStream(path);
  let told = 0;
  stream.onClosed = () => told++;
  stream.close();
  await path.allClosed();
  expect([stream.closed, told]).toEqual([true, 0]);
});

test('a broker that is down refuses, and the path finds it where it is again', async () => {
  const { broker, path, collector } = await land();
  const stream = await openStream(path);
  await stream.send(connectPacket);
  let told = 0;
  stream.onClosed = () => told++;
  await broker.stop();
  await path.allClosed();
  expect([stream.closed, told]).toEqual([true, 1]);
  expect(await path.connect()).toEqual({ ok: false, error: 'refused' });
  const again = await startBroker({ port: broker.port });
  cleanUp.push(() => again.stop());
  await collector.whenSubscribed();
  const second = await openStream(path);
  const all = Buffer.concat([connectPacket, subscribePacket, uplink(1, ride().message('D1', 0))]);
  expect(describe(await second.send(all))).toEqual(['connack', 'suback 3', 'puback 1', 'publish 1']);
});

test('a broker that dies in the middle of an exchange ends the send', async () => {
  const { stream, socket, received, until } = await impostor();
  let told = 0;
  stream.onClosed = () => told++;
  const sent = stream.send(connectPacket);
  await until(() => received().length > 0);
  socket.destroy();
  expect(await sent).toEqual([]);
  expect([stream.closed, told]).toEqual([true, 1]);
});

test('bytes that are no MQTT reach the broker as they are, and it hangs up', async () => {
  const { path } = await land();
  const stream = await openStream(path);
  expect(await stream.send(Buffer.from('AT+CGMR\r\n'))).toEqual([]);
  expect(stream.closed).toBe(true);
  const { stream: other, received, socket, until } = await impostor();
  const sent = other.send(Buffer.from([0xff, 1, 2, 3]));
  await until(() => received().length === 4);
  socket.destroy();
  await sent;
  expect([...received()]).toEqual([255, 1, 2, 3]);
});

test('a broker that refuses the connection says so and is gone', async () => {
  const { path } = await land();
  const stream = await openStream(path);
  const old = packet({ cmd: 'connect', clientId: 'D1', protocolVersion: 5, clean: true, keepalive: 60 });
  expect(describe(await stream.send(old))).toEqual(['connack']);
  expect(stream.closed).toBe(true);
});

test('an answer that never comes is not waited for without end, and a late one is handed over later', async () => {
  const { stream, socket } = await impostor(50);
  expect(await stream.send(connectPacket)).toEqual([]);
  expect(stream.closed).toBe(false);
  socket.write(packet({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
  const late: Uint8Array[] = [];
  for (let i = 0; late.length === 0 && i < 1000; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    late.push(...(await stream.send(new Uint8Array(0))));
  }
  expect(describe(late)).toEqual(['connack']);
});

test("the device acknowledges a downlink by its own id, and the broker gets the broker's", async () => {
  const { stream, socket, received, until } = await impostor();
  const connected = stream.send(connectPacket);
  socket.write(
    packet({ cmd: 'publish', topic: 'a', payload: 'x', qos: 1, messageId: 777, dup: false, retain: false }),
  );
  socket.write(packet({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
  expect(describe(await connected)).toEqual(['connack', 'publish 1']);
  await stream.send(packet({ cmd: 'puback', messageId: 1 }));
  await until(() => received().length === connectPacket.length + 4);
  expect(received().subarray(-4)).toEqual(packet({ cmd: 'puback', messageId: 777 }));
});

test('no bytes of a device, however cut, break the path', async () => {
  const { broker } = await land();
  const path = new MqttPath({ brokerUrl: () => broker.url, settleMs: 30, expectAck: () => false });
  const noise = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(connectPacket, subscribePacket));
  await fc.assert(
    fc.asyncProperty(fc.array(noise, { maxLength: 4 }), async (pieces) => {
      let connected = await path.connect();
      // A busy host may take longer to connect than the 30 ms that keep this test short.
      while (!connected.ok && connected.error === 'timeout') connected = await path.connect();
      if (!connected.ok) throw new Error(connected.error);
      for (const piece of pieces) await connected.stream.send(piece);
      connected.stream.close();
    }),
    { numRuns: 60 },
  );
});
