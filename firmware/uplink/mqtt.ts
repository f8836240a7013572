/**
 * The packets of MQTT 3.1.1 (OASIS, 2014) that an uplink needs, written into a buffer and taken apart byte by byte.
 * Section numbers are the standard's.
 */
import { DOWNLINK_TOO_LARGE, MQTT_MALFORMED, OK } from '../../hal/faults.ts';
import { putBigEndian } from '../cbor.ts';

/** First bytes of all that a broker may send to an uplink: type and flags, of which 2.2.2 allows no others. */
export const CONNACK = 0x20;
export const PUBLISH = 0x30;
export const PUBLISH_RETAINED = 0x31;
export const PUBACK = 0x40;
export const SUBACK = 0x90;
export const PINGRESP = 0xd0;

/** What an uplink sends without a body. */
export const PINGREQ = 0xc0;
export const DISCONNECT = 0xe0;

/** A broker gives up a device that it has not heard for one and a half times this, and tells its will. */
export const KEEP_ALIVE_S = 120;

/** Packet id of the SUBSCRIBE; those of PUBLISHes begin behind it. */
export const SUBSCRIBE_ID = 1;

/** Bytes of the opening packets beside the id, the topics and the will. */
export const OPENING_LENGTH = 2 + 10 + 2 + 2 + 2 + (2 + 2 + 2 + 1);

function putString(out: Uint8Array, at: number, text: string): number {
  let next = putBigEndian(out, at, text.length, 2);
  for (let i = 0; i < text.length; i++) out[next++] = text.charCodeAt(i);
  return next;
}

/**
 * 3.1 CONNECT, clean session, with a will at QoS 0, and 3.8 SUBSCRIBE to one topic at QoS 0, as answers that are lost are
 * given again. Together, as 3.1.4 lets a client send on before the CONNACK. Each is shorter than 128 bytes.
 */
export function putOpening(
  out: Uint8Array,
  start: number,
  clientId: string,
  willTopic: string,
  will: readonly number[],
  topic: string,
): void {
  out[start] = 0x10;
  let at = putString(out, start + 2, 'MQTT');
  out[at++] = 4; // protocol level: 3.1.1
  out[at++] = 6; // will, clean session
  at = putBigEndian(out, at, KEEP_ALIVE_S, 2);
  at = putString(out, at, clientId);
  at = putString(out, at, willTopic);
  at = putBigEndian(out, at, will.length, 2);
  out.set(will, at);
  at += will.length;
  out[start + 1] = at - start - 2;
  out[at] = 0x82;
  out[at + 1] = 5 + topic.length;
  at = putString(out, putBigEndian(out, at + 2, SUBSCRIBE_ID, 2), topic);
  out[at] = 0;
}

/** The most bytes that stand in a PUBLISH in front of its payload, for payloads below 16 kB. */
export function publishRoom(topic: string): number {
  return 1 + 2 + 2 + topic.length + 2;
}

/**
 * 3.3 PUBLISH at QoS 1: write the front of a packet whose payload of `length` bytes stands at `payloadAt`; returns
 * where the packet starts. `again`: its content has been sent before.
 */
export function putPublishFront(
  out: Uint8Array,
  payloadAt: number,
  topic: string,
  packetId: number,
  length: number,
  again: boolean,
): number {
  const remaining = 2 + topic.length + 2 + length;
  const start = payloadAt - publishRoom(topic) + (remaining < 128 ? 1 : 0);
  out[start] = again ? 0x3a : 0x32;
  let at = start + 1;
  if (remaining >= 128) out[at++] = (remaining & 127) | 128;
  out[at++] = remaining < 128 ? remaining : remaining >> 7;
  at = putString(out, at, topic);
  putBigEndian(out, at, packetId, 2);
  return start;
}

/** A PUBLISH from the broker has no more bytes than this behind its length. The collector's answers have some 50. */
export const LONGEST_DOWNLINK = 512;

/**
 * Cuts what a broker sends into packets. It holds no more than one packet that is not all there, so at most
 * LONGEST_DOWNLINK and the 3 bytes in front.
 */
export class PacketReader {
  private buffer = '';

  /**
   * Give the first byte and the body of each whole packet to `take`, until that returns a fault. Returns it; or what is
   * wrong with the bytes: DOWNLINK_TOO_LARGE as soon as the length says so, MQTT_MALFORMED for a packet that no broker may
   * send to an uplink, a length that is none, or is not that of its type. The stream is useless after a fault.
   */
  push(bytes: string, take: (first: number, body: string) => number): number {
    this.buffer += bytes;
    while (this.buffer !== '') {
      const buffer = this.buffer;
      const first = buffer.charCodeAt(0);
      const isPublish = first === PUBLISH || first === PUBLISH_RETAINED;
      let own = -1;
      if (first === CONNACK || first === PUBACK) own = 2;
      else if (first === SUBACK) own = 3;
      else if (first === PINGRESP) own = 0;
      else if (!isPublish) return MQTT_MALFORMED;
      let length = 0;
      let scale = 1;
      let at = 1;
      let byte = 128;
      // 2.2.3: at most four bytes of seven bits each, the last of them not for nothing.
      while (byte >= 128) {
        if (at > 4) return MQTT_MALFORMED;
        if (at >= buffer.length) return OK;
        byte = buffer.charCodeAt(at++);
        length += (byte & 127) * scale;
        scale *= 128;
      }
      if (byte === 0 && at > 2) return MQTT_MALFORMED;
      if (isPublish ? length < 2 : length !== own) return MQTT_MALFORMED;
      if (length > LONGEST_DOWNLINK) return DOWNLINK_TOO_LARGE;
      if (buffer.length < at + length) return OK;
      this.buffer = buffer.substr(at + length);
      const fault = take(first, buffer.substr(at, length));
      if (fault !== OK) return fault;
    }
    return OK;
  }
}
