import { createHash } from 'node:crypto';
import type { Crypto } from '../crypto.ts';

/** CRC-32 bit by bit: slow, obvious, and independent of the one in zlib that the host uses. SHA-256 is Node's. */
export const mockCrypto: Crypto = {
  crc32: (bytes) => {
    let crc = -1;
    for (const byte of typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return (crc ^ -1) >>> 0;
  },
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  base64: (bytes) => Buffer.from(bytes).toString('base64'),
};
