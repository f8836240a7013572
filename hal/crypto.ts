/**
 * What the interpreter computes natively: a loop in the firmware would be a thousand times slower.
 *
 * Contract: `crc32` is CRC-32 of IEEE 802.3 ("123456789" gives 0xCBF43926), unsigned; of a text each character counts as a
 * byte. `sha256` returns 32 bytes. `base64` is that of RFC 4648, 4, with its padding and without line ends.
 */
export interface Crypto {
  crc32(bytes: Uint8Array | string): number;
  sha256(bytes: Uint8Array): Uint8Array;
  base64(bytes: Uint8Array): string;
}
