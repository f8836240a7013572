import type { Block, Walk } from './block.ts';
import {
  BLOCK_BYTES,
  blockLimit,
  blockStart,
  checkBlocks,
  dataBlocks,
  readSeal,
  walkDataBlock,
} from './page.ts';
import { PAGE_HEADER_BYTES, type PageHeader, readPageHeader } from './page-header.ts';
import type { Reading } from './reading.ts';
import type { JournalRecord } from './record.ts';

export interface JournalPage extends PageHeader {
  /** Where the page begins in the image. */
  offset: number;
  /** The 16 bytes that vouch for the page before; undefined when they are damaged. */
  seal: Uint8Array | undefined;
  /** The blocks that hold something, in order. */
  blocks: Block[];
  /** Where in the image each CBOR item of the page begins: header, seal, what was walked, check blocks. */
  items: number[];
}

export type ProblemKind =
  | 'bad-header'
  | 'other-format'
  | 'repeated-page-sequence'
  | 'cut-page'
  | 'bad-seal'
  | 'bad-block'
  | 'torn-tail'
  | 'rot'
  | 'bad-check'
  | 'unknown-kind';

export interface JournalProblem {
  kind: ProblemKind;
  /** Where in the image: the page, the block, or the first byte that is not believed. */
  offset: number;
  /** One sentence for a person. */
  detail: string;
}

export interface JournalImage {
  /** Pages with a valid header, oldest first. */
  pages: JournalPage[];
  /** Every record except KEYs and readings, in the order of writing. */
  records: JournalRecord[];
  /** Every reading that is believed, in the order of writing; those of erased pages are in the KEPTs. */
  readings: Reading[];
  problems: JournalProblem[];
}

/**
 * Read a copy of the journal's flash region. Any bytes give a result: what is not believed is left out and told in
 * `problems`. `pageSize` is in bytes, a multiple of 256.
 */
export function decodeJournalImage(
  image: Uint8Array,
  { pageSize = 4096 }: { pageSize?: number } = {},
): JournalImage {
  if (!(pageSize > BLOCK_BYTES) || pageSize % BLOCK_BYTES !== 0) {
    throw new RangeError(`a page of ${pageSize} bytes is no row of blocks of ${BLOCK_BYTES}`);
  }
  const problems: JournalProblem[] = [];
  const pages: JournalPage[] = [];
  for (let offset = 0; offset < image.length; offset += pageSize) {
    const bytes = image.subarray(offset, offset + pageSize);
    const header = readPageHeader(bytes, 0);
    if (typeof header !== 'string') pages.push(readPage(bytes, pageSize, offset, header, problems));
    else problems.push(...headerProblems(bytes, offset, header));
  }
  pages.sort((a, b) => a.sequence - b.sequence);
  for (const [index, page] of pages.entries()) {
    if (page.sequence !== pages[index + 1]?.sequence) continue;
    const detail = `Two pages have the sequence ${page.sequence}; both are read.`;
    problems.push({ kind: 'repeated-page-sequence', offset: page.offset, detail });
  }
  const blocks = pages.flatMap((page) => page.blocks);
  return {
    pages,
    records: blocks.flatMap((block) => block.records),
    readings: blocks.flatMap((block) => block.readings),
    problems,
  };
}

function headerProblems(
  page: Uint8Array,
  offset: number,
  header: 'erased' | 'configuration' | 'other-format' | 'bad-header',
): JournalProblem[] {
  if (header === 'configuration') return [];
  if (header !== 'erased') return [{ kind: header, offset, detail: headerDetail[header] }];
  return isErased(page) ? [] : [{ kind: 'bad-header', offset, detail: headerDetail.erased }];
}

const headerDetail = {
  erased: 'The page has no header, but is not erased either; nothing in it can be trusted.',
  'bad-header': 'The page header does not verify; nothing in the page can be trusted.',
  'other-format': 'The page was written in another format than 1; nothing in it is guessed at.',
};

function readPage(
  bytes: Uint8Array,
  pageSize: number,
  offset: number,
  header: PageHeader,
  problems: JournalProblem[],
): JournalPage {
  const problem = (kind: ProblemKind, at: number, detail: string): void => {
    problems.push({ kind, offset: offset + at, detail });
  };
  const seal = readSeal(bytes);
  const items = seal ? [0, PAGE_HEADER_BYTES] : [0];
  const blocks: Block[] = [];
  if (bytes.length < pageSize) {
    problem('cut-page', 0, `Of this page there are ${bytes.length} bytes only; its checks stand at its end.`);
  }
  if (!seal) problem('bad-seal', PAGE_HEADER_BYTES, 'Where the seal should stand there is something else.');
  const data = new Set(dataBlocks(bytes));
  const checks = new Set(checkBlocks(bytes));
  for (let block = 0; block * BLOCK_BYTES < bytes.length; block++) {
    const start = blockStart(block);
    if (checks.has(block)) {
      if ((block + 1) * BLOCK_BYTES <= bytes.length) items.push(start);
    } else if (data.has(block)) {
      const walk = walkDataBlock(bytes, block, header);
      if (walk.block) blocks.push(walk.block);
      items.push(...walk.items.map(({ at }) => at));
      if (bytes.length === pageSize) walkProblems(bytes, block, walk, problem);
    } else if (!isErased(bytes.subarray(start, blockLimit(bytes, block)))) {
      problem(
        'bad-block',
        start,
        'A block begins neither with a KEY nor as check blocks do; it holds nothing.',
      );
    }
  }
  return { ...header, offset, seal, blocks, items: items.map((at) => offset + at) };
}

function walkProblems(
  bytes: Uint8Array,
  block: number,
  walk: Walk,
  problem: (kind: ProblemKind, at: number, detail: string) => void,
): void {
  const start = blockStart(block);
  for (const record of walk.block?.records ?? []) {
    if (record.kind !== 'UNKNOWN') continue;
    problem(
      'unknown-kind',
      start,
      `Record ${record.seq} is of kind ${record.code}, which this decoder does not know.`,
    );
  }
  const doubtful = walk.items.slice(0, walk.believed).filter(({ agrees }) => !agrees).length;
  if (doubtful > 0) {
    problem('bad-check', start, `${doubtful} checks of records that are believed do not agree with them.`);
  }
  let junk = blockLimit(bytes, block);
  while (junk > walk.end && bytes[junk - 1] === 0xff) junk--;
  const left = junk - walk.end;
  if (left === 0) return;
  if (walk.rotten) {
    problem('rot', walk.end, `Something has rotted: ${left} bytes of a block are not believed.`);
  } else if (walk.block) {
    problem('torn-tail', walk.end, `${left} bytes behind the last whole record do not verify.`);
  } else {
    problem('bad-block', start, `A block of ${left} bytes has no KEY that verifies; it holds nothing.`);
  }
}

function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff);
}
