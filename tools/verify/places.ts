import { JOURNAL_VERIFY } from '../../hal/faults.ts';
import type { PageAccount } from './account.ts';
import { count, type Finding, span } from './finding.ts';
import { type HeldPage, PAGE_BYTES, type Region, type Slot } from './region.ts';

export interface RingPage extends HeldPage {
  readonly account: PageAccount;
}

/**
 * The places that the tracker has passed over: those right in front of one of `telling` which says that as many were given
 * up, down to one that holds a page of the same time round.
 */
export function passedOver(
  pages: readonly RingPage[],
  telling: readonly RingPage[],
  ringPages: number,
): Set<number> {
  const sequences = new Map(pages.map(({ index, sequence }) => [index, sequence]));
  const places = new Set<number>();
  for (const page of telling) {
    const most = Math.min(givenUp(page), ringPages - 1);
    for (let back = 1; back <= most; back++) {
      const place = (page.index - back + ringPages) % ringPages;
      if ((sequences.get(place) ?? 0) > page.sequence - ringPages) break;
      places.add(place);
    }
  }
  return places;
}

/**
 * Whether the places of the ring hold what they must. `pages` is the log by sequence; `worn` are places that count for
 * nothing. Pages are taken in turn, so behind the newest come the places that were never used, or, once the ring has been
 * filled, one that is erased ahead of its time.
 */
export function judgePlaces(
  region: Region,
  pages: readonly RingPage[],
  worn: ReadonlySet<number>,
): Finding[] {
  const findings = pages.flatMap((page, i) => gapBefore(page, pages[i - 1]));
  for (const page of region.misplaced) {
    const detail = `A page that by its own header is page ${page.sequence}, place ${page.index} of ${page.ringPages}, stands where it does not belong.`;
    findings.push({ kind: 'place', offset: page.offset, detail });
  }
  const free = freePlaces(pages, region.ringPages);
  const mayBeErased = new Set(free);
  const odd = region.slots.filter(
    ({ place, state }) =>
      state !== 'page' &&
      state !== 'misplaced' &&
      !worn.has(place) &&
      !(state === 'erased' && mayBeErased.has(place)),
  );
  for (const run of runs(odd)) findings.push(oddPlaces(run, region, run[0].place === free[0]));
  return findings;
}

/** Places that may be erased, from the one behind the newest page on. */
function freePlaces(pages: readonly RingPage[], ringPages: number): number[] {
  const oldest = pages.at(0);
  const newest = pages.at(-1);
  if (!oldest || !newest) return [];
  const places: number[] = [];
  for (let at = (newest.index + 1) % ringPages; at !== oldest.index; at = (at + 1) % ringPages)
    places.push(at);
  return oldest.sequence === 1 ? places : places.slice(0, 1);
}

/** Blocks and pages that the log gave up as worn in this page or right before it. */
function givenUp(page: RingPage): number {
  let sum = 0;
  for (const { content } of page.account.blocks)
    for (const record of content?.records ?? [])
      if (record.kind === 'FAULT' && record.code === JOURNAL_VERIFY) sum += record.detail;
  return sum;
}

function gapBefore(page: RingPage, before: RingPage | undefined): Finding[] {
  if (!before || before.sequence + 1 >= page.sequence) return [];
  const firstSeq = before.account.blocks.findLast(({ content }) => content)?.nextSeq ?? before.firstSeq;
  const records = page.firstSeq > firstSeq ? `, with ${span('record', firstSeq, page.firstSeq - 1)}` : '';
  const detail = `Missing: ${span('page', before.sequence + 1, page.sequence - 1)} of the log${records}.`;
  return [{ kind: 'missing-pages', offset: page.offset, detail }];
}

/** Neighbours in the same state, as one. */
function runs(slots: readonly Slot[]): Slot[][] {
  const found: Slot[][] = [];
  for (const slot of slots) {
    const run = found.at(-1);
    const last = run?.at(-1);
    if (run && last?.place === slot.place - 1 && last.state === slot.state) run.push(slot);
    else found.push([slot]);
  }
  return found;
}

function oddPlaces(run: readonly Slot[], { ringPages }: Region, isNext: boolean): Finding {
  const { state, place, offset } = run[0];
  const where = `${span('place', place, run[run.length - 1].place)} of the ring of ${ringPages}`;
  switch (state) {
    case 'cut':
      return {
        kind: 'missing-pages',
        offset,
        detail: `Cut off by the end of the image: ${where}. A page has ${PAGE_BYTES} bytes.`,
      };
    case 'absent':
      return {
        kind: 'missing-pages',
        offset,
        detail: `Not in the image: ${where} (${count(run.length, 'page')}).`,
      };
    case 'later-format':
      return {
        kind: 'later-format',
        offset,
        detail: `Of a later format: ${where}. This version can't prove it; update the host tools.`,
      };
    case 'erased':
      return {
        kind: 'erased-page',
        offset,
        detail: `Erased: ${where}. The ring has been filled before, so ${count(run.length, 'page')} of the log should stand here.`,
      };
    default:
      return {
        kind: 'missing-pages',
        offset,
        detail: isNext
          ? `Neither a page of the log nor erased: ${where}, next behind the newest page. A power cut leaves it so while the tracker erases or begins it, and it will be erased again; but it may also be a page that was made unreadable.`
          : `Neither a page of the log nor erased: ${where}. No header verifies there; a page of the log may have been destroyed.`,
      };
  }
}
