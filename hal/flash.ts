/**
 * A region of raw NOR flash.
 *
 * Contract:
 * - Offsets are bytes from the start of the region; a call that would leave the region fails with `range` and does
 *   nothing. A read that would leave it gives no bytes. What `read` returns is the caller's.
 * - `erase` sets every byte of one page to 0xFF. `program` clears bits only; a byte is programmed once between erases,
 *   but for those of firmware/boot-guard.ts, which lose further bits.
 * - Both read back what they did: `verify` means that the cells do not hold what was asked, and the page is suspect.
 * - Power may fail inside either: then any prefix of the bytes is programmed, and the rest of that 256-byte program
 *   page, or the whole page under erase, holds anything.
 * - All calls block: up to 1 ms for a program, 60 ms for an erase. Not to be called while the modem is sending.
 */
export type FlashFailure = 'range' | 'verify';

export interface FlashRegion {
  /** Erase pages in the region. */
  readonly pages: number;
  /** Bytes in an erase page. */
  readonly pageSize: number;
  read(offset: number, length: number): Uint8Array;
  /** Whether all of `length` bytes read as 0xFF: one native call, where a look at each byte would take a wake's time. */
  isErased(offset: number, length: number): boolean;
  program(offset: number, bytes: Uint8Array): FlashFailure | null;
  erase(page: number): FlashFailure | null;
}
