import type { Crypto } from '../crypto.ts';

export const espruinoCrypto: Crypto = {
  crc32: (bytes) => E.CRC32(bytes),
  sha256: (bytes) => new Uint8Array(global.require('crypto').SHA256(bytes), 0, 32),
  base64: (bytes) => btoa(bytes),
};
