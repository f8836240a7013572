/**
 * CBOR (RFC 8949) for the device: writing heads, integers and text into a buffer, and reading them back. Only what the
 * journal, the wire and the configuration need: unsigned and negative integers up to 32 bits, byte and text strings,
 * arrays, maps and null, all of definite length.
 */
export const UNSIGNED = 0x00;
export const NEGATIVE = 0x20;
export const BYTES = 0x40;
export const TEXT = 0x60;
export const ARRAY = 0x80;
export const MAP = 0xa0;
export const NULL = 0xf6;

/** Write `width` bytes of `value`, most significant first; returns the next free position. */
export function putBigEndian(out: Uint8Array, at: number, value: number, width: number): number {
  for (let shift = 8 * (width - 1); shift >= 0; shift -= 8) out[at++] = (value >>> shift) & 255;
  return at;
}

/** The unsigned number in `width` bytes at `at`, most significant first. */
export function getBigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (; width > 0; width--) value = value * 256 + bytes[at++];
  return value;
}

/** A head in shortest form: the argument of `major`, 0 to 2^32 - 1. Returns the next free position. */
export function putHead(out: Uint8Array, at: number, major: number, argument: number): number {
  if (argument < 24) {
    out[at] = major | argument;
    return at + 1;
  }
  const size = argument < 256 ? 0 : argument < 65536 ? 1 : 2;
  out[at] = major | (24 + size);
  return putBigEndian(out, at + 1, argument, 1 << size);
}

/** An integer, or null. */
export function putInteger(out: Uint8Array, at: number, value: number | null): number {
  if (value === null) {
    out[at] = NULL;
    return at + 1;
  }
  return value < 0 ? putHead(out, at, NEGATIVE, -1 - value) : putHead(out, at, UNSIGNED, value);
}

/** ASCII text. */
export function putText(out: Uint8Array, at: number, text: string): number {
  let next = putHead(out, at, TEXT, text.length);
  for (let i = 0; i < text.length; i++) out[next++] = text.charCodeAt(i);
  return next;
}

/** What can be written as one CBOR item; a number is an integer of 32 bits and a sign. */
export type Item = string | number | Uint8Array | null | readonly Item[];

/** Any item. Returns the next free position. */
export function putItem(out: Uint8Array, at: number, item: Item): number {
  if (typeof item === 'string') return putText(out, at, item);
  if (item === null || typeof item === 'number') return putInteger(out, at, item);
  const isBytes = (item as Uint8Array).buffer !== undefined;
  let next = putHead(out, at, isBytes ? BYTES : ARRAY, item.length);
  if (isBytes) {
    out.set(item as Uint8Array, next);
    return next + item.length;
  }
  const items = item as readonly Item[];
  for (let i = 0; i < items.length; i++) next = putItem(out, next, items[i]);
  return next;
}

/** Where a reader stands. `major` and `argument` are those of the head read last. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  major: number;
  argument: number;
}

export function cursorOn(bytes: Uint8Array, from: number, end: number): Cursor {
  return { bytes, at: from, end, major: 0, argument: 0 };
}

/** Read one head. False when there is none of the supported forms here, or not all of it. */
export function readHead(cursor: Cursor): boolean {
  const bytes = cursor.bytes;
  if (cursor.at >= cursor.end) return false;
  const first = bytes[cursor.at++];
  const info = first & 31;
  cursor.major = first & 0xe0;
  cursor.argument = info;
  if (info < 24) return true;
  if (info > 26 || cursor.major > MAP) return false;
  const width = 1 << (info - 24);
  if (cursor.at + width > cursor.end) return false;
  cursor.argument = getBigEndian(bytes, cursor.at, width);
  cursor.at += width;
  return true;
}

/** Read an integer or null; undefined when something else stands here. */
export function readInteger(cursor: Cursor): number | null | undefined {
  if (cursor.at < cursor.end && cursor.bytes[cursor.at] === NULL) {
    cursor.at++;
    return null;
  }
  if (!readHead(cursor)) return undefined;
  if (cursor.major === UNSIGNED) return cursor.argument;
  if (cursor.major === NEGATIVE) return -1 - cursor.argument;
  return undefined;
}

/** Pass over one item, whatever it holds; false when it is cut or holds a form that readHead does not take. */
export function skipItem(cursor: Cursor): boolean {
  for (let items = 1; items > 0; items--) {
    if (!readHead(cursor)) return false;
    const argument = cursor.argument;
    if (cursor.major === BYTES || cursor.major === TEXT) cursor.at += argument;
    else if (cursor.major === ARRAY) items += argument;
    else if (cursor.major === MAP) items += 2 * argument;
    if (cursor.at > cursor.end) return false;
  }
  return true;
}

/** Each is an argument of its own on the interpreter's stack. */
const MOST_CHARACTERS = 32;

/** Read a text string; undefined when something else stands here or it is cut. */
export function readText(cursor: Cursor): string | undefined {
  if (!readHead(cursor) || cursor.major !== TEXT) return undefined;
  const end = cursor.at + cursor.argument;
  if (end > cursor.end) return undefined;
  let text = '';
  while (cursor.at < end) {
    // One call for many: a certificate of 1000 characters would take the interpreter a second one by one.
    const count = Math.min(end - cursor.at, MOST_CHARACTERS);
    const part = new Uint8Array(cursor.bytes.buffer, cursor.bytes.byteOffset + cursor.at, count);
    text += String.fromCharCode.apply(null, part as unknown as number[]);
    cursor.at += count;
  }
  return text;
}
