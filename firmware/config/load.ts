/**
 * The configuration in raw flash: two pages, written in turn, each
 *
 *     | 63 43 46 31  "CF1" | 1A gg gg gg gg generation | 1A cc cc cc cc CRC-32 | 19 ll ll length | CBOR map |
 *       0                    4                           9                       14                17
 *
 * The CRC covers the generation's five bytes and the map. The copy with the higher generation that verifies counts: a
 * torn write leaves the older one in force.
 */
import type { Crypto } from '../../hal/crypto.ts';
import { CONFIG_DAMAGED, CONFIG_MISSING, OK } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import {
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
import {
  type Config,
  DEFAULT_CONFIG,
  KEY_APN,
  KEY_BROKER_HOST,
  KEY_BROKER_PORT,
  KEY_CA,
  KEY_DEVICE_ID,
  KEY_FIX_INTERVAL,
  KEY_INTERVAL,
  KEY_UPLINK_INTERVAL,
} from './config.ts';

export const CONFIG_HEADER_SIZE = 17;
const MAGIC = [0x63, 0x43, 0x46, 0x31];

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NAME_CHARACTERS = `${ID_CHARACTERS}.`;
const LONGEST_DEVICE_ID = 32;
/** 3GPP TS 23.003, 9.1: an APN has at most 100 octets. RFC 1035, 2.3.4: a host name at most 255. */
const LONGEST_APN = 100;
const LONGEST_HOST = 255;

/** Where a verified copy's map stands; null when the page holds none. */
function verified(
  flash: FlashRegion,
  page: number,
  crypto: Crypto,
): { generation: number; map: Uint8Array } | null {
  const head = flash.read(page * flash.pageSize, CONFIG_HEADER_SIZE);
  for (let i = 0; i < MAGIC.length; i++) if (head[i] !== MAGIC[i]) return null;
  const length = getBigEndian(head, 15, 2);
  if (length < 1 || length > flash.pageSize - CONFIG_HEADER_SIZE) return null;
  const covered = new Uint8Array(5 + length);
  covered.set(new Uint8Array(head.buffer, head.byteOffset + 4, 5), 0);
  covered.set(flash.read(page * flash.pageSize + CONFIG_HEADER_SIZE, length), 5);
  if (crypto.crc32(covered) !== getBigEndian(head, 10, 4)) return null;
  return { generation: getBigEndian(head, 5, 4), map: covered };
}

function within(value: number | null | undefined, low: number, high: number, otherwise: number): number {
  return value === null || value === undefined || value < low || value > high ? otherwise : value;
}

/** A text of these characters and at most this long; empty when it is none: it goes into topics and AT commands. */
function plainText(text: string | undefined, characters: string, longest: number): string {
  if (text === undefined || text.length > longest) return '';
  for (let i = 0; i < text.length; i++) if (characters.indexOf(text.charAt(i)) < 0) return '';
  return text;
}

/**
 * Read the map; a value that is missing or out of range takes its default, and a key that a later tool has written is
 * passed over. Null when it is no map.
 */
function parse(cursor: Cursor): Config | null {
  if (!readHead(cursor) || cursor.major !== MAP) return null;
  const numbers: Record<number, number | null> = {};
  const texts: Record<number, string> = {};
  for (let left = cursor.argument; left > 0; left--) {
    const key = readInteger(cursor);
    if (key === undefined || key === null) return null;
    if (cursor.at < cursor.end && (cursor.bytes[cursor.at] & 0xe0) === TEXT) {
      const text = readText(cursor);
      if (text === undefined) return null;
      texts[key] = text;
    } else {
      const at = cursor.at;
      const value = readInteger(cursor);
      if (value === undefined) {
        cursor.at = at;
        if (!skipItem(cursor)) return null;
      } else {
        numbers[key] = value;
      }
    }
  }
  return {
    deviceId: plainText(texts[KEY_DEVICE_ID], ID_CHARACTERS, LONGEST_DEVICE_ID),
    intervalS: within(numbers[KEY_INTERVAL], 60, 3600, DEFAULT_CONFIG.intervalS),
    fixIntervalS: within(numbers[KEY_FIX_INTERVAL], 600, 86400, DEFAULT_CONFIG.fixIntervalS),
    uplinkIntervalS: within(numbers[KEY_UPLINK_INTERVAL], 900, 86400, DEFAULT_CONFIG.uplinkIntervalS),
    apn: plainText(texts[KEY_APN], NAME_CHARACTERS, LONGEST_APN),
    brokerHost: plainText(texts[KEY_BROKER_HOST], NAME_CHARACTERS, LONGEST_HOST),
    brokerPort: within(numbers[KEY_BROKER_PORT], 1, 65535, DEFAULT_CONFIG.brokerPort),
    caPem: texts[KEY_CA] || '',
  };
}

/**
 * The configuration in force. `fault` says when a copy is damaged, also where the other one holds, and when there is none:
 * then the defaults hold. Readings go on all the same.
 */
export function loadConfig(flash: FlashRegion, crypto: Crypto): { config: Config; fault: number } {
  let best = -1;
  let config: Config | null = null;
  let fault = OK;
  for (let page = 0; page < flash.pages; page++) {
    if (flash.read(page * flash.pageSize, 1)[0] === 0xff) continue;
    const copy = verified(flash, page, crypto);
    const parsed = copy === null ? null : parse(cursorOn(copy.map, 5, copy.map.length));
    if (copy === null || parsed === null) {
      fault = CONFIG_DAMAGED;
    } else if (copy.generation > best) {
      best = copy.generation;
      config = parsed;
    }
  }
  if (config !== null) return { config, fault };
  return { config: DEFAULT_CONFIG, fault: fault === OK ? CONFIG_MISSING : fault };
}
