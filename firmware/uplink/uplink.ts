import type { Alarm } from '../../hal/clock.ts';
import {
  COLLECTOR_SILENT,
  MQTT_MALFORMED,
  MQTT_REFUSED,
  MQTT_SILENT,
  OK,
  SESSION_TOO_LONG,
  STREAM_CLOSED,
  STREAM_STALLED,
} from '../../hal/faults.ts';
import type { Tracker } from '../../hal/tracker.ts';
import type { Config } from '../config/config.ts';
import { ANCHOR_NETWORK } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import { Replay } from '../journal/replay.ts';
import { BATCH_HEADER_ROOM, nextInAnswer, putBatchHeader } from './batch.ts';
import {
  CONNACK,
  connectPacket,
  DISCONNECT_PACKET,
  type Packet,
  PacketReader,
  PUBACK,
  PUBLISH,
  publishRoom,
  putPublishFront,
  SUBACK,
  subscribePacket,
} from './mqtt.ts';

/** An answer of the broker or the collector: two round trips on a bad 2G link, and some. */
const ANSWER_WITHIN_MS = 30000;
/** Network time is a second or two old when the modem tells it. */
const NETWORK_TIME_ERROR_S = 2;

/**
 * One uplink session: connect, subscribe to the collector's answers, send what it does not hold yet, oldest first, and
 * record what it says that it holds. Done when that is everything.
 */
export class Uplink {
  private readonly tracker: Tracker;
  private readonly journal: Journal;
  private readonly config: Config;
  private readonly reader = new PacketReader();
  private readonly topic: string;
  private readonly answerTopic: string;
  private replay: Replay;
  private packetId = 1;
  /** Where this session began to send. */
  private start: number;
  private rewound = false;
  /** What the collector said last that it holds. */
  private held: number;
  /** Seq behind the last record that was sent. */
  private sentUpTo: number;
  private allSent = false;
  /** A batch is out that the broker has not taken yet. */
  private inFlight = false;
  private alarm: Alarm | null = null;
  private sessionAlarm: Alarm | null = null;
  private done: ((fault: number) => void) | null = null;

  constructor(tracker: Tracker, journal: Journal, config: Config) {
    this.tracker = tracker;
    this.journal = journal;
    this.config = config;
    this.topic = `coldrail/v1/${config.deviceId}/up`;
    this.answerTopic = `coldrail/v1/${config.deviceId}/ack`;
    this.start = journal.state.acked;
    this.held = this.start;
    this.sentUpTo = this.start;
    this.replay = new Replay(journal, tracker.journal, tracker.crypto, this.start);
  }

  /** Run the session within `limitS` seconds; `done` gets OK or the fault, after the modem is off and all is recorded. */
  run(limitS: number, done: (fault: number) => void): void {
    const startedS = this.tracker.clock.uptimeS();
    this.sessionAlarm = this.tracker.clock.after(limitS * 1000, () => {
      this.sessionAlarm = null;
      this.end(SESSION_TOO_LONG);
    });
    this.done = (fault) => {
      this.tracker.link.close(() => {
        this.record(startedS, fault);
        done(fault);
      });
    };
    const target = {
      apn: this.config.apn,
      host: this.config.brokerHost,
      port: this.config.brokerPort,
      caPem: this.config.caPem,
    };
    this.tracker.link.open(
      target,
      limitS,
      (fault) => {
        this.tracker.watchdog.kick();
        if (fault === OK) this.send(connectPacket(this.config.deviceId));
        else this.end(fault);
      },
      (bytes) => {
        if (!this.reader.push(bytes, (packet) => this.receive(packet))) this.end(MQTT_MALFORMED);
      },
      () => {
        this.end(STREAM_CLOSED);
      },
    );
  }

  private record(startedS: number, fault: number): void {
    const time = this.tracker.link.networkTime();
    if (time !== null && !this.journal.anchored)
      this.journal.anchor(time.uptimeS, time.utcS, ANCHOR_NETWORK, NETWORK_TIME_ERROR_S);
    this.journal.ack(this.held);
    this.journal.session(startedS, fault);
  }

