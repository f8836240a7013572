/**
 * Writing the configuration. The page that is not in force takes the new copy, in this order:
 *
 *     erase -> map -> header
 *
 * Until the last byte of the header stands, the page holds no copy and the other one is in force; load.ts draws the bytes.
 * The erase also makes the strip of the page fresh (strip.ts), whose bytes at its end a copy leaves alone.
 */
import type { Crypto } from '../../hal/crypto.ts';
import { CONFIG_REFUSED, CONFIG_UNWRITABLE, OK } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { MAP, putBigEndian, putHead, putInteger, putItem } from '../cbor.ts';
import { STRIP_SIZE } from '../strip.ts';
import { CONFIG_HEADER_SIZE, CONFIG_MAGIC, HEAD_16, HEAD_32, loadValues } from './load.ts';
import { KEY_CA, LAST_KEY } from './schema.ts';
import type { Value, Values } from './values.ts';

/** More than the map's keys and heads, and all its other values at their longest, take beside the CA certificate. */
const BESIDE_CA = 1050;

/** The two parts of a copy, in the order in which they lie in the page; the header is programmed last. */
export interface ConfigCopy {
  readonly header: Uint8Array;
  readonly map: Uint8Array;
}

/** The bytes of a copy of these values, which are all there and in range. */
export function encodeCopy(values: Values, generation: number, crypto: Crypto): ConfigCopy {
  // What the CRC covers stands in one piece: the generation, then the map.
  const covered = new Uint8Array(5 + BESIDE_CA + (values[KEY_CA] as string).length);
  covered[0] = HEAD_32;
  putBigEndian(covered, 1, generation, 4);
  let end = putHead(covered, 5, MAP, LAST_KEY);
  for (let key = 1; key <= LAST_KEY; key++) {
    end = putItem(covered, putInteger(covered, end, key), values[key] as Value);
  }
  const header = new Uint8Array(CONFIG_HEADER_SIZE);
  header.set(CONFIG_MAGIC, 0);
  header.set(new Uint8Array(covered.buffer, 0, 5), 4);
  header[9] = HEAD_32;
  putBigEndian(header, 10, crypto.crc32(new Uint8Array(covered.buffer, 0, end)), 4);
  header[14] = HEAD_16;
  putBigEndian(header, 15, end - 5, 2);
  return { header, map: new Uint8Array(covered.buffer, 5, end - 5) };
}

/** Write a copy to this page, which is not the one in force; false when the page did not take it. */
function write(flash: FlashRegion, page: number, copy: ConfigCopy): boolean {
  const start = page * flash.pageSize;
  if (flash.erase(page) !== null) return false;
  if (
    flash.program(start + CONFIG_HEADER_SIZE, copy.map) === null &&
    flash.program(start, copy.header) === null
  )
    return true;
  // A cell that reads wrong now may read right at the next boot.
  flash.erase(page);
  return false;
}

/**
 * Put values in force for the next boot; they are all there, and checked (values.ts). OK; CONFIG_REFUSED when they do not
 * fit into a page and nothing was erased; CONFIG_UNWRITABLE when flash did not take them and what was in force still is.
 * Blocks for about 70 ms in flash. Not to be called while the modem is sending.
 */
export function saveValues(flash: FlashRegion, crypto: Crypto, values: Values): number {
  const inForce = loadValues(flash, crypto, 'none');
  const copy = encodeCopy(values, (inForce.generation + 1) >>> 0, crypto);
  if (CONFIG_HEADER_SIZE + copy.map.length > flash.pageSize - STRIP_SIZE) return CONFIG_REFUSED;
  for (let page = 0; page < flash.pages; page++) {
    if (page !== inForce.page && write(flash, page, copy)) return OK;
  }
  return CONFIG_UNWRITABLE;
}
