import fc from 'fast-check';
import { generate, type Packet as HostPacket, parser } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { DOWNLINK_TOO_LARGE, MQTT_MALFORMED, OK } from '../../hal/faults.ts';
import {
  CONNACK,
  LONGEST_DOWNLINK,
  OPENING_LENGTH,
  PacketReader,
  PINGRESP,
  PUBACK,
  PUBLISH,
  PUBLISH_RETAINED,
  publishRoom,
  putOpening,
  putPublishFront,
  SUBACK,
} from './mqtt.ts';

/** What a broker makes of the bytes. */
function asHostSees(bytes: Uint8Array): HostPacket[] {
  const reader = parser({ protocolVersion: 4 });
  const packets: HostPacket[] = [];
  reader.on('packet', (packet) => packets.push(packet));
  reader.on('error', (error) => {
    throw error;
  });
  expect(reader.parse(Buffer.from(bytes)), 'nothing is left over').toBe(0);
  return packets;
}

const text = (bytes: Uint8Array | Buffer): string => Buffer.from(bytes).toString('latin1');

describe('a tracker says', () => {
  test.each(['box-7', 'x'.repeat(32)])(
    'who %s is, what to tell when it breaks off, and what it hears',
    (id) => {
      const [gone, ack] = [`coldrail/v1/${id}/gone`, `coldrail/v1/${id}/ack`];
      const length = OPENING_LENGTH + id.length + gone.length + 2 + ack.length;
      const out = new Uint8Array(length + 20).fill(0xee);
      putOpening(out, 10, id, gone, [0x81, 1], ack);
      expect([...out.subarray(0, 10), ...out.subarray(10 + length)]).toEqual(Array(20).fill(0xee));
      expect(asHostSees(out.subarray(10, 10 + length))).toMatchObject([
        {
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          clientId: id,
          keepalive: 120,
          will: { topic: gone, payload: Buffer.of(0x81, 1), qos: 0, retain: false },
        },
        { cmd: 'subscribe', messageId: 1, qos: 1, subscriptions: [{ topic: ack, qos: 0 }] },
      ]);
    },
  );

  test('any payload, with a remaining length of one byte or two, and whether it has been sent before', () => {
    const topic = 'coldrail/v1/box-7/up';
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1400 }),
        fc.integer({ min: 1, max: 65_535 }),
        fc.boolean(),
        (length, messageId, dup) => {
          const room = publishRoom(topic);
          const out = new Uint8Array(room + length).fill(0xa5);
          const start = putPublishFront(out, room, topic, messageId, length, dup);
          const payload = Buffer.alloc(length, 0xa5);
          expect(asHostSees(out.subarray(start))).toMatchObject([
            { cmd: 'publish', topic, qos: 1, messageId, dup, retain: false, payload },
          ]);
        },
      ),
    );
  });
});

interface Taken {
  readonly first: number;
  readonly body: string;
}

/** Push chunks until there is a fault; what was taken before it, and the most that the reader ever kept. */
function read(chunks: readonly string[]): { fault: number; taken: Taken[]; kept: number } {
  const reader = new PacketReader();
  const taken: Taken[] = [];
  let fault = OK;
  let kept = 0;
  for (const chunk of chunks) {
    fault = reader.push(chunk, (first, body) => {
      taken.push({ first, body });
      return OK;
    });
    if (fault !== OK) break;
    kept = Math.max(kept, (reader as unknown as { buffer: string }).buffer.length);
  }
  return { fault, taken, kept };
}

function cut(bytes: string, size: number): string[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.substr(i * size, size));
}

const MOST_KEPT = LONGEST_DOWNLINK + 3;

const downlink = (payload: Buffer, retain = false): Buffer =>
  generate({ cmd: 'publish', topic: 'a/b', payload, qos: 0, dup: false, retain });

