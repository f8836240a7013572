/**
 * An I2C bus, 7-bit addresses.
 *
 * Contract:
 * - `write` returns false, and `read` null, when the device does not acknowledge or the bus is stuck; neither throws.
 * - A call blocks for at most 2 s the first time that a bus gets stuck (the ESP32 waits for 1 s, and the call is tried once
 *   more), in practice for 0.1 ms a byte at 100 kHz.
 * - The array that `read` returns is the caller's.
 */
export interface I2cBus {
  write(address: number, bytes: readonly number[]): boolean;
  read(address: number, count: number): Uint8Array | null;
}
