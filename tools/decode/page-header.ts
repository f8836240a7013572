import { crc32 } from 'node:zlib';
import { type Channel, channelNames, MAX_CHANNELS } from './channel.ts';
import type { Scale, Steps } from './reading.ts';

/** Bytes of the page header. Behind it stands the seal. */
export const PAGE_HEADER_BYTES = 40;

const CRC_AT = 36;
const CRC_COVERS = 35;

/** The first byte of each item: array(8), text(3), then what the numbers and the channels stand behind. */
const heads: readonly (readonly [at: number, byte: number])[] = [
  [0, 0x88],
  [1, 0x63],
  [5, 0x1a],
  [10, 0x1a],
  [15, 0x1a],
  [20, 0x19],
  [23, 0x19],
  [26, 0x48],
  [35, 0x1a],
];

/** The numbers of a header as they stand in it, in flash and on the wire. */
export interface HeaderFields {
  sequence: number;
  place: number;
  firstSeq: number;
  temperatureStep: number;
  humidityStep: number;
  /** A byte each, without the 00 behind the last. */
  channels: Uint8Array;
}

export interface PageHeader extends Scale {
  readonly sequence: number;
  /** Index of the page in the ring, from 0, and how many pages the ring has. */
  readonly index: number;
  readonly ringPages: number;
  readonly firstSeq: number;
  readonly steps: Steps;
  readonly channels: readonly Channel[];
  /** CRC-32 of the header, which every check in the page is combined with. */
  readonly crc: number;
}

/** A page's header, or why there is none: never programmed, a page of the configuration, of a later format, or not verifying. */
export type PageHeaderResult = PageHeader | 'erased' | 'configuration' | 'other-format' | 'bad-header';

/** Read the 40 bytes at `at`; anything may stand there. */
export function readPageHeader(image: Uint8Array, at: number): PageHeaderResult {
  const bytes = image.subarray(at, at + PAGE_HEADER_BYTES);
  if (bytes.every((byte) => byte === 0xff)) return 'erased';
  // The configuration lives in the same raw region (docs/config.md).
  if (latin1(bytes, 0, 4) === 'cCF1') return 'configuration';
  const magic = latin1(bytes, 2, 5);
  if (bytes[1] === 0x63 && /^CR[2-9]$/.test(magic)) return 'other-format';
  if (bytes.length < PAGE_HEADER_BYTES || magic !== 'CR1') return 'bad-header';
  if (heads.some(([offset, byte]) => bytes[offset] !== byte)) return 'bad-header';
  const view = new DataView(bytes.buffer, bytes.byteOffset, PAGE_HEADER_BYTES);
  if (view.getUint32(CRC_AT) !== crc32(bytes.subarray(0, CRC_COVERS))) return 'bad-header';
  const header = toPageHeader({
    sequence: view.getUint32(6),
    place: view.getUint32(11),
    firstSeq: view.getUint32(16),
    temperatureStep: view.getUint16(21),
    humidityStep: view.getUint16(24),
    channels: bytes.subarray(27, 27 + MAX_CHANNELS),
  });
  return header ?? 'bad-header';
}

/**
 * The page header with these fields, its CRC made anew. Undefined when one is beyond what format 1 defines: each number
 * must fit the bytes that it has in flash, and only place and first seq may be 0.
 */
export function toPageHeader(fields: HeaderFields): PageHeader | undefined {
  const { sequence, place, firstSeq, temperatureStep, humidityStep } = fields;
  const channels = channelNames(fields.channels);
  const words = [sequence, place, firstSeq].every((word) => word >= 0 && word <= 0xffffffff);
  const halves = [temperatureStep, humidityStep].every((half) => half >= 1 && half <= 0xffff);
  if (!channels || !words || !halves || sequence === 0) return undefined;
  return {
    sequence,
    index: place >>> 16,
    ringPages: place & 0xffff,
    firstSeq,
    steps: { temperatureMilliC: temperatureStep, humidityMilliPercent: humidityStep },
    channels,
    crc: crc32(headerBytes(fields)),
  };
}

function headerBytes(fields: HeaderFields): Uint8Array {
  const header = Buffer.alloc(CRC_COVERS);
  for (const [at, byte] of heads) if (at < CRC_COVERS) header[at] = byte;
  header.write('CR1', 2, 'latin1');
  header.writeUInt32BE(fields.sequence, 6);
  header.writeUInt32BE(fields.place, 11);
  header.writeUInt32BE(fields.firstSeq, 16);
  header.writeUInt16BE(fields.temperatureStep, 21);
  header.writeUInt16BE(fields.humidityStep, 24);
  header.set(fields.channels, 27);
  return header;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
