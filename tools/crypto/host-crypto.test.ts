import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { hostCrypto } from './host-crypto.ts';

test("the host's CRC-32 and SHA-256 are the mock's, for any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hostCrypto.crc32(bytes)).toBe(mockCrypto.crc32(bytes));
      expect(hostCrypto.sha256(bytes)).toEqual(mockCrypto.sha256(bytes));
    }),
  );
});
