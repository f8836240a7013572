import { readConfigCopy } from '../provision/read-config.ts';
import type { Finding } from './finding.ts';
import { PAGE_BYTES, type Region } from './region.ts';

export interface ConfigurationPage {
  readonly page: number;
  readonly offset: number;
  readonly state: 'verified' | 'erased' | 'damaged';
  /** Of a copy that verifies; the newer of two is in force. Null where none does. */
  readonly generation: number | null;
}

/** The strip at the end of each page, and the half of it that holds marks. */
const STRIP_BYTES = 32;
const MARKS_BYTES = 16;
/** Boots that were not settled; wrong PINs, which the second page counts, may be as many as there are marks. */
const MOST_OPEN = [3, 128];

/** What the pages in front of the ring hold, and what is wrong with them (docs/config.md). */
export function judgeConfiguration(
  image: Uint8Array,
  { configuration }: Pick<Region, 'configuration'>,
): { pages: ConfigurationPage[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const pages = configuration.map(({ page, offset }): ConfigurationPage => {
    const stripAt = offset + PAGE_BYTES - STRIP_BYTES;
    const copy = readConfigCopy(image.subarray(offset, stripAt));
    const complain = (detail: string, at = offset): void => {
      findings.push({ kind: 'configuration', offset: at, detail: `Configuration, page ${page}: ${detail}` });
    };
    const strip = image.subarray(stripAt, offset + PAGE_BYTES);
    if (!isStrip(strip, MOST_OPEN[page] ?? 0))
      complain(
        `The strip of the ${page === 0 ? 'boot guard' : 'PIN'} holds something else than its marks. A power cut while it is marked can leave it so.`,
        stripAt,
      );
    if (copy.verified) {
      if (!copy.accounted) complain('Something stands behind the copy, where all must be erased.');
      return { page, offset, state: 'verified', generation: copy.generation };
    }
    const isErased = copy.flaw === 'erased' && copy.accounted;
    if (!isErased) complain(copy.detail);
    return { page, offset, state: isErased ? 'erased' : 'damaged', generation: null };
  });
  return { pages, findings };
}

/** Whether a strip is as its writer leaves it: marks and settled marks in a row, and at most so many that are not settled. */
function isStrip(strip: Uint8Array, mostOpen: number): boolean {
  const marks = marksInRow(strip.subarray(0, MARKS_BYTES));
  const settled = marksInRow(strip.subarray(MARKS_BYTES));
  return settled <= marks && marks - settled <= mostOpen;
}

/** How many bits are cleared from the lowest of the first byte on; NaN when another one is. */
function marksInRow(bytes: Uint8Array): number {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .map((text) => [...text].reverse().join(''))
    .join('');
  return /^0*1*$/.test(bits) ? bits.lastIndexOf('0') + 1 : Number.NaN;
}
