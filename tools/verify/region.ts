import { type PageHeader, readPageHeader } from '../decode/page-header.ts';

export const PAGE_BYTES = 4096;

/** Pages of the configuration, which stand right in front of the ring. */
const CONFIGURATION_PAGES = 2;

/**
 * What a place of the ring holds. `cut`: the file ends inside; `absent`: it ends before, or begins behind; `rubbish`: a
 * header that does not verify, or bytes without one; `misplaced`: a page that belongs elsewhere by its own header.
 */
export type SlotState = 'page' | 'erased' | 'cut' | 'absent' | 'rubbish' | 'later-format' | 'misplaced';

/** A place of the ring. */
export interface Slot {
  /** Index in the ring, from 0. */
  readonly place: number;
  /** Where it begins in the image; beyond it, or negative, when the image does not hold it. */
  readonly offset: number;
  readonly state: SlotState;
}

/** A page of the log that the image holds whole and in its place. */
export interface HeldPage extends PageHeader {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Where in an image everything stands, in bytes. */
export interface Region {
  /** Negative where the image begins inside of the ring. */
  readonly ringStart: number;
  readonly ringPages: number;
  readonly slots: readonly Slot[];
  /** By sequence, the oldest first. */
  readonly pages: readonly HeldPage[];
  /** Pages with a valid header in the wrong place. */
  readonly misplaced: readonly HeldPage[];
  /** The pages of the configuration that the image holds: 0 and 1, or 1, or none. */
  readonly configuration: readonly { readonly page: number; readonly offset: number }[];
  /** Stretches in front of all that and behind it. */
  readonly outside: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Find the ring in an image: each page says which place of how many it has, so most of them agree on where the ring
 * begins. Undefined when there is no page of ours.
 */
export function findRegion(image: Uint8Array): Region | undefined {
  const found = findPages(image);
  const home = mostCommon(found.map(ringOf));
  if (home === undefined) return undefined;
  const { ringStart, ringPages } = home;
  const ringEnd = ringStart + ringPages * PAGE_BYTES;
  const isHome = (page: HeldPage): boolean => {
    const ring = ringOf(page);
    return ring.ringStart === ringStart && ring.ringPages === ringPages && page.index < ringPages;
  };
  const isWhole = (page: HeldPage): boolean => page.bytes.length === PAGE_BYTES;
  const before = Math.max(0, ringStart - CONFIGURATION_PAGES * PAGE_BYTES);
  const at = new Map(found.map((page) => [page.offset, page]));
  const configuration = [];
  for (let offset = before; offset < ringStart; offset += PAGE_BYTES)
    configuration.push({ page: CONFIGURATION_PAGES - (ringStart - offset) / PAGE_BYTES, offset });
  return {
    ringStart,
    ringPages,
    slots: Array.from({ length: ringPages }, (_, place) => {
      const offset = ringStart + place * PAGE_BYTES;
      return {
        place,
        offset,
        state: stateOf(image, offset, at.get(offset), isHome),
      };
    }),
    pages: found.filter((page) => isHome(page) && isWhole(page)).sort((a, b) => a.sequence - b.sequence),
    misplaced: found.filter((page) => !isHome(page)),
    configuration,
    outside: [
      { from: 0, to: before },
      { from: ringEnd, to: image.length },
    ].filter(({ from, to }) => from < to),
  };
}

function findPages(image: Uint8Array): HeldPage[] {
  const pages: HeldPage[] = [];
  for (let offset = 0; offset < image.length; offset += PAGE_BYTES) {
    const header = readPageHeader(image, offset);
    if (typeof header !== 'string')
      pages.push({ ...header, offset, bytes: image.subarray(offset, offset + PAGE_BYTES) });
  }
  return pages;
}

function ringOf({ offset, index, ringPages }: HeldPage): { ringStart: number; ringPages: number } {
  return { ringStart: offset - index * PAGE_BYTES, ringPages };
}

function mostCommon<T extends object>(values: readonly T[]): T | undefined {
  const votes = new Map<string, { value: T; count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    const vote = votes.get(key) ?? { value, count: 0 };
    vote.count++;
    votes.set(key, vote);
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0]?.value;
}

function stateOf(
  image: Uint8Array,
  offset: number,
  page: HeldPage | undefined,
  isHome: (page: HeldPage) => boolean,
): SlotState {
  if (offset < 0 || offset >= image.length) return 'absent';
  if (offset + PAGE_BYTES > image.length) return 'cut';
  if (page) return isHome(page) ? 'page' : 'misplaced';
  if (readPageHeader(image, offset) === 'other-format') return 'later-format';
  return isErased(image.subarray(offset, offset + PAGE_BYTES)) ? 'erased' : 'rubbish';
}

function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff);
}
