import { readSeal } from '../decode/page.ts';
import { count, type Finding, span } from './finding.ts';
import type { HeldPage } from './region.ts';
import { isNoSeal, sealOf } from './seal.ts';
import type { SeqRange } from './story.ts';

/**
 * What the seal of a page says of it. `agrees`; `differs`; `none`: it is all 00; `damaged`: something else stands in its
 * place; `unknown`: there is no key; `missing`: the page behind, which has it, is not held; `open`: the page is the newest.
 */
export type SealState = 'agrees' | 'differs' | 'none' | 'damaged' | 'unknown' | 'missing' | 'open';

export interface Link<Page extends HeldPage = HeldPage> {
  readonly page: Page;
  /** The page with the next sequence, which has the seal of this one. */
  readonly next: Page | undefined;
  readonly state: SealState;
}

/** The seals of `pages`, which stand by sequence and have none twice. */
export function checkSeals<Page extends HeldPage>(
  pages: readonly Page[],
  deviceKey: Uint8Array | undefined,
): Link<Page>[] {
  return pages.map((page, i) => {
    const behind = pages[i + 1];
    if (behind === undefined) return { page, next: undefined, state: 'open' };
    if (behind.sequence !== page.sequence + 1) return { page, next: undefined, state: 'missing' };
    return { page, next: behind, state: stateOf(page, behind, deviceKey) };
  });
}

function stateOf(page: HeldPage, next: HeldPage, deviceKey: Uint8Array | undefined): SealState {
  const seal = readSeal(next.bytes);
  if (seal === undefined) return 'damaged';
  if (isNoSeal(seal)) return 'none';
  if (!deviceKey) return 'unknown';
  return sealOf(page.bytes, deviceKey).equals(seal) ? 'agrees' : 'differs';
}

/** What is wrong with the seals under a key, the oldest page first. `recordsOf` tells which records a page holds. */
export function sealFindings<Page extends HeldPage>(
  links: readonly Link<Page>[],
  recordsOf: (page: Page) => SeqRange | null,
): Finding[] {
  const findings = links.slice(0, 1).flatMap(({ page }) => firstSealFindings(page));
  for (const [i, { page, next, state }] of links.entries()) {
    const reason = next && reasonOf(state, next.sequence, links[i + 1].state);
    if (!reason) continue;
    const records = recordsOf(page);
    const held = records ? span('record', records.firstSeq, records.lastSeq) : 'no record';
    const kind = state === 'none' ? 'not-sealed' : 'seal';
    findings.push({ kind, offset: page.offset, detail: `Page ${page.sequence} (${held}) ${reason}` });
  }
  return findings;
}

function reasonOf(state: SealState, next: number, follower: SealState): string | undefined {
  if (state === 'none')
    return `is not sealed: page ${next}, which should have its seal, was written without a key.`;
  if (state === 'damaged')
    return `can't be proven: page ${next} has something else where its seal should stand.`;
  if (state !== 'differs') return undefined;
  if (follower === 'agrees')
    return 'is not the page that was sealed: it was changed, or put in the place of that page.';
  return follower === 'open'
    ? `does not agree with its seal: it was changed, or page ${next} was, the newest, in which the seal stands.`
    : `does not agree with its seal; nor is page ${next} proven, in which the seal stands. One of them was changed.`;
}

/** The seal in the oldest page can't be tried, as the page before it is gone; but it can be told whether it is one. */
function firstSealFindings({ sequence, offset, bytes }: HeldPage): Finding[] {
  const seal = readSeal(bytes);
  if (seal && (sequence > 1 || isNoSeal(seal))) return [];
  const detail = seal
    ? 'Page 1 has a seal in it, though there is no page before it.'
    : `Page ${sequence} has something else where the seal of the page before should stand.`;
  return [{ kind: 'seal', offset, detail }];
}

/** A sentence for when the key may be the wrong one: seals are there, and not one of them agrees. */
export function keyDoubt(links: readonly Link[]): string | undefined {
  const tried = links.filter(({ state }) => state === 'agrees' || state === 'differs');
  if (tried.length === 0 || tried.some(({ state }) => state === 'agrees')) return undefined;
  return `No seal agrees (${count(tried.length, 'page')} tried): the key may be that of another device.`;
}
