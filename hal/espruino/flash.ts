import type { Crypto } from '../crypto.ts';
import type { FlashFailure, FlashRegion } from '../flash.ts';

export interface FlashLayout {
  /** First byte of the region in the chip's address space. */
  readonly address: number;
  readonly pages: number;
  /** Bytes in a page as the firmware sees it. */
  readonly pageSize: number;
  /** Bytes that one erase of the chip clears: 4096 on ESP32, 1024 in Espruino for Linux. */
  readonly erases: number;
}

/** A region of the chip's flash through Espruino's `Flash` module, which reports no errors: so all is read back. */
export function espruinoFlash(layout: FlashLayout, crypto: Crypto): FlashRegion {
  const flash = global.require('Flash');
  const size = layout.pages * layout.pageSize;
  function read(offset: number, length: number): Uint8Array {
    // Espruino reads past the region, and gives undefined for a length of 0.
    if (offset < 0 || length <= 0 || offset + length > size) return new Uint8Array(0);
    return flash.read(length, layout.address + offset);
  }

  function isErased(offset: number, length: number): boolean {
    const bytes = read(offset, length);
    return E.sum(bytes) === 255 * bytes.length;
  }

  function program(offset: number, bytes: Uint8Array): FlashFailure | null {
    if (offset < 0 || offset + bytes.length > size) return 'range';
    if (bytes.length === 0) return null;
    flash.write(bytes, layout.address + offset);
    return crypto.crc32(read(offset, bytes.length)) === crypto.crc32(bytes) ? null : 'verify';
  }

  function erase(page: number): FlashFailure | null {
    if (page < 0 || page >= layout.pages) return 'range';
    const start = page * layout.pageSize;
    for (let offset = start; offset < start + layout.pageSize; offset += layout.erases) {
      flash.erasePage(layout.address + offset);
      if (!isErased(offset, layout.erases)) return 'verify';
    }
    return null;
  }

  return { pages: layout.pages, pageSize: layout.pageSize, read, isErased, program, erase };
}
