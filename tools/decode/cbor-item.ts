import { Decoder } from 'cbor-x';

/** A record is flat; unknown kinds may hold a little structure, and nothing deeper is worth following. */
const MAX_DEPTH = 4;

/** Nothing in the journal needs more than 32 bits and a sign; the bound keeps every later sum exact. */
const MAX_INTEGER = 0xffffffff;

const decoder = new Decoder({ useRecords: false, mapsAsObjects: true });

/**
 * Where the CBOR item that starts at `at` ends (exclusive), or undefined when no well-formed item of definite length
 * ends at or before `limit`. Only looks at lengths: the caller checks the bytes before it believes what is in them.
 */
export function itemEnd(bytes: Uint8Array, at: number, limit: number, depth = 0): number | undefined {
  const head = readHead(bytes, at, limit);
  if (!head || depth > MAX_DEPTH) return undefined;
  const { major, argument } = head;
  if (major === 2 || major === 3) return head.end + argument <= limit ? head.end + argument : undefined;
  const children = major === 4 ? argument : major === 5 ? 2 * argument : major === 6 ? 1 : 0;
  let end: number | undefined = head.end;
  // A child takes a byte at least, so a count beyond the limit fails after at most `limit` steps.
  for (let i = 0; i < children && end !== undefined; i++) end = itemEnd(bytes, end, limit, depth + 1);
  return end;
}

/** The major type, argument and end of an item's head, or undefined when it is cut off, reserved or indefinite. */
export function readHead(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { major: number; argument: number; end: number } | undefined {
  if (at >= limit) return undefined;
  const initial = bytes[at] as number;
  const info = initial & 31;
  if (info < 24) return { major: initial >> 5, argument: info, end: at + 1 };
  if (info > 27) return undefined;
  const width = 1 << (info - 24);
  if (at + 1 + width > limit) return undefined;
  let argument = 0;
  for (let i = 1; i <= width; i++) argument = argument * 256 + (bytes[at + i] as number);
  return { major: initial >> 5, argument, end: at + 1 + width };
}

/** The value of one whole item, or undefined where it is not valid CBOR. */
export function decodeItem(item: Uint8Array): unknown {
  try {
    return decoder.decode(item);
  } catch {
    return undefined;
  }
}

/** True for an integer that a 32-bit device can mean. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER;
}

/** True for a count: an integer from 0. */
export function isCount(value: unknown): value is number {
  return isInteger(value) && value >= 0;
}
