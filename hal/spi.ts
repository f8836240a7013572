/**
 * A chip on an SPI bus, with a select line of its own.
 *
 * Contract:
 * - `transfer` selects the chip, sends the bytes, most significant bit first, and releases the chip. It returns what came
 *   back in the meantime: as many bytes as were sent, in an array that is the caller's.
 * - Nothing acknowledges. Where no chip drives the line it reads as all ones, or as all zeros.
 * - It does not throw, and blocks for at most 5 ms for 16 bytes.
 */
export interface SpiDevice {
  transfer(bytes: readonly number[]): Uint8Array;
}
