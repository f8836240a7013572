import { type Block, type Walk, walkBlock } from './block.ts';
import { PAGE_HEADER_BYTES, type PageHeader, readPageHeader } from './page-header.ts';
import type { Reading } from './reading.ts';
import type { JournalRecord } from './record.ts';

export interface JournalPage extends PageHeader {
  /** Where the page begins in the image. */
  offset: number;
  /** The blocks that hold something, in order. */
  blocks: Block[];
}

export type ProblemKind =
  | 'bad-header'
  | 'other-format'
  | 'repeated-page-sequence'
  | 'bad-key'
  | 'torn-tail'
  | 'unknown-kind';

export interface JournalProblem {
  kind: ProblemKind;
  /** Where in the image: the page, the block, or the first byte that does not verify. */
  offset: number;
  /** One sentence for a person. */
  detail: string;
}

export interface JournalImage {
  /** Pages with a valid header, oldest first. */
  pages: JournalPage[];
  /** Every record except KEYs and readings, in the order of writing. */
  records: JournalRecord[];
  /** Every reading that verifies, in the order of writing. */
  readings: Reading[];
  problems: JournalProblem[];
}

/**
 * Read a copy of the journal's flash region. Any bytes give a result: what does not verify is left out and told in
 * `problems`. Sizes are bytes; `pageSize` must be a multiple of `blockSize`.
 */
export function decodeJournalImage(
  image: Uint8Array,
  { pageSize = 4096, blockSize = 256 }: { pageSize?: number; blockSize?: number } = {},
): JournalImage {
  if (!(blockSize > PAGE_HEADER_BYTES) || pageSize % blockSize !== 0) {
    throw new RangeError(`a page of ${pageSize} bytes cannot have blocks of ${blockSize}`);
  }
  const problems: JournalProblem[] = [];
  const pages: JournalPage[] = [];
  for (let offset = 0; offset < image.length; offset += pageSize) {
    const header = readPageHeader(image, offset);
    if (header === 'erased' || header === 'configuration') continue;
    if (typeof header === 'string') {
      problems.push({ kind: header, offset, detail: headerDetail[header] });
      continue;
    }
    const end = Math.min(offset + pageSize, image.length);
    pages.push({ ...header, offset, blocks: readBlocks(image, offset, end, blockSize, header, problems) });
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

const headerDetail = {
  'bad-header': 'The page header does not verify; nothing in the page can be trusted.',
  'other-format': 'The page was written in another format than 1; nothing in it is guessed at.',
};

function readBlocks(
  image: Uint8Array,
  pageStart: number,
  pageEnd: number,
  blockSize: number,
  header: PageHeader,
  problems: JournalProblem[],
): Block[] {
  const blocks: Block[] = [];
  for (let boundary = pageStart; boundary < pageEnd; boundary += blockSize) {
    const start = boundary === pageStart ? pageStart + PAGE_HEADER_BYTES : boundary;
    const limit = Math.min(boundary + blockSize, pageEnd);
    const walk = walkBlock(image, start, limit, { pageCrc: header.crc, steps: header.steps });
    if (walk.block) blocks.push(walk.block);
    problems.push(...blockProblems(image, start, limit, walk));
  }
  return blocks;
}

function blockProblems(image: Uint8Array, start: number, limit: number, walk: Walk): JournalProblem[] {
  const problems: JournalProblem[] = [];
  for (const record of walk.block?.records ?? []) {
    if (record.kind !== 'UNKNOWN') continue;
    const detail = `Record ${record.seq} is of kind ${record.code}, which this decoder does not know.`;
    problems.push({ kind: 'unknown-kind', offset: start, detail });
  }
  let junk = limit;
  while (junk > walk.end && image[junk - 1] === 0xff) junk--;
  if (junk > walk.end) {
    const bytes = junk - walk.end;
    problems.push(
      walk.block
        ? {
            kind: 'torn-tail',
            offset: walk.end,
            detail: `${bytes} bytes behind the last whole record do not verify.`,
          }
        : {
            kind: 'bad-key',
            offset: walk.end,
            detail: `A block of ${bytes} bytes has no valid KEY and holds nothing.`,
          },
    );
  }
  return problems;
}
