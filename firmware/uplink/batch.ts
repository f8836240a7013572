import { ARRAY, BYTES, cursorOn, putHead, putInteger, putText, readHead, readInteger } from '../cbor.ts';
import type { PageHeader } from '../journal/header.ts';

/** Version of the wire format: docs/journal.md, "On the wire". */
const WIRE_FORMAT = 1;

/** Characters of the longest device id. */
export const LONGEST_ID = 32;
/** The longest header item: head, version, device id, page sequence, place, first seq, two steps, channels. */
export const BATCH_HEADER_ROOM = 1 + 1 + (2 + LONGEST_ID) + 5 + 5 + 5 + 3 + 3 + 9;

/** Write the header item of a message so that it ends where the blocks begin; returns where it starts. */
export function putBatchHeader(out: Uint8Array, end: number, deviceId: string, page: PageHeader): number {
  const header = new Uint8Array(BATCH_HEADER_ROOM);
  const scale = page.scale;
  const channels = scale.channels;
  let at = putHead(header, 0, ARRAY, 8);
  at = putInteger(header, at, WIRE_FORMAT);
  at = putText(header, at, deviceId);
  at = putInteger(header, at, page.sequence);
  at = putInteger(header, at, page.place);
  at = putInteger(header, at, page.firstSeq);
  at = putInteger(header, at, scale.tempStep);
  at = putInteger(header, at, scale.humidityStep);
  at = putHead(header, at, BYTES, channels.length);
  header.set(channels, at);
  at += channels.length;
  out.set(new Uint8Array(header.buffer, 0, at), end - at);
  return end - at;
}

/** What the collector answers. */
export interface Answer {
  /** It holds every record below this seq. */
  readonly next: number;
  /** Its clock then, seconds since 1970; null where it does not tell. */
  readonly utcS: number | null;
}

/** A collector's answer, `[1, next]` or `[1, next, utc]`; null when the payload is no such thing. */
export function answerIn(payload: string): Answer | null {
  const bytes = new Uint8Array(payload.length);
  for (let i = 0; i < payload.length; i++) bytes[i] = payload.charCodeAt(i);
  const cursor = cursorOn(bytes, 0, bytes.length);
  if (!readHead(cursor) || cursor.major !== ARRAY) return null;
  const items = cursor.argument;
  if (items < 2 || items > 3 || readInteger(cursor) !== WIRE_FORMAT) return null;
  const next = readInteger(cursor);
  const utcS = items > 2 ? readInteger(cursor) : null;
  if (next === undefined || next === null || next < 0 || utcS === undefined || cursor.at !== bytes.length)
    return null;
  return { next, utcS };
}
