import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Crypto } from '../../../hal/crypto.ts';

/** The host's own: the same as the mock's, and fast enough for 100 000 power cuts. */
export const hostCrypto: Crypto = {
  crc32: (bytes) => crc32(bytes),
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
};
