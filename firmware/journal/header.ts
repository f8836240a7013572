import type { Crypto } from '../../hal/crypto.ts';
import { getBigEndian, putBigEndian } from '../cbor.ts';
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
/** The digit 9, the last that a format's magic may end in. */
const LAST_VERSION = 0x39;

/**
 * Stands for the header of a page that a later format of the journal has written: "CR2" to "CR9". Older than every page
 * of ours, and without a record that can be read.
 */
export const FOREIGN_PAGE: PageHeader = {
  sequence: 0,
  firstSeq: 4294967295,
  tempStep: 0,
  humidityStep: 0,
  crc: 0,
};

/** The header at the start of `bytes`; FOREIGN_PAGE where a later format's stands; null when it is erased or torn. */
export function readHeader(bytes: Uint8Array, crypto: Crypto): PageHeader | null {
  const version = MAGIC.length - 1;
  for (let i = 1; i < version; i++) if (bytes[i] !== MAGIC[i]) return null;
  if (bytes[version] > MAGIC[version] && bytes[version] <= LAST_VERSION) return FOREIGN_PAGE;
  if (bytes[0] !== MAGIC[0] || bytes[version] !== MAGIC[version] || bytes[CRC_AT] !== 0x1a) return null;
  const crc = getBigEndian(bytes, CRC_AT + 1, 4);
  if (crypto.crc32(new Uint8Array(bytes.buffer, bytes.byteOffset, CRC_AT)) !== crc) return null;
  return {
    sequence: getBigEndian(bytes, 6, 4),
    firstSeq: getBigEndian(bytes, 11, 4),
    tempStep: getBigEndian(bytes, 16, 2),
    humidityStep: getBigEndian(bytes, 19, 2),
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
