import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { getBigEndian, putBigEndian } from '../cbor.ts';
import { HEADER_SIZE, MAGIC } from './format.ts';
import type { Scale } from './scale.ts';

/** A page's header, as docs/journal.md lays it out. */
export interface PageHeader {
  /** Page sequence, from 1; 0 for a page of a later format. */
  readonly sequence: number;
  /** Index of the page in the ring * 65536 + pages in the ring. */
  readonly place: number;
  readonly firstSeq: number;
  readonly scale: Scale;
  /** The header's own CRC-32, which salts every check in the page. */
  readonly crc: number;
}

const MOST_CHANNELS = 8;
const CHANNELS_AT = 27;
const CRC_AT = 35;
/** The digit 9, the last that a format's magic may end in. */
const LAST_VERSION = 0x39;
/** First seq that stands for a page of a later format: no record of ours is older or in it. */
export const FOREIGN = 4294967295;

/**
 * The header at the start of a page; one with sequence 0 and first seq FOREIGN where a later format's stands; null when
 * it is erased or torn.
 */
export function readHeader(flash: FlashRegion, page: number, crypto: Crypto): PageHeader | null {
  const bytes = flash.read(page * flash.pageSize, HEADER_SIZE);
  const version = MAGIC.length - 1;
  for (let i = 1; i < version; i++) if (bytes[i] !== MAGIC[i]) return null;
  const foreign = bytes[version] > MAGIC[version] && bytes[version] <= LAST_VERSION;
  const crc = getBigEndian(bytes, CRC_AT + 1, 4);
  if (!foreign) {
    if (bytes[0] !== MAGIC[0] || bytes[version] !== MAGIC[version] || bytes[CRC_AT] !== 0x1a) return null;
    if (crypto.crc32(new Uint8Array(bytes.buffer, bytes.byteOffset, CRC_AT)) !== crc) return null;
  }
  const channels: number[] = [];
  for (let i = 0; i < MOST_CHANNELS && bytes[CHANNELS_AT + i] !== 0; i++)
    channels.push(bytes[CHANNELS_AT + i]);
  return {
    sequence: foreign ? 0 : getBigEndian(bytes, 6, 4),
    place: getBigEndian(bytes, 11, 4),
    firstSeq: foreign ? FOREIGN : getBigEndian(bytes, 16, 4),
    scale: {
      tempStep: getBigEndian(bytes, 21, 2),
      humidityStep: getBigEndian(bytes, 24, 2),
      channels,
    },
    crc,
  };
}

/** Write a header to the start of `out` and return its CRC. */
export function putHeader(
  out: Uint8Array,
  sequence: number,
  place: number,
  firstSeq: number,
  scale: Scale,
  crypto: Crypto,
): number {
  out.fill(0, 0, HEADER_SIZE);
  out.set(MAGIC, 0);
  out[5] = 0x1a;
  putBigEndian(out, 6, sequence, 4);
  out[10] = 0x1a;
  putBigEndian(out, 11, place, 4);
  out[15] = 0x1a;
  putBigEndian(out, 16, firstSeq, 4);
  out[20] = 0x19;
  putBigEndian(out, 21, scale.tempStep, 2);
  out[23] = 0x19;
  putBigEndian(out, 24, scale.humidityStep, 2);
  out[26] = 0x48;
  out.set(scale.channels, CHANNELS_AT);
  const crc = crypto.crc32(new Uint8Array(out.buffer, out.byteOffset, CRC_AT));
  out[CRC_AT] = 0x1a;
  putBigEndian(out, CRC_AT + 1, crc, 4);
  return crc;
}
