import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { hmacSha256 } from '../hmac.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, SEAL_SIZE } from './format.ts';

const DIGEST_SIZE = 32;

/** The seal of a whole page under the device's key: docs/journal.md, "Seals". 16 bytes. */
export function sealOf(flash: FlashRegion, page: number, deviceKey: Uint8Array, crypto: Crypto): Uint8Array {
  const digests = new Uint8Array(BLOCKS_PER_PAGE * DIGEST_SIZE);
  for (let index = 0; index < BLOCKS_PER_PAGE; index++) {
    const block = flash.read(page * flash.pageSize + index * BLOCK_SIZE, BLOCK_SIZE);
    digests.set(crypto.sha256(block), index * DIGEST_SIZE);
  }
  const mac = hmacSha256(deviceKey, digests, crypto);
  return new Uint8Array(mac.buffer, mac.byteOffset, SEAL_SIZE);
}
