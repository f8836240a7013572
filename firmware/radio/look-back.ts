import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { BLOCKS_PER_PAGE } from '../journal/format.ts';
import { readHeader } from '../journal/header.ts';
import type { Journal } from '../journal/journal.ts';
import { newestPage } from '../journal/pages.ts';
import type { Scale } from '../journal/scale.ts';
import { type Block, walkBlock } from '../journal/walk.ts';

/**
 * Go back through the journal block by block, the newest first, `most` of them, until `found` says so of one. `visit` sees
 * each reading of a block, oldest first, with the scale of its page, before `found` is asked about the block.
 */
export function lookBack(
  journal: Journal,
  flash: FlashRegion,
  crypto: Crypto,
  most: number,
  visit: ((block: Block, scale: Scale) => void) | null,
  found: (block: Block) => boolean,
): void {
  const sequences = journal.ring.table.sequence;
  let left = most;
  let page = journal.ring.page;
  let index = journal.ring.index;
  while (page >= 0) {
    const header = readHeader(flash, page, crypto);
    const visitRow =
      visit === null || header === null
        ? null
        : (block: Block): void => {
            visit(block, header.scale);
          };
    for (; header !== null && index >= 0; index--) {
      const block = walkBlock(flash, page, index, header, crypto, visitRow);
      if (block === null) continue;
      left--;
      if (found(block) || left <= 0) return;
    }
    page = newestPage(sequences, sequences[page]);
    index = BLOCKS_PER_PAGE - 1;
  }
}
