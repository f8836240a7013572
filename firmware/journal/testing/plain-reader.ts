/**
 * Reads a journal's flash by the letter of docs/journal.md, with a CBOR library and nothing of the firmware's code: what
 * the firmware wrote must mean this to others.
 */
import { crc32 } from 'node:zlib';
import { decode } from 'cbor-x';

const PAGE = 4096;
const BLOCK = 256;
const BLOCKS = 16;
const HEADER = 40;
const BEHIND_SEAL = 57;

export interface PlainPage {
  /** Index of the page in the ring. */
  readonly page: number;
  readonly sequence: number;
  readonly place: number;
  readonly firstSeq: number;
  readonly tempStep: number;
  readonly humidityStep: number;
  readonly channels: readonly number[];
  readonly crc: number;
  readonly seal: Uint8Array;
}

export type Item = number | Uint8Array | readonly (number | null | Uint8Array)[];

export interface PlainRecord {
  readonly page: PlainPage;
  /** Index of its data block. */
  readonly index: number;
  /** Offsets in the flash: first byte, behind the last, and of its check. */
  readonly at: number;
  readonly end: number;
  readonly checkAt: number;
  /** A KEY has that of the record behind it. */
  readonly seq: number;
  readonly item: Item;
}

function pageAt(cells: Uint8Array, page: number): PlainPage | null {
  const bytes = cells.subarray(page * PAGE, (page + 1) * PAGE);
  const crc = crc32(bytes.subarray(0, HEADER - 5));
  if (bytes[0] !== 0x88 || crc !== Buffer.from(bytes).readUInt32BE(HEADER - 4)) return null;
  const items = decode(bytes.subarray(0, HEADER));
  const [magic, sequence, place, firstSeq, tempStep, humidityStep, channels] = items;
  if (magic !== 'CR1') return null;
  return {
    page,
    sequence,
    place,
    firstSeq,
    tempStep,
    humidityStep,
    channels: [...(channels as Uint8Array)].filter((channel) => channel !== 0),
    crc,
    seal: bytes.slice(HEADER + 1, BEHIND_SEAL),
  };
}

/** The pages whose headers verify, oldest first. */
export function plainPages(cells: Uint8Array): PlainPage[] {
  const pages = [...Array(cells.length / PAGE).keys()].map((page) => pageAt(cells, page));
  return pages.filter((page) => page !== null).sort((a, b) => a.sequence - b.sequence);
}

/** Bytes of the CBOR item at `at`; more than there are where it is cut off, or none of an item in a record. */
export function itemLength(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) return BLOCK;
  const major = bytes[at] >> 5;
  const info = bytes[at] & 31;
  if (info > 26) return BLOCK;
  const wide = info < 24 ? 0 : 1 << (info - 24);
  let argument = info;
  if (wide > 0) argument = bytes.subarray(at + 1, at + 1 + wide).reduce((all, byte) => all * 256 + byte, 0);
  let length = 1 + wide;
  if (major === 2 || major === 3) return length + argument;
  if (major === 4)
    for (; argument > 0 && length < BLOCK; argument--) length += itemLength(bytes, at + length);
  return length;
}

/** The check of the record that ends at `end` of a block whose KEY begins at `start`, both offsets in the flash. */
export function plainCheck(cells: Uint8Array, start: number, end: number, pageCrc: number): number {
  const crc = (crc32(cells.subarray(start, end)) ^ pageCrc) >>> 0;
  const check = ((crc >>> 7) ^ (crc >>> 18)) & 255;
  return check === 255 ? 0 : check;
}

/** A KEY's items; those of one that is none lead to no check that agrees. */
function decodeKey(bytes: Uint8Array): number[] {
  try {
    return decode(bytes);
  } catch {
    return [];
  }
}

function recordsOf(cells: Uint8Array, page: PlainPage, index: number): PlainRecord[] {
  const base = page.page * PAGE;
  const start = base + (index === 0 ? BEHIND_SEAL : index * BLOCK);
  if (cells[start] !== 0x8a || cells[start + 1] !== 0) return [];
  const records: PlainRecord[] = [];
  const limit = base + (index + 1) * BLOCK;
  const keyEnd = start + itemLength(cells, start);
  if (keyEnd > limit) return [];
  let [, place, seq] = decodeKey(cells.subarray(start, keyEnd));
  for (let at = start; at < limit && cells[at] !== 255; ) {
    const end = at + itemLength(cells, at);
    if (end > limit || cells[base + place] !== plainCheck(cells, start, end, page.crc)) break;
    records.push({ page, index, at, end, checkAt: base + place, seq, item: decode(cells.subarray(at, end)) });
    if (at > start) seq++;
    at = end;
    place++;
    if (place % BLOCK === 0) place += 3 - 2 * BLOCK;
  }
  return records;
}

/** All records with a check that agrees, KEYs among them, oldest page first. */
export function plainRecords(cells: Uint8Array): PlainRecord[] {
  return plainPages(cells).flatMap((page) =>
    [...Array(BLOCKS).keys()].flatMap((index) => recordsOf(cells, page, index)),
  );
}
