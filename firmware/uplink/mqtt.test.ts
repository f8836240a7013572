import fc from 'fast-check';
import { generate, type Packet as HostPacket, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import {
  CONNACK,
  connectPacket,
  type Packet,
  PacketReader,
  PUBACK,
  PUBLISH,
  publishRoom,
  putPublishFront,
  SUBACK,
  subscribePacket,
} from './mqtt.ts';

/** What a broker makes of the bytes. */
function asHostSees(bytes: Uint8Array): HostPacket {
  const reader = parser();
  const packets: HostPacket[] = [];
  reader.on('packet', (packet) => packets.push(packet));
  reader.on('error', (error) => {
    throw error;
  });
  reader.parse(Buffer.from(bytes));
  expect(packets).toHaveLength(1);
  return packets[0] as HostPacket;
}

test('CONNECT is MQTT 3.1.1 with a clean session', () => {
  expect(asHostSees(connectPacket('box-7'))).toMatchObject({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: 'box-7',
    keepalive: 600,
  });
});

test('SUBSCRIBE asks for QoS 0', () => {
  expect(asHostSees(subscribePacket(513, 'coldrail/v1/box-7/ack'))).toMatchObject({
    cmd: 'subscribe',
    messageId: 513,
    subscriptions: [{ topic: 'coldrail/v1/box-7/ack', qos: 0 }],
  });
});

test('PUBLISH carries any payload, with a remaining length of one byte or two', () => {
  const topic = 'coldrail/v1/box-7/up';
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1300 }),
      fc.integer({ min: 1, max: 65_535 }),
      (length, packetId) => {
        const room = publishRoom(topic);
        const out = new Uint8Array(room + length).fill(0xa5);
        const start = putPublishFront(out, room, topic, packetId, length);
        const packet = asHostSees(out.subarray(start));
        expect(packet).toMatchObject({ cmd: 'publish', topic, qos: 1, messageId: packetId, dup: false });
        expect((packet as { payload: Buffer }).payload).toEqual(Buffer.alloc(length, 0xa5));
      },
    ),
  );
});

const text = (bytes: Uint8Array | Buffer): string => Buffer.from(bytes).toString('latin1');

const fromBroker = text(
  Buffer.concat([
    generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }),
    generate({ cmd: 'suback', messageId: 513, granted: [0] }),
    generate({ cmd: 'puback', messageId: 65_535 }),
    generate({
      cmd: 'publish',
      topic: 'a/b',
      payload: Buffer.alloc(150, 7),
      qos: 0,
      dup: false,
      retain: false,
    }),
  ]),
);

test("a broker's packets are the same however the stream is cut", () => {
  const expected: Packet[] = [
    { type: CONNACK, value: 0, topic: '', payload: '' },
    { type: SUBACK, value: 0, topic: '', payload: '' },
    { type: PUBACK, value: 65_535, topic: '', payload: '' },
    { type: PUBLISH, value: 0, topic: 'a/b', payload: text(Buffer.alloc(150, 7)) },
  ];
  for (const size of [1, 2, 3, 7, 64, fromBroker.length]) {
    const reader = new PacketReader();
    const packets: Packet[] = [];
    for (let at = 0; at < fromBroker.length; at += size)
      expect(reader.push(fromBroker.slice(at, at + size), (packet) => packets.push(packet))).toBe(true);
    expect(packets).toEqual(expected);
  }
});

test('what no broker sends is refused, and no bytes make the reader throw or keep more than a packet', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 40 }), (chunks) => {
      const reader = new PacketReader();
      for (const chunk of chunks) if (!reader.push(text(chunk), () => {})) return;
      expect((reader as unknown as { buffer: string }).buffer.length).toBeLessThan(300);
    }),
  );
  for (const bad of ['\x30\xff\xff\x7f', '\x20\x03\0\0\0', '\xf0\0', '\x34\x04\0\x01a\0', '\x30\x02\0\x05'])
    expect(new PacketReader().push(bad, () => {})).toBe(false);
});
