import type { walkDataBlock } from '../decode/page.ts';
import { accountPage } from './account.ts';
import type { Finding } from './finding.ts';
import { passedOver, type RingPage } from './places.ts';
import type { Region } from './region.ts';

/** The pages that are the log. */
export interface Log {
  /** By sequence, none twice. */
  readonly pages: readonly RingPage[];
  /** Places of the ring that the tracker has given up, whatever they hold. */
  readonly worn: ReadonlySet<number>;
  /** Pages whose sequence another one has too. */
  readonly findings: readonly Finding[];
}

/** Take the pages of a ring as a log. */
export function readLog({ pages: held, ringPages }: Region, walk: typeof walkDataBlock): Log {
  const pages: RingPage[] = [];
  const findings: Finding[] = [];
  for (const page of held) {
    if (pages.at(-1)?.sequence === page.sequence) {
      const detail = `Page ${page.sequence} is there a second time, at byte ${page.offset}; no tracker writes two.`;
      findings.push({ kind: 'place', offset: page.offset, detail });
    } else {
      pages.push({ ...page, account: accountPage(page.bytes, page, walk) });
    }
  }
  // The newest page is not sealed: anybody may have written into it that pages were given up.
  const worn = passedOver(pages, pages.slice(0, -1), ringPages);
  return { pages: pages.filter(({ index }) => !worn.has(index)), worn, findings };
}
