import { createHash, createHmac } from 'node:crypto';
import { BLOCK_BYTES } from '../decode/page.ts';

const SEAL_BYTES = 16;

/** The seal of a whole page under a device key (docs/journal.md, "Seals"). */
export function sealOf(page: Uint8Array, deviceKey: Uint8Array): Buffer {
  const mac = createHmac('sha256', deviceKey);
  for (let at = 0; at < page.length; at += BLOCK_BYTES) {
    mac.update(
      createHash('sha256')
        .update(page.subarray(at, at + BLOCK_BYTES))
        .digest(),
    );
  }
  return mac.digest().subarray(0, SEAL_BYTES);
}

/** Whether a seal says that there was no device key, or no page before. */
export function isNoSeal(seal: Uint8Array): boolean {
  return seal.every((byte) => byte === 0);
}
