import { decode } from 'cbor-x';
import { parser } from 'mqtt-packet';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  COLLECTOR_SILENT,
  MQTT_MALFORMED,
  MQTT_REFUSED,
  MQTT_SILENT,
  NO_NETWORK,
  OK,
  STREAM_CLOSED,
  STREAM_STALLED,
  TLS_NO_CA,
} from '../../hal/faults.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { type MockTracker, mockTracker } from '../../hal/mock/tracker.ts';
import { type Config, DEFAULT_CONFIG } from '../config/config.ts';
import type { Journal } from '../journal/journal.ts';
import { boot, SAMPLING } from '../journal/testing/bench.ts';
import { toldBy } from '../journal/testing/plain-log.ts';
import { plainMessage } from '../journal/testing/plain-message.ts';
import { Uplink } from './uplink.ts';

const INTERVAL_S = 600;
const config: Config = {
  ...DEFAULT_CONFIG,
  deviceId: 'box-7',
  intervalS: INTERVAL_S,
  fixIntervalS: 3600,
  uplinkIntervalS: 14_400,
  apn: 'iot.example',
  brokerHost: 'broker.example',
  brokerPort: 8883,
  caPem: '-----BEGIN CERTIFICATE-----',
};

const bytes = (...values: number[]): string => String.fromCharCode(...values);

/** A broker and a collector behind the mock link: holds seqs, answers as the real ones do. */
class FarSide {
  readonly held = new Set<number>();
  readonly lost = new Set<number>();
  publishes = 0;
  connackCode = 0;
  silent: 'never' | 'broker' | 'collector' = 'never';
  answerWith: ((next: number) => string) | undefined;

  get next(): number {
    let next = 0;
    while (this.held.has(next) || this.lost.has(next)) next++;
    return next;
  }

  answer(packet: Uint8Array): string[] {
    if (this.silent === 'broker') return [];
    const type = (packet[0] ?? 0) >> 4;
    if (type === 1) return [bytes(0x20, 2, 0, this.connackCode)];
    if (type === 8) return [bytes(0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 0)];
    return type === 3 ? this.#publish(packet) : [];
  }

  #publish(packet: Uint8Array): string[] {
    this.publishes++;
    const reader = parser();
    let id = 0;
    reader.on('packet', (parsed) => {
      if (parsed.cmd !== 'publish') return;
      id = parsed.messageId ?? 0;
      expect(parsed.topic).toBe('coldrail/v1/box-7/up');
      const { device, records } = plainMessage(parsed.payload as Buffer);
      expect(device).toBe('box-7');
      for (const { seq, kind, fields } of toldBy(records)) {
        this.held.add(seq);
        const [from, to] = fields as number[];
        if (kind === 'LOST') for (let lost = from; lost <= to; lost++) this.lost.add(lost);
      }
    });
    reader.parse(Buffer.from(packet));
    const answers = [bytes(0x40, 2, id >> 8, id & 255)];
    if (this.silent === 'collector') return answers;
    return [...answers, this.answerWith ? this.answerWith(this.next) : ack(this.next)];
  }
}

/** A PUBLISH at QoS 0 of `[1, next]` to the device's ack topic. */
function ack(next: number): string {
  const topic = 'coldrail/v1/box-7/ack';
  const payload = bytes(
    0x82,
    1,
    0x1a,
    (next >>> 24) & 255,
    (next >>> 16) & 255,
    (next >>> 8) & 255,
    next & 255,
  );
  expect(decode(Buffer.from(payload, 'latin1'))).toEqual([1, next]);
  return bytes(0x30, 2 + topic.length + payload.length, 0, topic.length) + topic + payload;
}

let tracker: MockTracker;
let journal: Journal;
let far: FarSide;

function begin(pages: number, readings: number): void {
  tracker = mockTracker({ journal: mockFlash(pages, 4096) });
  journal = boot(tracker.journal, { sampling: { ...SAMPLING, intervalS: INTERVAL_S } });
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++)
    journal.reading(i * INTERVAL_S, [16384 + (i % 90), 16384 + 160, 16384 + (i % 70)]);
  far = new FarSide();
  tracker.link.answer = (packet) => far.answer(packet);
}

/** Run a session to its end; the fault that it ended with. */
function session(settings: Config = config): number {
  let ended: number | undefined;
  new Uplink(tracker, journal, settings).run(480, (fault) => {
    ended = fault;
  });
  for (let second = 0; second < 600 && ended === undefined; second++) {
    tracker.clock.advance(1);
    tracker.watchdog.kick();
  }
  if (ended === undefined) throw new Error('the session did not end');
  return ended;
}

