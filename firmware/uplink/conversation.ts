import type { Alarm } from '../../hal/clock.ts';
import {
  COLLECTOR_SILENT,
  MQTT_MALFORMED,
  MQTT_REFUSED,
  MQTT_SILENT,
  OK,
  STREAM_STALLED,
} from '../../hal/faults.ts';
import type { Tracker } from '../../hal/tracker.ts';
import { EARLIEST_UTC_S } from '../../hal/utc.ts';
import { ANCHOR_COLLECTOR } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import { Replay, type Slice } from '../journal/replay.ts';
import { answerIn, BATCH_HEADER_ROOM, LONGEST_ID, putBatchHeader } from './batch.ts';
import {
  CONNACK,
  DISCONNECT,
  KEEP_ALIVE_S,
  OPENING_LENGTH,
  PacketReader,
  PINGREQ,
  PINGRESP,
  PUBACK,
  PUBLISH_RETAINED,
  publishRoom,
  putOpening,
  putPublishFront,
  SUBACK,
  SUBSCRIBE_ID,
} from './mqtt.ts';

/** An answer of the broker or the collector: two round trips on a bad 2G link, and some. */
const ANSWER_WITHIN_MS = 30000;
/** A broker closes behind a DISCONNECT. Who closes before it has come has broken off, as far as the broker knows. */
const FAREWELL_WITHIN_MS = 5000;
/** Batches out that the broker has not acknowledged. */
const WINDOW = 4;
/** Batches out since the collector held more than before; beyond that it may not be there at all. */
const MOST_UNANSWERED = 8;
const MOST_REOPENS = 3;
const LEAST_TO_REOPEN_S = 60;
/** The least bound of an ANCHOR's error: both clocks tell whole seconds. */
const LEAST_CLOCK_ERROR_S = 2;

/** What the collector finds in the topic of the will when a tracker breaks off: a CBOR array of the wire's version. */
const WILL = [0x81, 1];

/** What has come of a stream: none yet; nothing sent; CONNECT and SUBSCRIBE sent; the broker takes us; it lets us hear. */
const OPENING = 0;
const FRESH = 1;
const GREETED = 2;
const ACCEPTED = 3;
const HEARING = 4;

/** A batch that begins with the same seq has the same packet id; those of one window never share one. */
function idOf(seq: number): number {
  return SUBSCRIBE_ID + 1 + (seq % 65534);
}

/** What a session says and hears over its streams. */
export interface Conversation {
  /** A stream is open. */
  opened(): void;
  hear(bytes: string): void;
  /** The stream is of no more use. */
  broken(fault: number): void;
  /** The session is over; the seq below which the collector holds every record. */
  stop(): number;
}

/**
 * Send what the collector does not hold, oldest first, over as many streams as it takes.
 *
 * - `urgentSeq`: the block of this record goes out before everything else; null: there is none.
 * - Each batch is made from flash when it goes out, so that one buffer is enough. The broker's PUBACK moves the window;
 *   whether a batch arrived, only the collector can say.
 * - `reopen` is called for another stream: once before the broker has accepted us and at most three times behind that, and
 *   not later than a minute before `endsS`. What was sent before has the DUP flag, and its packet id again: that follows
 *   from the first seq.
 * - The clock of the collector is put down where this wake knows no better one: from an answer that holds the last record
 *   from before this session, which no earlier one can have sent. So it was given after that was sent, and lies within the
 *   round trip; an answer that was held up on its way from an earlier session could be hours old.
 * - `end` gets OK when the collector holds all that was sent, or `mostKb` kilobytes have been; else the fault.
 */
