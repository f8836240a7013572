/**
 * The configuration in raw flash: two pages, written in turn (save.ts), each
 *
 *     | 63 43 46 31  "CF1" | 1A gg gg gg gg generation | 1A cc cc cc cc CRC-32 | 19 ll ll length | CBOR map |
 *       0                    4                           9                       14                17
 *
 * The CRC covers the generation's five bytes and the map. The newer copy that verifies counts: a torn write leaves the
 * older one in force. Generations go round: 0 comes after 2^32 - 1.
 */
import type { Crypto } from '../../hal/crypto.ts';
import { CONFIG_DAMAGED, CONFIG_MISSING, OK } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import {
  BYTES,
  type Cursor,
  cursorOn,
  getBigEndian,
  MAP,
  readHead,
  readInteger,
  readText,
  skipItem,
  TEXT,
} from '../cbor.ts';
import { type Config, KEY_CA } from './schema.ts';
import { configOf, type Value, type Values } from './values.ts';

export const CONFIG_HEADER_SIZE = 17;
export const CONFIG_MAGIC = [0x63, 0x43, 0x46, 0x31];
/** CBOR heads of an unsigned integer in four bytes, and in two. */
export const HEAD_32 = 0x1a;
export const HEAD_16 = 0x19;

/** The bytes of a verified copy that its CRC covers; null when the page holds none. */
function verified(flash: FlashRegion, page: number, crypto: Crypto): Uint8Array | null {
  const head = flash.read(page * flash.pageSize, CONFIG_HEADER_SIZE);
  for (let i = 0; i < CONFIG_MAGIC.length; i++) if (head[i] !== CONFIG_MAGIC[i]) return null;
  if (head[4] !== HEAD_32 || head[9] !== HEAD_32 || head[14] !== HEAD_16) return null;
  const length = getBigEndian(head, 15, 2);
  if (length < 1 || length > flash.pageSize - CONFIG_HEADER_SIZE) return null;
  const covered = new Uint8Array(5 + length);
  covered.set(new Uint8Array(head.buffer, head.byteOffset + 4, 5), 0);
  covered.set(flash.read(page * flash.pageSize + CONFIG_HEADER_SIZE, length), 5);
  return crypto.crc32(covered) === getBigEndian(head, 10, 4) ? covered : null;
}

/** Read a byte string, which comes as a copy; undefined when it is cut. */
function readBytes(cursor: Cursor): Uint8Array | undefined {
  if (!readHead(cursor)) return undefined;
  const bytes = cursor.bytes;
  const from = cursor.at;
  cursor.at += cursor.argument;
  if (cursor.at > cursor.end) return undefined;
  return new Uint8Array(new Uint8Array(bytes.buffer, bytes.byteOffset + from, cursor.argument));
}

/** Read one value; an item of another kind is passed over and is null. Undefined when it is cut. */
function readValue(cursor: Cursor): Value | undefined {
  const at = cursor.at;
  if (at >= cursor.end) return undefined;
  const major = cursor.bytes[at] & 0xe0;
  if (major === TEXT) return readText(cursor);
  if (major === BYTES) return readBytes(cursor);
  const value = readInteger(cursor);
  if (value !== undefined) return value;
  cursor.at = at;
  return skipItem(cursor) ? null : undefined;
}

/**
 * Which values are read: the CA is the longest, and takes the interpreter a second and 150 JsVars. So a wake goes without
 * it, and who opens a session needs nothing else. Who asks which copy is in force needs none.
 */
type Wanted = 'all' | 'all but the CA' | 'the CA' | 'none';

function isWanted(key: number, wanted: Wanted): boolean {
  return wanted === 'all' || wanted === (key === KEY_CA ? 'the CA' : 'all but the CA');
}

/** Read the map; a key that a later tool has written is read too. Null when it is no map, or more than one item. */
function parse(cursor: Cursor, wanted: Wanted): Values | null {
  if (!readHead(cursor) || cursor.major !== MAP) return null;
  const values: Values = {};
  for (let left = cursor.argument; left > 0; left--) {
    const key = readInteger(cursor);
    if (key === undefined || key === null) return null;
    if (!isWanted(key, wanted)) {
      if (!skipItem(cursor)) return null;
      continue;
    }
    const value = readValue(cursor);
    if (value === undefined) return null;
    values[key] = value;
  }
  return cursor.at === cursor.end ? values : null;
}

/** What a boot finds in the configuration's two pages. */
interface Loaded {
  /** OK, or what is wrong with a copy. */
  readonly fault: number;
  /** Page of the copy in force; -1 when there is none, and the defaults hold. */
  readonly page: number;
  /** Generation of the copy in force; 0 when there is none. */
  readonly generation: number;
}

/** Values as they stand in flash, in range or not. */
export interface LoadedValues extends Loaded {
  readonly values: Values;
}

export interface LoadedConfig extends Loaded {
  readonly config: Config;
}

function generationOf(covered: Uint8Array): number {
  return getBigEndian(covered, 1, 4);
}

/** Page of the newest of these copies; -1 when there is none. */
function newest(copies: (Uint8Array | null)[]): number {
  let best = -1;
  for (let page = 0; page < copies.length; page++) {
    const copy = copies[page];
    if (copy === null) continue;
    // A difference of 32 bits with a sign tells which comes first on the round.
    if (best < 0 || ((generationOf(copy) - generationOf(copies[best] as Uint8Array)) | 0) > 0) best = page;
  }
  return best;
}

/**
 * The values in force. `fault` says when a copy is damaged, also where the other one holds, and when there is none: then
 * nothing is set. Readings go on all the same.
 */
export function loadValues(flash: FlashRegion, crypto: Crypto, wanted: Wanted): LoadedValues {
  const copies: (Uint8Array | null)[] = [];
  let fault = OK;
  for (let page = 0; page < flash.pages; page++) {
    const erased = flash.read(page * flash.pageSize, 1)[0] === 0xff;
    const copy = erased ? null : verified(flash, page, crypto);
    if (!erased && copy === null) fault = CONFIG_DAMAGED;
    copies.push(copy);
  }
  // Only the copy that counts is parsed: the interpreter takes seconds for a certificate, where the CRC is native.
  for (let page = newest(copies); page >= 0; page = newest(copies)) {
    const copy = copies[page] as Uint8Array;
    const values = parse(cursorOn(copy, 5, copy.length), wanted);
    if (values !== null) return { values, fault, page, generation: generationOf(copy) };
    fault = CONFIG_DAMAGED;
    copies[page] = null;
  }
  return { values: {}, fault: fault === OK ? CONFIG_MISSING : fault, page: -1, generation: 0 };
}

/** The configuration in force, but for the CA, which `loadCa` gets. Without a copy it is the defaults. */
export function loadConfig(flash: FlashRegion, crypto: Crypto): LoadedConfig {
  const loaded = loadValues(flash, crypto, 'all but the CA');
  return {
    config: configOf(loaded.values),
    fault: loaded.fault,
    page: loaded.page,
    generation: loaded.generation,
  };
}

/**
 * The CA certificate in force, PEM; empty: none. It was looked at when it was written: 2000 turns of a loop are too many for
 * every session.
 */
export function loadCa(flash: FlashRegion, crypto: Crypto): string {
  const ca = loadValues(flash, crypto, 'the CA').values[KEY_CA];
  return typeof ca === 'string' ? ca : '';
}
