/** Longer packets than this are nobody's: the tracker's largest message is a page of 4 KiB. */
const MAX_PACKET_BYTES = 1 << 20;

/**
 * Cuts an MQTT 3.1.1 byte stream into packets:
 *
 *   | type 4 bits, flags 4 bits | remaining length, 1 to 4 bytes of 7 bits, low first | ... |
 */
export class MqttSplitter {
  #pending: Buffer = Buffer.alloc(0);

  /** What came of a packet that is not complete yet; after `broken`, everything from the first wrong byte on. */
  get pending(): Buffer {
    return this.#pending;
  }

  /** True once something came that can be no packet; the receiver of such a stream must close it. */
  broken = false;

  /** Take bytes and give the packets that they complete. */
  push(bytes: Uint8Array): Buffer[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const packets: Buffer[] = [];
    while (!this.broken && this.#pending.length > 0) {
      const length = packetLength(this.#pending);
      if (length === 'broken') this.broken = true;
      else if (length === undefined || length > this.#pending.length) break;
      else {
        packets.push(this.#pending.subarray(0, length));
        this.#pending = this.#pending.subarray(length);
      }
    }
    return packets;
  }
}

/** Offset of the body of a whole packet. */
export function bodyOffset(packet: Buffer): number {
  let offset = 1;
  while ((packet[offset] as number) & 0x80) offset++;
  return offset + 1;
}

/** Whole length of the packet that begins here; undefined while its header is cut off. */
function packetLength(bytes: Buffer): number | 'broken' | undefined {
  if (!isFirstByte(bytes[0] as number)) return 'broken';
  let remaining = 0;
  for (let i = 1; i <= 4; i++) {
    const byte = bytes[i];
    if (byte === undefined) return undefined;
    remaining += (byte & 0x7f) * 128 ** (i - 1);
    if (byte < 0x80) return 1 + i + remaining > MAX_PACKET_BYTES ? 'broken' : 1 + i + remaining;
  }
  return 'broken';
}

/** The flags that MQTT 3.1.1 section 2.2.2 fixes for each type. */
function isFirstByte(byte: number): boolean {
  const type = byte >> 4;
  const flags = byte & 15;
  if (type === 0 || type === 15) return false;
  if (type === 3) return (flags & 6) !== 6;
  return flags === (type === 6 || type === 8 || type === 10 ? 2 : 0);
}
