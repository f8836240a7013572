import type { Crypto } from '../../hal/crypto.ts';
import { putBigEndian } from '../cbor.ts';
import { HEADER_SIZE, MAGIC } from './format.ts';

/** A page's header, as docs/journal.md lays it out. */
export interface PageHeader {
  /** Page sequence, from 1. */
  readonly sequence: number;
  readonly firstSeq: number;
  /** Thousandths of a degree Celsius and of a percent. */
  readonly tempStep: number;
  readonly humidityStep: number;
  /** The header's own CRC-32, which salts every check in the page. */
  readonly crc: number;
}

const CRC_AT = 21;

function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (; width > 0; width--) value = value * 256 + bytes[at++];
  return value;
}

/** The header at the start of `bytes`; null when the page is erased, torn or foreign. */
export function readHeader(bytes: Uint8Array, crypto: Crypto): PageHeader | null {
  for (let i = 0; i < MAGIC.length; i++) if (bytes[i] !== MAGIC[i]) return null;
  const crc = bigEndian(bytes, CRC_AT + 1, 4);
  if (crypto.crc32(new Uint8Array(bytes.buffer, bytes.byteOffset, CRC_AT)) !== crc) return null;
  return {
    sequence: bigEndian(bytes, 6, 4),
    firstSeq: bigEndian(bytes, 11, 4),
    tempStep: bigEndian(bytes, 16, 2),
    humidityStep: bigEndian(bytes, 19, 2),
    crc,
  };
}

/** Write a header to the start of `out` and return it with its CRC. */
export function putHeader(
  out: Uint8Array,
  sequence: number,
  firstSeq: number,
  tempStep: number,
  humidityStep: number,
  crypto: Crypto,
): PageHeader {
  out.set(MAGIC, 0);
  out[5] = 0x1a;
  putBigEndian(out, 6, sequence, 4);
  out[10] = 0x1a;
  putBigEndian(out, 11, firstSeq, 4);
  out[15] = 0x19;
  putBigEndian(out, 16, tempStep, 2);
  out[18] = 0x19;
  putBigEndian(out, 19, humidityStep, 2);
  const crc = crypto.crc32(new Uint8Array(out.buffer, out.byteOffset, CRC_AT));
  out[CRC_AT] = 0x1a;
  putBigEndian(out, CRC_AT + 1, crc, HEADER_SIZE - CRC_AT - 1);
  return { sequence, firstSeq, tempStep, humidityStep, crc };
}
