/**
 * Pages and messages as a CBOR decoder reads them that knows nothing of the journal: every item, with the rule of
 * docs/journal.cddl that it must follow.
 */
import { decode, decodeMultiple } from 'cbor-x';

export type Item = readonly [rule: string, value: unknown];

const BLOCK = 256;
const FIRST_RECORD = 57;

/** All items of a page. Throws where something is no CBOR, and where a block is neither erased nor begins as one does. */
export function pageItems(page: Uint8Array): Item[] {
  const [header, seal, ...more] = decodeMultiple(page.subarray(0, FIRST_RECORD)) as unknown[];
  if (more.length > 0) throw new Error('more than header and seal before the first record');
  const blocks = Array.from({ length: page.length / BLOCK }, (_, index) =>
    blockItems(page.subarray(index * BLOCK || FIRST_RECORD, (index + 1) * BLOCK)),
  );
  return [['page-header', header], ['seal', seal], ...blocks.flat()];
}

function blockItems(block: Uint8Array): Item[] {
  if (block.every((byte) => byte === 0xff)) return [];
  if (block[0] === 0x59) return [['check-block', decode(block)]];
  return recordItems(erasedBehind(block));
}

/** The items at the start of `block`; what follows them is FF, as the last byte of the last item may be. */
function erasedBehind(block: Uint8Array): unknown[] {
  let end = block.length;
  while (block[end - 1] === 0xff) end--;
  for (;;) {
    try {
      return decodeMultiple(block.subarray(0, end)) as unknown[];
    } catch (error) {
      if (++end > block.length) throw error;
    }
  }
}

/** All items of a message. Throws where something is no CBOR. */
export function messageItems(message: Uint8Array): Item[] {
  const [header, ...rest] = decodeMultiple(message) as unknown[];
  const items: Item[] = [['message-header', header]];
  while (rest.length > 0) {
    const checks = rest.shift();
    items.push(['checks', checks], ...recordItems(rest.splice(0, (checks as Uint8Array).length)));
  }
  return items;
}

function recordItems([key, ...records]: unknown[]): Item[] {
  return [['key', key], ...records.map((record): Item => ['record', record])];
}
