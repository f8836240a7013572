/**
 * The packets of MQTT 3.1.1 (OASIS, 2014) that an uplink needs, written into a buffer and taken apart byte by byte.
 * Section numbers are the standard's.
 */
import { putBigEndian } from '../cbor.ts';

export const CONNACK = 2;
export const PUBLISH = 3;
export const PUBACK = 4;
export const SUBACK = 9;

const KEEP_ALIVE_S = 600;

function putString(out: Uint8Array, at: number, text: string): number {
  let next = putBigEndian(out, at, text.length, 2);
  for (let i = 0; i < text.length; i++) out[next++] = text.charCodeAt(i);
  return next;
}

/** 3.1 CONNECT, clean session, no will. Returns the packet. */
export function connectPacket(clientId: string): Uint8Array {
  const out = new Uint8Array(14 + clientId.length);
  out[0] = 0x10;
  out[1] = out.length - 2;
  let at = putString(out, 2, 'MQTT');
  out[at++] = 4; // protocol level: 3.1.1
  out[at++] = 2; // clean session
  at = putBigEndian(out, at, KEEP_ALIVE_S, 2);
  putString(out, at, clientId);
  return out;
}

/** 3.8 SUBSCRIBE to one topic at QoS 0: answers that are lost are given again. */
export function subscribePacket(packetId: number, topic: string): Uint8Array {
  const out = new Uint8Array(7 + topic.length);
  out[0] = 0x82;
  out[1] = out.length - 2;
  let at = putBigEndian(out, 2, packetId, 2);
  at = putString(out, at, topic);
  out[at] = 0;
  return out;
}

/** The most bytes that stand in a PUBLISH in front of its payload, for payloads below 16 kB. */
export function publishRoom(topic: string): number {
  return 1 + 2 + 2 + topic.length + 2;
}

/**
 * 3.3 PUBLISH at QoS 1: write the front of a packet whose payload of `length` bytes stands at `payloadAt`; returns
 * where the packet starts.
 */
export function putPublishFront(
  out: Uint8Array,
  payloadAt: number,
  topic: string,
  packetId: number,
  length: number,
): number {
  const remaining = 2 + topic.length + 2 + length;
  const start = payloadAt - publishRoom(topic) + (remaining < 128 ? 1 : 0);
  out[start] = 0x32;
  let at = start + 1;
  if (remaining >= 128) out[at++] = (remaining & 127) | 128;
  out[at++] = remaining < 128 ? remaining : remaining >> 7;
  at = putString(out, at, topic);
  putBigEndian(out, at, packetId, 2);
  return start;
}

export const DISCONNECT_PACKET = [0xe0, 0];

/** A packet from the broker, as far as an uplink cares. */
export interface Packet {
  readonly type: number;
  /** CONNACK, SUBACK: return code. PUBACK: packet id. */
  readonly value: number;
  /** PUBLISH: topic and payload, each character one byte. */
  readonly topic: string;
  readonly payload: string;
}

/** No packet that the collector sends is longer; a longer one is refused. */
const LONGEST_PACKET = 256;

/**
 * Cuts a byte stream into packets. `push` gives each whole packet to `onPacket` and returns false on what no broker
 * sends: an oversized packet, a QoS above 0, a malformed length. The stream is useless then.
 */
export class PacketReader {
  private buffer = '';

  push(bytes: string, onPacket: (packet: Packet) => void): boolean {
    this.buffer += bytes;
    for (;;) {
      const buffer = this.buffer;
      if (buffer.length < 2) return true;
      let length = buffer.charCodeAt(1);
      let at = 2;
      if (length >= 128) {
        if (buffer.length < 3) return true;
        length = (length & 127) + buffer.charCodeAt(2) * 128;
        at = 3;
      }
      if (length > LONGEST_PACKET) return false;
      if (buffer.length < at + length) return true;
      this.buffer = buffer.substr(at + length);
      const packet = takeApart(buffer.charCodeAt(0), buffer.substr(at, length));
      if (packet === null) return false;
      onPacket(packet);
    }
  }
}

function word(text: string, at: number): number {
  return text.charCodeAt(at) * 256 + text.charCodeAt(at + 1);
}

function takeApart(first: number, body: string): Packet | null {
  const type = first >> 4;
  if (type === CONNACK)
    return body.length === 2 ? { type, value: body.charCodeAt(1), topic: '', payload: '' } : null;
  if (type === PUBACK)
    return body.length === 2 ? { type, value: word(body, 0), topic: '', payload: '' } : null;
  if (type === SUBACK)
    return body.length === 3 ? { type, value: body.charCodeAt(2), topic: '', payload: '' } : null;
  if (type === PUBLISH) {
    if (body.length < 2 || (first & 6) !== 0) return null;
    const topicEnd = 2 + word(body, 0);
    if (topicEnd > body.length) return null;
    return { type, value: 0, topic: body.substring(2, topicEnd), payload: body.substr(topicEnd) };
  }
  return null;
}