describe('what a broker says', () => {
  const packets: [Buffer, number, string][] = [
    [generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }), CONNACK, '\0\0'],
    [generate({ cmd: 'suback', messageId: 513, granted: [0] }), SUBACK, '\x02\x01\0'],
    [generate({ cmd: 'puback', messageId: 65_535 }), PUBACK, '\xff\xff'],
    [generate({ cmd: 'pingresp' }), PINGRESP, ''],
    [downlink(Buffer.alloc(150, 7)), PUBLISH, `\0\x03a/b${'\x07'.repeat(150)}`],
    [downlink(Buffer.of(1), true), PUBLISH_RETAINED, '\0\x03a/b\x01'],
    [downlink(Buffer.alloc(LONGEST_DOWNLINK - 5)), PUBLISH, `\0\x03a/b${'\0'.repeat(LONGEST_DOWNLINK - 5)}`],
  ];

  test.each([1, 2, 3, 7, 64, 10_000])('is the same when it comes in pieces of %i bytes', (size) => {
    const all = text(Buffer.concat(packets.map(([bytes]) => bytes)));
    const { fault, taken } = read(cut(all, size));
    expect(fault).toBe(OK);
    expect(taken).toEqual(packets.map(([, first, body]) => ({ first, body })));
  });

  test('ends with the first packet that the tracker refuses', () => {
    const bodies: string[] = [];
    const reader = new PacketReader();
    const fault = reader.push('\x40\x02\0\x01\x40\x02\0\x02\x40\x02\0\x03', (_, body) => {
      bodies.push(body);
      return body === '\0\x02' ? MQTT_MALFORMED : OK;
    });
    expect([fault, bodies]).toEqual([MQTT_MALFORMED, ['\0\x01', '\0\x02']]);
  });

  test.each([
    ['type 0', '\x00\0'],
    ['type 15', '\xf0\0'],
    ["a client's CONNECT", '\x10\x02\0\0'],
    ["a client's SUBSCRIBE", '\x82\x03\0\x01\0'],
    ["a client's UNSUBSCRIBE", '\xa2\x02\0\x01'],
    ["a client's PINGREQ", '\xc0\0'],
    ["a client's DISCONNECT", '\xe0\0'],
    ['PUBREC, which is of QoS 2', '\x50\x02\0\x01'],
    ['PUBREL, which is of QoS 2', '\x62\x02\0\x01'],
    ['PUBCOMP, which is of QoS 2', '\x70\x02\0\x01'],
    ['UNSUBACK, as nothing was unsubscribed', '\xb0\x02\0\x01'],
    ['a PUBLISH of QoS 1', '\x32\x06\0\x01a\0\x01x'],
    ['a PUBLISH of QoS 2', '\x34\x06\0\x01a\0\x01x'],
    ['a PUBLISH of QoS 3', '\x36\x06\0\x01a\0\x01x'],
    ['a PUBLISH of QoS 0 with the DUP flag', '\x38\x04\0\x01ax'],
    ['a PUBLISH too short for a topic', '\x30\x01\0'],
    ['a CONNACK with a reserved flag', '\x21\x02\0\0'],
    ['a SUBACK with a reserved flag', '\x92\x03\0\x01\0'],
    ['a PUBACK with a reserved flag', '\x44\x02\0\x01'],
    ['a PINGRESP with a reserved flag', '\xd1\0'],
    ['a CONNACK that is too short', '\x20\x01\0'],
    ['a CONNACK that is too long', '\x20\x03\0\0\0'],
    ['a SUBACK for two topics', '\x90\x04\0\x01\0\0'],
    ['a SUBACK without a code', '\x90\x02\0\x01'],
    ['a PUBACK that is too long', '\x40\x03\0\x01\0'],
    ['a PINGRESP with a body', '\xd0\x01\0'],
    ['a length of five bytes', '\x30\x80\x80\x80\x80\x01'],
    ['a length with a byte more than it needs', '\x40\x82\0\0\x01'],
    ['a length of 0 in two bytes', '\xd0\x80\0'],
  ])('is refused: %s', (_, bytes) => {
    expect(read([bytes]).fault).toBe(MQTT_MALFORMED);
    expect(read(cut(bytes, 1)).fault).toBe(MQTT_MALFORMED);
  });

  test('is refused as too large once its length is known, before anything of it is kept', () => {
    expect(read(['\x30\x81\x04']).fault).toBe(DOWNLINK_TOO_LARGE);
    expect(read(['\x30\xff\xff\xff\x7f']).fault).toBe(DOWNLINK_TOO_LARGE);
    const megabyte = text(downlink(Buffer.alloc(1_000_000, 0x55)));
    const { fault, kept, taken } = read(cut(megabyte, 512));
    expect([fault, taken]).toEqual([DOWNLINK_TOO_LARGE, []]);
    expect(kept).toBeLessThanOrEqual(MOST_KEPT);
  });

  test('makes the reader neither throw nor keep more than one packet, whatever it is', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 64 }).map(text),
      fc.constantFrom(...packets.map(([bytes]) => text(bytes))),
      fc
        .tuple(fc.constantFrom('\x30', '\x31'), fc.uint8Array({ maxLength: 600 }))
        .map(([a, b]) => a + text(b)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 512 }), (pieces, size) => {
        const { taken, kept } = read(cut(pieces.join(''), size));
        expect(kept).toBeLessThanOrEqual(MOST_KEPT);
        for (const { first, body } of taken) {
          expect([CONNACK, PUBLISH, PUBLISH_RETAINED, PUBACK, SUBACK, PINGRESP]).toContain(first);
          expect(body.length).toBeLessThanOrEqual(LONGEST_DOWNLINK);
        }
      }),
      { numRuns: 500 },
    );
  });
});