  private end(fault: number): void {
    const done = this.done;
    if (done === null) return;
    this.done = null;
    this.stopWaiting();
    if (this.sessionAlarm !== null) this.tracker.clock.cancel(this.sessionAlarm);
    done(fault);
  }

  private stopWaiting(): void {
    if (this.alarm !== null) this.tracker.clock.cancel(this.alarm);
    this.alarm = null;
  }

  /** Give the far side its time to answer. */
  private expectAnswer(): void {
    this.stopWaiting();
    this.alarm = this.tracker.clock.after(ANSWER_WITHIN_MS, () => {
      this.alarm = null;
      this.end(this.allSent ? COLLECTOR_SILENT : MQTT_SILENT);
    });
  }

  private send(packet: Uint8Array): void {
    this.expectAnswer();
    this.tracker.link.send(packet, (ok) => {
      if (!ok) this.end(STREAM_STALLED);
    });
  }

  private receive(packet: Packet): void {
    if (this.done === null) return;
    if (packet.type === CONNACK) {
      if (packet.value !== 0) this.end(MQTT_REFUSED);
      else this.send(subscribePacket(this.nextPacketId(), this.answerTopic));
    } else if (packet.type === SUBACK) {
      // 0x80: the broker does not let us hear the collector, so nothing would ever be done.
      if (packet.value > 2) this.end(MQTT_REFUSED);
      else this.sendNext();
    } else if (packet.type === PUBACK) {
      if (packet.value !== this.packetId || !this.inFlight) return;
      this.inFlight = false;
      this.sendNext();
    } else if (packet.type === PUBLISH && packet.topic === this.answerTopic) {
      const next = nextInAnswer(packet.payload);
      if (next === null || next > this.journal.state.nextSeq) this.end(MQTT_MALFORMED);
      else this.answered(next);
    }
  }

  /** The collector holds every record below `next`. */
  private answered(next: number): void {
    this.tracker.watchdog.kick();
    // A collector that works through a backlog is not silent.
    if (next > this.held) this.expectAnswer();
    this.held = next;
    if (next < this.start && !this.rewound) {
      // It has lost what it said it had: send that again, once a session.
      this.rewound = true;
      this.start = next;
      this.replay = new Replay(this.journal, this.tracker.journal, this.tracker.crypto, next);
      this.allSent = false;
      if (!this.inFlight) this.sendNext();
    } else if (this.allSent && this.held >= this.sentUpTo) {
      this.finish();
    }
  }

  /** A batch goes out as soon as the broker has taken the one before; whether it arrived, only the collector can say. */
  private sendNext(): void {
    const payloadRoom = publishRoom(this.topic);
    const room = payloadRoom + BATCH_HEADER_ROOM;
    const out = new Uint8Array(this.tracker.link.maxSend);
    const slice = this.replay.take(out, room);
    if (slice === null) {
      this.allSent = true;
      if (this.held >= this.sentUpTo) this.finish();
      else this.expectAnswer();
      return;
    }
    this.inFlight = true;
    this.sentUpTo = slice.next;
    const payloadAt = putBatchHeader(out, room, this.config.deviceId, slice.header);
    const length = room - payloadAt + slice.length;
    const start = putPublishFront(out, payloadAt, this.topic, this.nextPacketId(), length);
    this.send(new Uint8Array(out.buffer, start, payloadAt + length - start));
  }

  private finish(): void {
    this.stopWaiting();
    this.tracker.link.send(new Uint8Array(DISCONNECT_PACKET), () => {
      this.end(OK);
    });
  }

  private nextPacketId(): number {
    this.packetId = this.packetId >= 65535 ? 1 : this.packetId + 1;
    return this.packetId;
  }
}

/** Run one uplink session within `limitS` seconds; `done` gets OK or the fault. */
export function runUplink(
  tracker: Tracker,
  journal: Journal,
  config: Config,
  limitS: number,
  done: (fault: number) => void,
): void {
  new Uplink(tracker, journal, config).run(limitS, done);
}
