import { crc32 } from 'node:zlib';
import { decode } from 'cbor-x';
import { itemLength, type PlainPage, type PlainRecord, plainCheck } from './plain-reader.ts';

export interface PlainMessage {
  readonly device: string;
  readonly page: PlainPage;
  readonly records: readonly PlainRecord[];
  /** Each block's bytes, and its checks. */
  readonly blocks: readonly { readonly checks: Uint8Array; readonly records: Uint8Array }[];
}

/** The header of a page in flash without its CRC, made again from that of a message. */
function headerBytes(items: readonly unknown[]): Uint8Array {
  const [, , sequence, place, firstSeq, tempStep, humidityStep, channels] = items as number[];
  const bytes = Buffer.alloc(35);
  bytes.write('88634352311a', 'hex');
  bytes.writeUInt32BE(sequence, 6);
  bytes.writeUInt32BE(place, bytes.writeUInt8(0x1a, 10));
  bytes.writeUInt32BE(firstSeq, bytes.writeUInt8(0x1a, 15));
  bytes.writeUInt16BE(tempStep, bytes.writeUInt8(0x19, 20));
  bytes.writeUInt16BE(humidityStep, bytes.writeUInt8(0x19, 23));
  bytes.set([0x48, ...(channels as unknown as Uint8Array)], 26);
  return bytes;
}

/** Reads a message by the letter of docs/journal.md; throws when a check disagrees. */
export function plainMessage(bytes: Uint8Array): PlainMessage {
  let at = itemLength(bytes, 0);
  const items = decode(bytes.subarray(0, at));
  if (items[0] !== 1 || items.length !== 8) throw new Error('not a message of version 1');
  const [, device, sequence, place, firstSeq, tempStep, humidityStep, channels] = items;
  const crc = crc32(headerBytes(items));
  const seal = new Uint8Array(0);
  const page = {
    page: place >>> 16,
    sequence,
    place,
    firstSeq,
    tempStep,
    humidityStep,
    channels: [...channels],
    crc,
    seal,
  };
  const records: PlainRecord[] = [];
  const blocks: { checks: Uint8Array; records: Uint8Array }[] = [];
  while (at < bytes.length) {
    const checksEnd = at + itemLength(bytes, at);
    const checks = decode(bytes.subarray(at, checksEnd)) as Uint8Array;
    const start = checksEnd;
    at = start;
    let seq = 0;
    for (const [i, check] of checks.entries()) {
      const end = at + itemLength(bytes, at);
      const item = decode(bytes.subarray(at, end));
      if (check !== plainCheck(bytes, start, end, crc)) throw new Error(`check ${i} disagrees`);
      if (i === 0) seq = item[2];
      records.push({
        page,
        index: blocks.length,
        at,
        end,
        checkAt: checksEnd - checks.length + i,
        seq,
        item,
      });
      if (i > 0) seq++;
      at = end;
    }
    blocks.push({ checks, records: bytes.subarray(start, at) });
  }
  return { device, page, records, blocks };
}