beforeEach(() => begin(14, 400));

test('a session delivers everything and records what the collector holds', () => {
  const written = journal.state.nextSeq;
  expect(session()).toBe(OK);
  expect(far.next).toBe(written);
  expect(journal.state.acked).toBe(written);
  expect(journal.state.failures).toBe(0);
  expect(tracker.link.closes).toBe(1);
});

test('the next session sends only what is new', () => {
  session();
  far.publishes = 0;
  journal.reading(400 * INTERVAL_S, [16384, 16384, 16384]);
  expect(session()).toBe(OK);
  expect(far.publishes).toBe(1);
  expect(journal.state.acked).toBe(far.next);
});

test('an ack that was lost makes a resend and nothing else', () => {
  far.silent = 'collector';
  expect(session()).toBe(COLLECTOR_SILENT);
  expect(journal.state.failures).toBe(1);
  far.silent = 'never';
  const held = far.held.size;
  expect(session()).toBe(OK);
  expect(journal.state.acked).toBe(far.next);
  expect(far.held.size).toBeGreaterThanOrEqual(held);
});

test('readings that were overwritten before they could be sent are told as lost, and the rest goes on', () => {
  begin(3, 8000);
  expect(session()).toBe(OK);
  expect(far.lost.size).toBeGreaterThan(500);
  expect(far.next).toBeGreaterThan(7990);
  expect(journal.state.acked).toBe(far.next);
});

test('a collector that has lost its database gets everything again that is still in flash', () => {
  expect(session()).toBe(OK);
  far.held.clear();
  journal.reading(400 * INTERVAL_S, [16384, 16384, 16384]);
  const written = journal.state.nextSeq;
  expect(session()).toBe(OK);
  expect(far.next).toBeGreaterThanOrEqual(written);
  expect(journal.state.acked).toBe(far.next);
});

test('a collector that asks for the beginning over and over does not keep the radio on', () => {
  far.answerWith = () => ack(0);
  journal.ack(50);
  expect(session()).toBe(COLLECTOR_SILENT);
  expect(far.publishes).toBeLessThan(20);
});

describe('what goes wrong ends the session with its fault, and everything stays stored', () => {
  const cases: [string, () => void, number][] = [
    ['no network', () => (tracker.link.fault = NO_NETWORK), NO_NETWORK],
    ['the broker refuses', () => (far.connackCode = 5), MQTT_REFUSED],
    ['the broker says nothing', () => (far.silent = 'broker'), MQTT_SILENT],
    ['the modem does not take the bytes', () => (tracker.link.sendsFail = true), STREAM_STALLED],
    ['an answer beyond what was written', () => (far.answerWith = () => ack(1_000_000)), MQTT_MALFORMED],
    [
      'an answer that is no CBOR',
      () => (far.answerWith = () => ack(0).slice(0, -5) + bytes(0xff, 1, 2, 3, 4)),
      MQTT_MALFORMED,
    ],
    ['a packet of a megabyte', () => (far.answerWith = () => bytes(0x30, 0xff, 0xff, 0x7f)), MQTT_MALFORMED],
    ['a packet that no broker sends', () => (far.answerWith = () => bytes(0xf0, 0)), MQTT_MALFORMED],
    [
      'a PUBLISH whose topic is longer than the packet',
      () => (far.answerWith = () => bytes(0x30, 3, 9, 9, 9)),
      MQTT_MALFORMED,
    ],
    [
      'the stream ends in mid-session',
      () =>
        (tracker.link.answer = (packet) => {
          if ((packet[0] ?? 0) >> 4 === 3) tracker.clock.after(100, () => tracker.link.hangUp());
          return far.answer(packet);
        }),
      STREAM_CLOSED,
    ],
  ];
  for (const [what, arrange, fault] of cases)
    test(what, () => {
      const written = journal.state.nextSeq;
      arrange();
      expect(session()).toBe(fault);
      expect(journal.state.failures).toBe(1);
      expect(journal.state.acked).toBe(0);
      expect(tracker.link.closes).toBe(1);
      tracker.link.fault = OK;
      tracker.link.sendsFail = false;
      far = new FarSide();
      tracker.link.answer = (packet) => far.answer(packet);
      expect(session()).toBe(OK);
      expect(far.next).toBeGreaterThanOrEqual(written);
    });
});

test('without a CA nothing is sent', () => {
  expect(session({ ...config, caPem: '' })).toBe(TLS_NO_CA);
  expect(tracker.link.sent).toEqual([]);
});