export function converse(
  tracker: Tracker,
  journal: Journal,
  device: string,
  mostKb: number,
  urgentSeq: number | null,
  endsS: number,
  reopen: () => void,
  end: (fault: number) => void,
): Conversation {
  const clock = tracker.clock;
  const link = tracker.link;
  const topic = `coldrail/v1/${device}/up`;
  const answerTopic = `coldrail/v1/${device}/ack`;
  const gone = `coldrail/v1/${device}/gone`;
  let finished = false;
  let alarm: Alarm = -1;
  let out = new Uint8Array(0);
  let reader = new PacketReader();
  let stage = OPENING;
  let sending = false;
  let sentAtS = 0;
  let sentBytes = 0;
  /** Whether the session has sent as much as it may. */
  let spent = false;
  let pinged = false;
  /** DISCONNECT has gone out. */
  let leaving = false;
  let reopens = 0;
  /** Where the first batch begins. */
  const origin = journal.state.acked;
  /** A collector that asks for what is below this has lost what it held. */
  let start = origin;
  /** The collector holds every record below this. */
  let held = origin;
  /** Seq behind the last record that was sent in order. */
  let sentUpTo = origin;
  let replay!: Replay;
  let allSent = false;
  /** Whether the session has gone back to what the collector holds, on the same stream. */
  let rewound = false;
  /** Packet ids of the batches that the broker has not acknowledged. */
  let inFlight: number[] = [];
  /** Batches since the collector held more than before. */
  let unanswered = 0;
  /** Null once the broker has it. */
  let urgent = urgentSeq;
  /** Packet id of the urgent batch in this stream, 0 before it is sent. */
  let urgentId = 0;
  /** Seq behind the last record from before this session. */
  const written = journal.state.nextSeq;
  /** Uptime at which that record was first sent; -1 before. */
  let askedAtS = -1;
  /** What the collector's clock then said, 0 before it has, and the uptime at which that came. */
  let toldUtcS = 0;
  let toldAtS = 0;

  function sendFrom(seq: number, unansweredBefore: number): void {
    replay = new Replay(journal, tracker.journal, tracker.crypto, seq);
    allSent = false;
    unanswered = unansweredBefore;
  }

  /** The stream is of no more use. */
  function broken(fault: number): void {
    if (leaving) end(OK);
    else if (
      spent ||
      reopens >= (stage < ACCEPTED ? 1 : MOST_REOPENS) ||
      endsS - clock.uptimeS() < LEAST_TO_REOPEN_S
    )
      end(fault);
    else if (!finished) {
      reopens++;
      reset();
      reopen();
    }
  }

  /** Give the far side its time to answer. */
  function expectAnswer(): void {
    clock.cancel(alarm);
    alarm = clock.after(leaving ? FAREWELL_WITHIN_MS : ANSWER_WITHIN_MS, () => {
      if (leaving) end(OK);
      else if (stage < HEARING || inFlight.length > 0) broken(MQTT_SILENT);
      else if (rewound || spent) end(COLLECTOR_SILENT);
      else {
        // An answer may have been lost, or a batch behind the broker: one more batch finds out.
        rewound = true;
        sendFrom(held, MOST_UNANSWERED - 1);
        pump();
      }
    });
  }

  /** Take a packet; returns what is wrong with it, or OK. */
  function receive(first: number, body: string): number {
    const word = body.charCodeAt(0) * 256 + body.charCodeAt(1);
    if (first === CONNACK) {
      // 3.2.2: to a clean session no session is present. The second byte is the return code.
      if (stage !== GREETED || word > 5) return MQTT_MALFORMED;
      if (word > 0) return MQTT_REFUSED;
      stage = ACCEPTED;
    } else if (stage < ACCEPTED) {
      // 3.2: the first packet of a broker is CONNACK.
      return MQTT_MALFORMED;
    } else if (first === SUBACK) {
      const granted = body.charCodeAt(2);
      if (stage !== ACCEPTED || word !== SUBSCRIBE_ID || (granted & 127) > 0) return MQTT_MALFORMED;
      // 0x80: the broker does not let us hear the collector, so nothing would ever be done.
      if (granted > 0) return MQTT_REFUSED;
      stage = HEARING;
    } else if (first === PUBACK) {
      // 3.3.4: each PUBLISH is answered by one PUBACK, so this is of nothing that was sent.
      const at = inFlight.indexOf(word);
      if (at < 0) return MQTT_MALFORMED;
      inFlight.splice(at, 1);
      if (word === urgentId) urgent = null;
    } else if (first === PINGRESP) {
      if (!pinged) return MQTT_MALFORMED;
      pinged = false;
    } else {
      if (word !== answerTopic.length || body.substr(2, word) !== answerTopic) return MQTT_MALFORMED;
      // What a broker has kept was said to an earlier session.
      if (first === PUBLISH_RETAINED) return OK;
      const answer = answerIn(body.substr(2 + word));
      if (answer === null || answer.next > journal.state.nextSeq) return MQTT_MALFORMED;
      tracker.watchdog.kick();
      const next = answer.next;
      const utcS = answer.utcS || 0;
      if (toldUtcS === 0 && askedAtS >= 0 && next >= written && utcS >= EARLIEST_UTC_S) {
        toldUtcS = utcS;
        toldAtS = clock.uptimeS();
      }
      if (next > held) {
        // A collector that works through a backlog is not silent.
        expectAnswer();
        unanswered = 0;
      }
      held = next;
      if (next < start && !rewound) {
        // It has lost what it said it had: send that again, once a session.
        rewound = true;
        start = next;
        sendFrom(next, 0);
      }
    }
    return OK;
  }

  /** Send the next thing that may go out, if there is one. */
  function pump(): void {
    if (finished || sending || leaving || (stage !== FRESH && stage !== HEARING)) return;
    if (out.length === 0) out = new Uint8Array(link.maxSend);
    if (stage === FRESH) sendFrom(held, 0);
    if (held > replay.next) replay.next = held;
    const opening = OPENING_LENGTH + device.length + gone.length + WILL.length + answerTopic.length;
    let room = publishRoom(topic) + BATCH_HEADER_ROOM - LONGEST_ID + device.length;
    let seq = replay.next;
    let again = seq < sentUpTo;
    let slice: Slice | null = null;
    if (urgent !== null && urgentId === 0) {
      seq = urgent;
      urgentId = idOf(seq);
      again = reopens > 0;
      room += opening;
      slice = new Replay(journal, tracker.journal, tracker.crypto, seq).take(out, room);
      if (slice === null) urgent = null;
      else if (slice.from <= replay.next && slice.next > replay.next) replay.next = slice.next;
    } else if (spent) {
      allSent = true;
    } else if (
      !allSent &&
      inFlight.length < WINDOW &&
      unanswered < MOST_UNANSWERED &&
      inFlight.indexOf(idOf(seq)) < 0 &&
      (stage !== FRESH || seq === origin)
    ) {
      // The same blocks each time, so the first batch leaves room for the opening on whatever stream it goes out.
      if (seq === origin) room += opening;
      slice = replay.take(out, room);
      allSent = slice === null;
    }
    let at = opening;
    let to = opening;
    if (slice !== null) {
      if (replay.next > sentUpTo) sentUpTo = replay.next;
      const payloadAt = putBatchHeader(out, room, device, slice.header);
      to = room + slice.length;
      at = putPublishFront(out, payloadAt, topic, idOf(seq), to - payloadAt, again);
      inFlight.push(idOf(seq));
      unanswered++;
    }
    if (stage === FRESH) {
      // 3.1.4: nobody need wait for the CONNACK, and a send of its own for each costs 109 bytes on the air.
      at -= opening;
      putOpening(out, at, device, gone, WILL, answerTopic);
      stage = GREETED;
    } else if (slice === null) {
      if (allSent && held >= replay.next && (urgent === null || held > urgent)) leaving = true;
      else if (!pinged && clock.uptimeS() - sentAtS >= KEEP_ALIVE_S / 2) pinged = true;
      else return;
      out[at] = leaving ? DISCONNECT : PINGREQ;
      out[at + 1] = 0;
      to = at + 2;
    }
    const stream = reopens;
    sending = true;
    sentAtS = clock.uptimeS();
    if (slice !== null && slice.next >= written && askedAtS < 0) askedAtS = sentAtS;
    sentBytes += to - at;
    spent = sentBytes + out.length > mostKb * 1024;
    expectAnswer();
    link.send(new Uint8Array(out.buffer, at, to - at), (ok) => {
      if (stream !== reopens) return;
      sending = false;
      if (ok) pump();
      else broken(STREAM_STALLED);
    });
  }

  function reset(): void {
    clock.cancel(alarm);
    stage = OPENING;
    sending = false;
    pinged = false;
    inFlight = [];
    urgentId = 0;
    reader = new PacketReader();
  }

  return {
    opened: () => {
      stage = FRESH;
      // Later, when the memory that opening took is free again.
      clock.after(0, pump);
    },
    hear: (bytes) => {
      if (finished) return;
      const fault = reader.push(bytes, receive);
      // Later, when what brought these bytes needs no memory any more.
      if (fault === OK) clock.after(0, pump);
      else end(fault);
    },
    broken,
    stop: () => {
      finished = true;
      clock.cancel(alarm);
      if (toldUtcS > 0 && !journal.anchored && link.networkTime() === null) {
        const tookS = toldAtS - askedAtS;
        // In the middle of the round trip the clock is off by half of it at most.
        const errorS = Math.max(LEAST_CLOCK_ERROR_S, Math.ceil(tookS));
        journal.anchor(askedAtS + tookS / 2, toldUtcS, ANCHOR_COLLECTOR, errorS);
      }
      return held;
    },
  };
}
