/**
 * What the interpreter computes natively: a loop in the firmware would be a thousand times slower.
 *
 * Contract: `crc32` is CRC-32 of IEEE 802.3 ("123456789" gives 0xCBF43926), unsigned. `sha256` returns 32 bytes.
 */
export interface Crypto {
  crc32(bytes: Uint8Array): number;
  sha256(bytes: Uint8Array): Uint8Array;
}
