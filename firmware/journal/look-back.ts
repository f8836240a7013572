import { BLOCKS_PER_PAGE } from './format.ts';
import { readHeader } from './header.ts';
import type { Journal } from './journal.ts';
import { newestPage } from './pages.ts';
import { type Block, walkBlock } from './walk.ts';

/**
 * Go back through the journal block by block, the newest first, `most` of them, until `found` says so of one. `found` hears
 * in which page and where in it the block stands.
 */
export function lookBack(
  journal: Journal,
  most: number,
  found: (block: Block, page: number, index: number) => boolean,
): void {
  const ring = journal.ring;
  let left = most;
  let page = ring.page;
  let index = ring.index;
  while (page >= 0) {
    const header = readHeader(ring.flash, page, ring.crypto);
    for (; header !== null && index >= 0; index--) {
      const block = walkBlock(ring.flash, page, index, header, ring.crypto, null);
      if (block === null) continue;
      left--;
      if (found(block, page, index) || left <= 0) return;
    }
    const sequences = ring.table.sequence;
    page = newestPage(sequences, sequences[page]);
    index = BLOCKS_PER_PAGE - 1;
  }
}
