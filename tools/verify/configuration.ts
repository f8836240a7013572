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

/** What the pages in front of the ring hold, and what is wrong with them (docs/config.md). */
export function judgeConfiguration(
  image: Uint8Array,
  { configuration }: Pick<Region, 'configuration'>,
): { pages: ConfigurationPage[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const pages = configuration.map(({ page, offset }): ConfigurationPage => {
    const copy = readConfigCopy(image.subarray(offset, offset + PAGE_BYTES));
    const complain = (detail: string): void => {
      findings.push({ kind: 'configuration', offset, detail: `Configuration, page ${page}: ${detail}` });
    };
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
