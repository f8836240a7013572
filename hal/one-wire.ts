/**
 * A 1-Wire bus: one data line with a pull-up. Chips on it have a supply wire of their own.
 *
 * Contract:
 * - `reset` returns false when no chip answers with a presence pulse. A line that is stuck low looks like an answer.
 * - Bits travel least significant first, and nothing acknowledges them. Where no chip answers, `read` gives all ones; on
 *   a line that is stuck low, all zeros.
 * - Nothing throws. A call blocks for 1 ms (`reset`) or 0.6 ms a byte.
 * - On ESP32 software times the bits while interrupts go on, so that now and then one is wrong: ask for check digits.
 * - The array that `read` returns is the caller's.
 */
export interface OneWireBus {
  reset(): boolean;
  write(bytes: readonly number[]): void;
  read(count: number): Uint8Array;
}
