/** A broker and a collector behind the mock link, for tests: holds seqs, answers as the real ones do. */
import { decode } from 'cbor-x';
import { type IConnectPacket, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { toldBy } from '../../journal/testing/plain-log.ts';
import { plainMessage } from '../../journal/testing/plain-message.ts';

export const bytes = (...values: number[]): string => String.fromCharCode(...values);

/** Every packet in what one send carried. */
export function packetsIn(sent: Uint8Array): Packet[] {
  const reader = parser({ protocolVersion: 4 });
  const packets: Packet[] = [];
  reader.on('packet', (packet) => packets.push(packet));
  reader.on('error', (error) => {
    throw error;
  });
  if (reader.parse(Buffer.from(sent)) !== 0) throw new Error('a packet goes over the end of its send');
  return packets;
}

export function puback(id: number): string {
  return bytes(0x40, 2, id >> 8, id & 255);
}

function uint32(value: number): string {
  return bytes(0x1a, (value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** A PUBLISH at QoS 0 of `[1, next]`, or of `[1, next, utcS]`, to the device's ack topic. */
export function ack(next: number, device = 'box-7', first = 0x30, utcS?: number): string {
  const topic = `coldrail/v1/${device}/ack`;
  const payload =
    utcS === undefined ? bytes(0x82, 1) + uint32(next) : bytes(0x83, 1) + uint32(next) + uint32(utcS);
  return bytes(first, 2 + topic.length + payload.length, 0, topic.length) + topic + payload;
}

export class FarSide {
  readonly held = new Set<number>();
  readonly lost = new Set<number>();
  /** Packets of the device, in order. */
  readonly heard: Packet[] = [];
  /** Seqs that each PUBLISH told, in order. */
  readonly batches: number[][] = [];
  connackCode = 0;
  subackCode = 0;
  /** What says nothing: 'collector' loses what it is sent, 'answers' stores it. */
  silent: 'never' | 'broker' | 'collector' | 'answers' = 'never';
  /** Called for each PUBLISH with its number from 1, instead of the usual answers. */
  answerWith: ((publish: number, id: number) => string[]) | undefined;

  get next(): number {
    let next = 0;
    while (this.held.has(next) || this.lost.has(next)) next++;
    return next;
  }

  publishes(): IPublishPacket[] {
    return this.heard.filter((packet): packet is IPublishPacket => packet.cmd === 'publish');
  }

  connects(): IConnectPacket[] {
    return this.heard.filter((packet): packet is IConnectPacket => packet.cmd === 'connect');
  }

  /** What comes back for one send of the mock link. */
  answer(sent: Uint8Array): string[] {
    return packetsIn(sent).flatMap((packet) => this.reply(packet));
  }

  reply(packet: Packet): string[] {
    this.heard.push(packet);
    if (this.silent === 'broker') return [];
    if (packet.cmd === 'connect') return [bytes(0x20, 2, 0, this.connackCode)];
    if (packet.cmd === 'subscribe') return [bytes(0x90, 3, 0, packet.messageId ?? 0, this.subackCode)];
    if (packet.cmd === 'pingreq') return [bytes(0xd0, 0)];
    return packet.cmd === 'publish' ? this.#publish(packet) : [];
  }

  #publish({ messageId = 0, topic, payload }: IPublishPacket): string[] {
    const { device, records } = plainMessage(payload as Buffer);
    if (topic !== `coldrail/v1/${device}/up`) throw new Error(`${device} spoke on ${topic}`);
    const told = toldBy(records);
    this.batches.push(told.map(({ seq }) => seq));
    if (this.silent !== 'collector')
      for (const { seq, kind, fields } of told) {
        this.held.add(seq);
        const [from, to] = fields as number[];
        if (kind === 'LOST') for (let lost = from; lost <= to; lost++) this.lost.add(lost);
      }
    if (this.answerWith) return this.answerWith(this.batches.length, messageId);
    return this.silent === 'never' ? [puback(messageId), ack(this.next, device)] : [puback(messageId)];
  }
}

/** What a will tells. */
export const willOf = (connect: IConnectPacket): unknown => decode(connect.will?.payload as Buffer);
