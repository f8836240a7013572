import fc from 'fast-check';
import type { Packet } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '../../firmware/config/schema.ts';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { boot } from '../../firmware/journal/testing/bench.ts';
import { plainRecords } from '../../firmware/journal/testing/plain-reader.ts';
import { PacketReader } from '../../firmware/uplink/mqtt.ts';
import { ack, FarSide, puback } from '../../firmware/uplink/testing/far-side.ts';
import { runUplink } from '../../firmware/uplink/uplink.ts';
import { DOWNLINK_TOO_LARGE, MQTT_MALFORMED, OK } from '../../hal/faults.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { type MockTracker, mockTracker } from '../../hal/mock/tracker.ts';
import { configPage } from '../../tools/provision/config-page.ts';
import { type ScriptedBroker, scriptedBroker } from './testing/scripted-broker.ts';
import { socketLink } from './testing/socket-link.ts';

const config: Config = {
  ...DEFAULT_CONFIG,
  deviceId: 'box-7',
  brokerHost: 'broker.example',
  caPem: '-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----',
};
const plan = { heldBack: OK, searches: [], clearForbidden: false, rung: 0, mostKb: 64 };
/** What one incomplete packet may take: hal and firmware hold nothing else of a stream. */
const MOST_KEPT = 515;

let broker: ScriptedBroker;
let tracker: MockTracker;
let kept: number;
const push = PacketReader.prototype.push;

beforeEach(async () => {
  broker = await scriptedBroker();
  kept = 0;
  PacketReader.prototype.push = function (...chunk) {
    const fault = push.apply(this, chunk);
    if (fault === OK) kept = Math.max(kept, (this as unknown as { buffer: string }).buffer.length);
    return fault;
  };
});

afterEach(async () => {
  PacketReader.prototype.push = push;
  await broker.stop();
});

/** A tracker with a journal of several batches. */
function provision(readings = 700): void {
  const mocks = mockTracker({ journal: mockFlash(8, 4096) });
  tracker = { ...mocks, link: socketLink(broker.port, mocks.clock) as MockTracker['link'] };
  tracker.configuration.program(0, configPage(config, 1));
  const journal = boot(tracker.journal);
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++)
    journal.reading(i * 300, [16384 + ((i * 7) % 90), 16384 + 160, 16384 + ((i * 3) % 70)]);
}

/** A wake with a session in it, in which `pace` seconds pass for each millisecond of the host: a busy one answers late. */
async function session(pace = 0.02): Promise<number> {
  const journal = boot(tracker.journal);
  let ended: number | undefined;
  runUplink(tracker, journal, config, '', plan, null, 200, (fault, startedS) => {
    journal.session(startedS, fault);
    ended = fault;
  });
  while (ended === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    tracker.clock.advance(pace);
    tracker.watchdog.kick();
  }
  return ended;
}

/** Answers as a broker and a collector should, until `until` says so; then `instead`. */
function honest(
  until: (packet: Packet, publishes: number) => boolean,
  instead: () => readonly string[],
): FarSide {
  const far = new FarSide();
  let hostile = false;
  broker.reply = (packet) => {
    if (hostile) return [];
    hostile = until(packet, far.batches.length);
    const answers = far.reply(packet);
    return hostile ? instead() : answers;
  };
  return far;
}

const recordsOf = (): unknown[] => plainRecords(tracker.journal.cells).map(({ seq, item }) => [seq, item]);

/** After whatever has happened: what was stored is stored, and the next session brings it all. */
async function expectUnharmed(before: unknown[]): Promise<void> {
  expect(kept).toBeLessThanOrEqual(MOST_KEPT);
  expect(recordsOf().slice(0, before.length)).toEqual(before);
  const far = honest(
    () => false,
    () => [],
  );
  expect(await session()).toBe(OK);
  expect(boot(tracker.journal).state.acked).toBe(far.next);
  const numbered = before as [number, unknown][];
  expect(far.next).toBeGreaterThan(Math.max(...numbered.map(([seq]) => seq)));
}

const megabyte = `\x30\xc0\x84\x3d\0\x15coldrail/v1/box-7/ack${'x'.repeat(1_000_000)}`;

/** Where it happens: in answer to the CONNECT, the SUBSCRIBE, or a PUBLISH. */
const moments = ['connect', 'subscribe', 'publish'] as const;

const violations: [string, string, number][] = [
  ['type 0', '\x00\0', MQTT_MALFORMED],
  ['type 15', '\xf0\0', MQTT_MALFORMED],
  ["a client's packet", '\xc0\0', MQTT_MALFORMED],
  ['a reserved flag', '\x41\x02\0\x02', MQTT_MALFORMED],
  ['a length of five bytes', '\x30\xff\xff\xff\xff\x01', MQTT_MALFORMED],
  ['a length with a byte more than it needs', '\xd0\x80\0', MQTT_MALFORMED],
  ['a PUBLISH of QoS 1', '\x32\x06\0\x01a\0\x01x', MQTT_MALFORMED],
  ['a PUBLISH of QoS 2', '\x34\x06\0\x01a\0\x01x', MQTT_MALFORMED],
  ["another device's topic", ack(0, 'box-8'), MQTT_MALFORMED],
  ['a PUBACK for what is not in flight', puback(44_444), MQTT_MALFORMED],
  ['a PINGRESP that nobody asked for', '\xd0\0', MQTT_MALFORMED],
  ['a SUBACK that nobody asked for', '\x90\x03\xff\xff\0', MQTT_MALFORMED],
  ['a CONNACK of a session that it cannot have', '\x20\x02\x01\0', MQTT_MALFORMED],
  ['an answer beyond what was written', ack(4_000_000_000), MQTT_MALFORMED],
  ['a downlink of a megabyte', megabyte, DOWNLINK_TOO_LARGE],
  ['a web page', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', MQTT_MALFORMED],
];

describe.each(moments)('a broker that answers a %s with', (moment) => {
  test.each(violations)('%s is left, and the next session delivers', async (_, bytes, fault) => {
    provision();
    const before = recordsOf();
    honest(
      ({ cmd }) => cmd === moment,
      () => [bytes],
    );
    expect(await session()).toBe(fault);
    while (broker.open > 0) await new Promise((resolve) => setImmediate(resolve));
    await expectUnharmed(before);
  });
});

test('a broker that begins to speak unasked is left', async () => {
  provision(20);
  const before = recordsOf();
  broker.reply = ({ cmd }) => (cmd === 'connect' ? [ack(0)] : []);
  expect(await session()).toBe(MQTT_MALFORMED);
  await expectUnharmed(before);
});

test('no bytes of a broker, at whatever moment, crash the tracker, harm the journal or fill its memory', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom(...violations.map(([, bytes]) => bytes)),
    fc.constantFrom('\x20\x02\0\0', '\x90\x03\0\x01\0', puback(2), ack(0), ack(5), ack(0, 'box-7', 0x31)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...moments),
      fc.integer({ min: 0, max: 2 }),
      fc.array(noise, { minLength: 1, maxLength: 4 }),
      async (moment, after, said) => {
        provision();
        const before = recordsOf();
        honest(
          ({ cmd }, publishes) => cmd === moment && (cmd !== 'publish' || publishes === after),
          () => said,
        );
        expect(await session(0.5)).not.toBe(OK);
        await expectUnharmed(before);
      },
    ),
    { numRuns: 40 },
  );
});
