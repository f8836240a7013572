import type { Socket } from 'node:net';
import { MqttDebts, parsePacket } from './mqtt-path-debts.ts';
import { bodyOffset, MqttSplitter } from './mqtt-path-framing.ts';
import type { Stream } from './network.ts';

const PUBLISH = 3;
const PUBACK = 4;

export interface MqttStreamOptions {
  settleMs: number;
  expectAck: (topic: string) => boolean;
}

/** One TCP connection to a real broker, whose answers come in an order and with ids that host timing does not touch. */
export class MqttStream implements Stream {
  onClosed: (() => void) | undefined;
  /** Resolves when the socket is closed, by whichever side. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #settleMs: number;
  readonly #debts: MqttDebts;
  readonly #up = new MqttSplitter();
  readonly #down = new MqttSplitter();
  /** The device's id of a downlink PUBLISH to the broker's, which is random in some brokers. */
  readonly #downlinkIds = new Map<number, number>();
  #downlinks = 0;
  #inbox: { rank: number; serial: number; raw: Uint8Array }[] = [];
  #sending: Promise<unknown> = Promise.resolve();
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(socket: Socket, { settleMs, expectAck }: MqttStreamOptions) {
    this.#socket = socket;
    this.#settleMs = settleMs;
    this.#debts = new MqttDebts(expectAck);
    socket.on('data', (bytes) => this.#receive(bytes));
    // Every error is followed by the close, which is all that a modem tells its host.
    socket.on('error', () => {});
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#farSideClosed();
        resolve();
      });
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(bytes: Uint8Array): Promise<Uint8Array[]> {
    const sent = this.#sending.then(() => this.#exchange(bytes));
    this.#sending = sent;
    return sent;
  }

  close(): void {
    this.#closed = true;
    this.#socket.destroy();
    this.#wake?.();
  }

  async #exchange(bytes: Uint8Array): Promise<Uint8Array[]> {
    if (!this.#closed) {
      this.#transmit(bytes);
      await this.#settle();
    }
    const handed = this.#inbox.splice(0).sort((a, b) => a.rank - b.rank || a.serial - b.serial);
    return handed.map(({ raw }) => raw);
  }

  /** Packets go out whole; a stream that is no MQTT goes out as it is, and the broker owes its close. */
  #transmit(bytes: Uint8Array): void {
    if (this.#up.broken) {
      this.#socket.write(bytes);
      this.#debts.owe('close');
      return;
    }
    for (const raw of this.#up.push(bytes)) {
      const packet = parsePacket(raw);
      if (packet) this.#debts.sent(packet);
      else this.#up.broken = true;
      this.#socket.write(this.#withBrokersId(raw));
    }
    if (!this.#up.broken) return;
    this.#socket.write(this.#up.pending);
    this.#debts.owe('close');
  }

  async #settle(): Promise<void> {
    if (this.#debts.settled || this.#closed) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, this.#settleMs);
      this.#wake = () => {
        clearTimeout(limit);
        resolve();
      };
    });
    this.#wake = undefined;
    this.#debts.forgive();
  }

  #receive(bytes: Buffer): void {
    for (const raw of this.#down.push(bytes)) {
      const packet = parsePacket(raw);
      if (packet) this.#inbox.push({ ...this.#debts.received(packet), raw: this.#withDevicesId(raw) });
      else this.#down.broken = true;
    }
    // What sends such bytes is no broker, and a stream without packets has no end to wait for.
    if (this.#down.broken) this.#socket.destroy();
    if (this.#debts.settled) this.#wake?.();
  }

  #farSideClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wake?.();
    this.onClosed?.();
  }

  #withDevicesId(raw: Buffer): Uint8Array {
    const packet = Buffer.from(raw);
    if (packet.readUInt8(0) >> 4 !== PUBLISH || (packet.readUInt8(0) & 6) === 0) return packet;
    const body = bodyOffset(packet);
    const at = body + 2 + packet.readUInt16BE(body);
    this.#downlinks = (this.#downlinks % 0xffff) + 1;
    this.#downlinkIds.set(this.#downlinks, packet.readUInt16BE(at));
    packet.writeUInt16BE(this.#downlinks, at);
    return packet;
  }

  #withBrokersId(raw: Buffer): Buffer {
    if (raw.readUInt8(0) >> 4 !== PUBACK || raw.length !== 4) return raw;
    const devices = raw.readUInt16BE(2);
    const packet = Buffer.from(raw);
    packet.writeUInt16BE(this.#downlinkIds.get(devices) ?? devices, 2);
    this.#downlinkIds.delete(devices);
    return packet;
  }
}
