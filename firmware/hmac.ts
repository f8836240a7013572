import type { Crypto } from '../hal/crypto.ts';

/** The block of SHA-256 (FIPS 180-4), to which HMAC pads its key. */
const BLOCK = 64;
const DIGEST = 32;

/** HMAC-SHA-256 (RFC 2104) of `message` under `key`, which has at most 64 bytes. 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array, crypto: Crypto): Uint8Array {
  const inner = new Uint8Array(BLOCK + message.length).fill(0x36, 0, BLOCK);
  const outer = new Uint8Array(BLOCK + DIGEST).fill(0x5c, 0, BLOCK);
  for (let i = 0; i < key.length; i++) {
    inner[i] ^= key[i];
    outer[i] ^= key[i];
  }
  inner.set(message, BLOCK);
  outer.set(crypto.sha256(inner), BLOCK);
  return crypto.sha256(outer);
}
