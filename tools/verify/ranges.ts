import { anchorsOf } from '../time/anchor.ts';
import { resolveUtc, type UtcResolver } from '../time/utc.ts';
import type { Link } from './chain.ts';
import type { RingPage } from './places.ts';
import type { SeqRange } from './story.ts';
import { firstAndLast, type Moment } from './times.ts';

/** Pages of the log one behind the other. */
export interface PageRange {
  readonly firstPage: number;
  readonly lastPage: number;
  /** Where the first of them stands in the image. */
  readonly offset: number;
  /** How many records are believed, and the first and last of them; null where none is. */
  readonly records: (SeqRange & { readonly count: number }) | null;
  /** The first and last record that has a time. */
  readonly times: { readonly first: Moment; readonly last: Moment } | null;
}

/** The log from one page to another. `utc` must know no clock that is less certain than these pages are. */
export function rangeOf(pages: readonly RingPage[], utc: UtcResolver): PageRange {
  const blocks = pages.flatMap(({ account }) => account.blocks);
  const full = blocks.filter(({ content, nextSeq }) => content && nextSeq > content.key.seq);
  const contents = full.flatMap(({ content }) => content ?? []);
  const records = full.length > 0 && {
    count: full.reduce((sum, { content, nextSeq }) => sum + nextSeq - (content?.key.seq ?? nextSeq), 0),
    firstSeq: contents[0].key.seq,
    lastSeq: full[full.length - 1].nextSeq - 1,
  };
  return {
    firstPage: pages[0].sequence,
    lastPage: pages[pages.length - 1].sequence,
    offset: pages[0].offset,
    records: records || null,
    times: firstAndLast(contents, utc) ?? null,
  };
}

/** Pages whose seals agree, where they follow each other as one. */
export function sealedRuns(links: readonly Link<RingPage>[]): RingPage[][] {
  const runs: RingPage[][] = [];
  let open = false;
  for (const { page, state } of links) {
    if (state === 'agrees' && open) runs[runs.length - 1].push(page);
    else if (state === 'agrees') runs.push([page]);
    open = state === 'agrees';
  }
  return runs;
}

/** UTC by the clocks that these pages have recorded. */
export function clockOf(pages: readonly RingPage[]): UtcResolver {
  const blocks = pages.flatMap(({ account }) => account.blocks);
  return resolveUtc(anchorsOf(blocks.flatMap(({ content }) => content?.records ?? [])));
}

/** Ranges that overlap or meet, as one. */
export function merged(ranges: readonly SeqRange[]): SeqRange[] {
  const result: SeqRange[] = [];
  for (const { firstSeq, lastSeq } of [...ranges].sort((a, b) => a.firstSeq - b.firstSeq)) {
    const last = result.at(-1);
    if (last && firstSeq <= last.lastSeq + 1)
      result[result.length - 1] = { firstSeq: last.firstSeq, lastSeq: Math.max(last.lastSeq, lastSeq) };
    else result.push({ firstSeq, lastSeq });
  }
  return result;
}
