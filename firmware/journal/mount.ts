import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, HEADER_SIZE } from './format.ts';
import { type PageHeader, readHeader } from './header.ts';
import { type Block, walkBlock } from './walk.ts';

/** Where the journal's newest record stands. */
export interface Head {
  readonly page: number;
  readonly header: PageHeader;
  /** Block within the page. */
  readonly index: number;
  readonly block: Block;
  /** Bytes behind the last good record that are neither records nor erased; nothing may be written behind them. */
  readonly torn: number;
  /** Whether a newer page or block was passed over because nothing in it verifies. */
  readonly skipped: boolean;
}

/** The header of each page of the ring, null where there is none. One short read a page. */
export function readHeaders(flash: FlashRegion, crypto: Crypto): (PageHeader | null)[] {
  const headers: (PageHeader | null)[] = [];
  for (let page = 0; page < flash.pages; page++)
    headers.push(readHeader(flash.read(page * flash.pageSize, HEADER_SIZE), crypto));
  return headers;
}

/** The page with the highest sequence below `below`; -1 when there is none. */
export function newestPage(headers: readonly (PageHeader | null)[], below: number): number {
  let newest = -1;
  let sequence = 0;
  for (let page = 0; page < headers.length; page++) {
    const header = headers[page];
    if (header !== null && header.sequence > sequence && header.sequence < below) {
      newest = page;
      sequence = header.sequence;
    }
  }
  return newest;
}

/** Read and walk one block of a page; null when it holds nothing. */
export function readBlock(flash: FlashRegion, page: number, index: number, salt: number, crypto: Crypto): Block | null {
  const bytes = flash.read(page * flash.pageSize + index * BLOCK_SIZE, BLOCK_SIZE);
  return walkBlock(bytes, index === 0 ? HEADER_SIZE : 0, salt, crypto);
}

/** Bytes of `bytes` that are not erased, counted from `from` to the last of them. */
function rubbish(bytes: Uint8Array, from: number): number {
  let end = bytes.length;
  while (end > from && bytes[end - 1] === 0xff) end--;
  return end - from;
}

/**
 * Find the newest record. Pages are tried from the newest back, and in a page the blocks from the last programmed one
 * back: what a power cut or a rotten block leaves unreadable is passed over. Null on a journal that holds nothing.
 */
export function findHead(flash: FlashRegion, headers: readonly (PageHeader | null)[], crypto: Crypto): Head | null {
  let skipped = false;
  let below = 4294967296;
  for (;;) {
    const page = newestPage(headers, below);
    if (page < 0) return null;
    const header = headers[page] as PageHeader;
    for (let index = BLOCKS_PER_PAGE - 1; index >= 0; index--) {
      const start = index === 0 ? HEADER_SIZE : 0;
      if (flash.read(page * flash.pageSize + index * BLOCK_SIZE + start, 1)[0] === 0xff) continue;
      const block = readBlock(flash, page, index, header.crc, crypto);
      if (block !== null)
        return { page, header, index, block, torn: rubbish(block.bytes, block.end), skipped };
      skipped = true;
    }
    below = header.sequence;
  }
}
