import { crc32 } from 'node:zlib';
import type { Steps } from './reading.ts';

/** Bytes of the page header; block 0 begins behind it. */
export const PAGE_HEADER_BYTES = 26;

export interface PageHeader {
  sequence: number;
  firstSeq: number;
  steps: Steps;
  /** CRC-32 of the header, which every check in the page is combined with. */
  crc: number;
}

/** A page's header, or why there is none: never programmed, a page of the configuration, of another format, or not verifying. */
export type PageHeaderResult = PageHeader | 'erased' | 'configuration' | 'other-format' | 'bad-header';

/** Read the 26 bytes at `at`; anything may stand there. */
export function readPageHeader(image: Uint8Array, at: number): PageHeaderResult {
  const bytes = image.subarray(at, at + PAGE_HEADER_BYTES);
  if (bytes.every((byte) => byte === 0xff)) return 'erased';
  // The configuration lives in the same raw region (docs/config.md).
  if (String.fromCharCode(...bytes.subarray(0, 4)) === 'cCF1') return 'configuration';
  if (bytes.length < PAGE_HEADER_BYTES) return 'bad-header';
  const magic = String.fromCharCode(...bytes.subarray(2, 5));
  const crc = crc32(bytes.subarray(0, 21));
  const view = new DataView(bytes.buffer, bytes.byteOffset, PAGE_HEADER_BYTES);
  const verified = view.getUint32(22) === crc;
  if (magic !== 'CR1' && magic.startsWith('CR') && bytes[1] === 0x63) return 'other-format';
  const heads = [0, 1, 5, 10, 15, 18, 21].map((offset) => bytes[offset]);
  const expected = [0x86, 0x63, 0x1a, 0x1a, 0x19, 0x19, 0x1a];
  if (magic !== 'CR1' || !verified || heads.some((head, i) => head !== expected[i])) return 'bad-header';
  const steps = { temperatureMilliC: view.getUint16(16), humidityMilliPercent: view.getUint16(19) };
  if (steps.temperatureMilliC === 0 || steps.humidityMilliPercent === 0) return 'bad-header';
  return { sequence: view.getUint32(6), firstSeq: view.getUint32(11), steps, crc };
}

/** The CRC-32 of the header with these fields, which every check in its page is combined with. */
export function pageHeaderCrc(sequence: number, firstSeq: number, steps: Steps): number {
  const header = Buffer.alloc(21);
  header.write('\x86\x63CR1\x1a', 0, 'latin1');
  header.writeUInt32BE(sequence, 6);
  header[10] = 0x1a;
  header.writeUInt32BE(firstSeq, 11);
  header[15] = 0x19;
  header.writeUInt16BE(steps.temperatureMilliC, 16);
  header[18] = 0x19;
  header.writeUInt16BE(steps.humidityMilliPercent, 19);
  return crc32(header);
}
