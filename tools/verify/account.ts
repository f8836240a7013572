import type { Block, Walk } from '../decode/block.ts';
import {
  BLOCK_BYTES,
  blockLayout,
  blockLimit,
  blockStart,
  checkBlocks,
  dataBlocks,
  walkDataBlock,
} from '../decode/page.ts';
import type { PageHeader } from '../decode/page-header.ts';

/** Of a check block: the head of its byte string. */
const CHECK_HEAD_BYTES = 3;

/** Bytes that are neither the log nor erased, in the way that a FAULT counts them: from there to the last one. */
export interface Rubbish {
  readonly at: number;
  readonly bytes: number;
}

/** What a block is made of that holds something. Offsets are in its page. */
export interface BlockAccount {
  /** The records that are believed; undefined when none is. */
  readonly content: Block | undefined;
  /** Seq behind the last of them. */
  readonly nextSeq: number;
  /** Behind the last of them. */
  readonly rubbish: Rubbish | undefined;
  /** Behind the newest check that was there before the next block was begun. */
  readonly checkRubbish: readonly Rubbish[];
}

export interface PageAccount {
  /** In the order of writing. */
  readonly blocks: readonly BlockAccount[];
  /** Checks of records that are believed which are not the right ones. */
  readonly wrongChecks: readonly number[];
  /** Bytes between checks that are nothing. */
  readonly strays: readonly number[];
}

interface Found {
  readonly index: number;
  /** Undefined when nothing in the block is believed. */
  readonly walk: Walk | undefined;
  /** Where the checks of what is believed stand, the KEY's first. */
  readonly places: readonly number[];
}

/**
 * Account for every byte of a page behind its header and seal: records and checks that are believed, heads of check
 * blocks, FF; all others are rubbish. `walk` is for who knows the blocks already.
 */
export function accountPage(page: Uint8Array, header: PageHeader, walk = walkDataBlock): PageAccount {
  const checkIndexes = checkBlocks(page);
  const found = findBlocks(page, header, new Set(checkIndexes), walk);
  const taken = new Uint8Array(page.length);
  for (const { places } of found) for (const place of places) taken[place] = 1;

  const strays: number[] = [];
  const checkRubbish = new Map<Found | undefined, Rubbish[]>();
  for (const index of checkIndexes) {
    const start = index * BLOCK_BYTES + CHECK_HEAD_BYTES;
    const limit = blockLimit(page, index);
    let last = limit - 1;
    while (last >= start && !taken[last]) last--;
    for (let at = start; at < last; at++) if (!taken[at] && page[at] !== 0xff) strays.push(at);
    const rubbish = rubbishFrom(page, Math.max(start, last + 1), limit);
    if (!rubbish) continue;
    const next = found.findIndex((block) => isBegunBehind(block, index));
    const owner = found.at(next < 0 ? -1 : Math.max(0, next - 1));
    checkRubbish.set(owner, [...(checkRubbish.get(owner) ?? []), rubbish]);
  }
  for (const { at } of checkRubbish.get(undefined) ?? []) strays.push(at);

  return {
    blocks: found
      .map((block) => accountBlock(page, block, checkRubbish.get(block) ?? []))
      .filter((block) => block.content || block.rubbish || block.checkRubbish.length > 0),
    wrongChecks: found.flatMap(({ walk: walked, places }) =>
      places.filter((_, i) => !walked?.items[i].agrees),
    ),
    strays,
  };
}

function findBlocks(
  page: Uint8Array,
  header: PageHeader,
  isChecks: ReadonlySet<number>,
  walk: typeof walkDataBlock,
): Found[] {
  const isData = new Set(dataBlocks(page));
  const found: Found[] = [];
  for (let index = 0; index * BLOCK_BYTES < page.length; index++) {
    if (isChecks.has(index)) continue;
    const layout = isData.has(index) ? blockLayout(page, index) : undefined;
    const walked = layout && walk(page, index, header);
    if (layout && walked?.block) {
      const places = Array.from({ length: walked.believed }, (_, i) => checkPlace(layout.checksAt, i));
      found.push({ index, walk: walked, places });
    } else {
      found.push({ index, walk: undefined, places: [] });
    }
  }
  return inOrder(found);
}

/** Rubbish may be what a cut has left of a check block: then it stands above data blocks that were begun later. */
function inOrder(found: readonly Found[]): Found[] {
  const order = found.filter(({ walk }) => walk);
  for (const block of found) {
    if (block.walk) continue;
    const next = order.findIndex((other) => isBegunBehind(other, block.index));
    order.splice(next < 0 ? order.length : next, 0, block);
  }
  return order;
}

/** Whether a data block was begun when block `index` was passed already: it stands behind it, or its checks below it. */
function isBegunBehind({ index: own, places }: Found, index: number): boolean {
  return places.length > 0 && (own > index || places[0] < index * BLOCK_BYTES);
}

function accountBlock(
  page: Uint8Array,
  { index, walk }: Found,
  checkRubbish: readonly Rubbish[],
): BlockAccount {
  const content = walk?.block;
  return {
    content,
    nextSeq: content ? content.key.seq + content.records.length + content.readings.length : 0,
    rubbish: rubbishFrom(page, walk?.end ?? blockStart(index), blockLimit(page, index)),
    checkRubbish,
  };
}

/** Where the check of item `i` of a block stands: over the end of a check block the checks go on in the one below. */
function checkPlace(checksAt: number, i: number): number {
  const end = (Math.floor(checksAt / BLOCK_BYTES) + 1) * BLOCK_BYTES;
  return checksAt + i < end ? checksAt + i : checksAt + i - 2 * BLOCK_BYTES + CHECK_HEAD_BYTES;
}

function rubbishFrom(page: Uint8Array, at: number, limit: number): Rubbish | undefined {
  let end = limit;
  while (end > at && page[end - 1] === 0xff) end--;
  return end > at ? { at, bytes: end - at } : undefined;
}
