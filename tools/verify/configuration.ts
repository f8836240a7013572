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

/** The boot guard's strip at the end of the first page, the half of it that holds marks, and the most that are not settled. */
const STRIP_BYTES = 32;
const MARKS_BYTES = 16;
const MOST_FAILURES = 3;

/** What the pages in front of the ring hold, and what is wrong with them (docs/config.md). */
export function judgeConfiguration(
  image: Uint8Array,
  { configuration }: Pick<Region, 'configuration'>,
): { pages: ConfigurationPage[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const pages = configuration.map(({ page, offset }): ConfigurationPage => {
    const stripAt = offset + PAGE_BYTES - (page === 0 ? STRIP_BYTES : 0);
    const copy = readConfigCopy(image.subarray(offset, stripAt));
    const complain = (detail: string, at = offset): void => {
      findings.push({ kind: 'configuration', offset: at, detail: `Configuration, page ${page}: ${detail}` });
    };
    const strip = image.subarray(stripAt, offset + PAGE_BYTES);
    if (!isStrip(strip))
      complain(
        "The boot guard's strip holds something else than its marks. A power cut while it is marked can leave it so.",
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

/** Whether a strip, or none, is as boots leave it: marks and settled marks in a row, and few that are not settled. */
function isStrip(strip: Uint8Array): boolean {
  const marks = marksInRow(strip.subarray(0, MARKS_BYTES));
  const settled = marksInRow(strip.subarray(MARKS_BYTES));
  return settled <= marks && marks - settled <= MOST_FAILURES;
}

/** How many bits are cleared from the lowest of the first byte on; NaN when another one is. */
function marksInRow(bytes: Uint8Array): number {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .map((text) => [...text].reverse().join(''))
    .join('');
  return /^0*1*$/.test(bits) ? bits.lastIndexOf('0') + 1 : Number.NaN;
}
