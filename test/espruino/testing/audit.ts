/** What a flash image owes to the host that has heard which appends returned. */
import { createHash, createHmac } from 'node:crypto';
import { BLOCKS_PER_PAGE, PAGE_SIZE } from '../../../firmware/journal/format.ts';
import { JOURNAL_TORN } from '../../../hal/faults.ts';
import { decodeJournalImage, type JournalPage } from '../../../tools/decode/image.ts';
import { BLOCK_BYTES, checkBlocks, dataBlocks } from '../../../tools/decode/page.ts';
import { type Found, readBack } from '../../journal/testing/read-back.ts';
import { DEVICE_KEY_BYTE, RING_PAGES } from '../device/life.ts';
import { expectedAt, type Place, placeFound } from './expected.ts';

/** The journal's own records that a kill, or a full ring, may bring. */
const OWN = new RegExp(`^(POWER_ON 0|INTERVAL|FAULT ${JOURNAL_TORN} \\d+|LOST \\d+ \\d+|KEPT)$`);

/**
 * All that is wrong with `cells` when the appends at `promised`, in order, have returned. Empty: every one of them is
 * there unless its page was the oldest of a ring that is full; in order; and nothing that the program did not append.
 */
export function problemsOf(cells: Uint8Array, promised: readonly Place[]): string[] {
  const ring = cells.subarray(0, RING_PAGES * PAGE_SIZE);
  const found = readBack(ring, PAGE_SIZE).flat();
  const places = found.map(({ content, monoS }) => placeFound(content, monoS));
  const oldest = places.find((place) => place !== undefined) ?? 0;
  const there = new Set(places);
  const missing = promised.filter((place) => place >= oldest && !there.has(place));
  return [
    ...missing.map((place) => `${expectedAt(place)?.content} of ${place} is not there`),
    ...found.flatMap(inventionsIn),
    ...orderProblems(found, places),
    ...ringProblems(ring, promised.length),
    ...sealProblems(ring),
  ];
}

function inventionsIn(found: Found): string[] {
  if (OWN.test(found.content)) return (found.kept ?? []).flatMap(inventionsIn);
  const place = placeFound(found.content, found.monoS);
  const expected = place === undefined ? undefined : expectedAt(place);
  const right = expected?.content === found.content && expected.monoS === found.monoS && found.powerOn === 1;
  return right ? [] : [`nobody appended ${found.content} at ${found.powerOn}:${found.monoS}`];
}

function orderProblems(found: readonly Found[], places: readonly (Place | undefined)[]): string[] {
  const problems: string[] = [];
  let last = -1;
  places.forEach((place, i) => {
    if (i > 0 && (found[i] as Found).seq <= (found[i - 1] as Found).seq)
      problems.push(`seqs go back at ${i}`);
    if (place === undefined) return;
    if (place <= last) problems.push(`${place} stands behind ${last}`);
    last = place;
  });
  return problems;
}

/** The ring may only have lost what was oldest, and only when it had to. */
function ringProblems(ring: Uint8Array, promised: number): string[] {
  const { pages, problems } = decodeJournalImage(ring);
  const newest = pages.at(-1);
  if (newest === undefined) return promised > 0 ? ['there is no page'] : [];
  const bytesOf = ({ offset }: JournalPage): Uint8Array => ring.subarray(offset, offset + PAGE_SIZE);
  const found: string[] = problems.filter(({ kind }) => kind === 'rot').map(({ detail }) => detail);
  const half = blocksUsed(bytesOf(newest)) >= BLOCKS_PER_PAGE / 2;
  const due = Math.min(newest.sequence, half ? RING_PAGES - 1 : RING_PAGES);
  if (pages.length < due) found.push(`page ${newest.sequence} is the newest, and ${pages.length} are left`);
  pages.forEach((page, i) => {
    const age = pages.length - 1 - i;
    if (page.sequence !== newest.sequence - age) found.push(`there is no page ${newest.sequence - age}`);
    const used = blocksUsed(bytesOf(page));
    if (age > 0 && used < BLOCKS_PER_PAGE - 1) found.push(`only ${used} blocks of a page are used`);
    const firstSeq = page.blocks[0]?.key.seq ?? page.firstSeq;
    if (firstSeq > page.firstSeq + BLOCK_BYTES) found.push(`page ${page.sequence} begins at ${firstSeq}`);
  });
  return found;
}

function blocksUsed(page: Uint8Array): number {
  return dataBlocks(page).length + checkBlocks(page).length;
}

/** Each page's seal vouches for the page before, as docs/journal.md has it. */
function sealProblems(ring: Uint8Array): string[] {
  const { pages } = decodeJournalImage(ring);
  return pages.slice(1).flatMap((page, i) => {
    const { offset, sequence } = pages[i] as JournalPage;
    const hmac = createHmac('sha256', Buffer.alloc(32, DEVICE_KEY_BYTE));
    for (let at = offset; at < offset + PAGE_SIZE; at += BLOCK_BYTES)
      hmac.update(
        createHash('sha256')
          .update(ring.subarray(at, at + BLOCK_BYTES))
          .digest(),
      );
    const right = hmac
      .digest()
      .subarray(0, 16)
      .equals(Buffer.from(page.seal ?? []));
    return right ? [] : [`the seal in page ${page.sequence} does not vouch for page ${sequence}`];
  });
}
