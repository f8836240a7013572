import { walkDataBlock } from '../decode/page.ts';
import { keptReadings } from '../decode/record.ts';
import { checkSeals, keyDoubt, sealFindings } from './chain.ts';
import { type ConfigurationPage, judgeConfiguration } from './configuration.ts';
import type { Finding } from './finding.ts';
import { readLog } from './log.ts';
import { judgePlaces, type RingPage } from './places.ts';
import { clockOf, merged, type PageRange, rangeOf, sealedRuns } from './ranges.ts';
import { findRegion } from './region.ts';
import { followLog, type SeqRange } from './story.ts';
import { unusable } from './unusable.ts';

export interface Verification {
  /** `proven`: nothing is wrong or missing, and at least one page is sealed. */
  readonly verdict: 'proven' | 'not proven';
  readonly keyGiven: boolean;
  readonly imageBytes: number;
  /** Where the ring begins in the image, negative where the image begins inside of it, and its pages. */
  readonly ring: { readonly offset: number; readonly pages: number };
  readonly configuration: readonly ConfigurationPage[];
  /** The log as it is held, from the oldest page to the newest; null when no page is held whole. */
  readonly held: PageRange | null;
  /** Pages whose seals agree: one range, where the log is whole. Their times come from clocks in the same pages. */
  readonly sealed: readonly PageRange[];
  /** The newest page that is held, for which its checks vouch alone; null when none is held whole. */
  readonly newest: PageRange | null;
  /** Records that the log itself calls lost. */
  readonly lost: readonly SeqRange[];
  /** Readings of erased pages that the log has kept. */
  readonly keptReadings: number;
  /** Numbers skipped behind a power cut, as the log itself says. */
  readonly skipped: readonly SeqRange[];
  /** The oldest page that is not what its seal says, or has none; null when there is no such page. */
  readonly brokenAt: PageRange | null;
  /** A sentence for when the key may be the wrong one; null otherwise. */
  readonly keyDoubt: string | null;
  /** All that is wrong. */
  readonly findings: readonly Finding[];
}

/**
 * Examine a flash image under a device key of 32 bytes; without one all but the seals. Takes any bytes. `walk` is for who
 * knows the blocks already.
 * @throws ColdrailError `verify.nothing`, `verify.message`, `verify.later-format` where there is no page of ours
 */
export function verifyImage(image: Uint8Array, deviceKey?: Uint8Array, walk = walkDataBlock): Verification {
  const region = findRegion(image);
  if (!region) throw unusable(image);
  const log = readLog(region, walk);
  const { pages } = log;
  const links = checkSeals(pages, deviceKey);
  const runs = sealedRuns(links);
  const vouchedFor = new Set(runs.flat());
  const story = followLog(pages.map((page) => ({ ...page, vouchedFor: vouchedFor.has(page) })));
  const configuration = judgeConfiguration(image, region);
  const sealedClock = clockOf([...vouchedFor]);
  const clock = clockOf(pages);
  const rangeOfPage = (page: RingPage): PageRange => rangeOf([page], clock);
  const findings: Finding[] = [
    ...(deviceKey ? sealFindings(links, (page) => rangeOfPage(page).records) : []),
    ...log.findings,
    ...judgePlaces(region, pages, log.worn),
    ...story.findings,
    ...configuration.findings,
    ...region.outside.map(({ from, to }): Finding => {
      const detail = `The ${to - from} bytes from here on are outside of the ring and its configuration, and were not examined.`;
      return { kind: 'outside', offset: from, detail };
    }),
  ];
  const broken = deviceKey && links.find(({ state }) => state === 'differs' || state === 'none');
  const newest = pages.at(-1);
  const records = pages.flatMap(({ account }) =>
    account.blocks.flatMap(({ content }) => content?.records ?? []),
  );
  return {
    verdict: findings.length === 0 && vouchedFor.size > 0 ? 'proven' : 'not proven',
    keyGiven: deviceKey !== undefined,
    imageBytes: image.length,
    ring: { offset: region.ringStart, pages: region.ringPages },
    configuration: configuration.pages,
    held: newest ? rangeOf(pages, clock) : null,
    sealed: runs.map((run) => rangeOf(run, sealedClock)),
    newest: newest ? rangeOfPage(newest) : null,
    lost: merged(records.filter((record) => record.kind === 'LOST')),
    keptReadings: new Set(keptReadings(records).map(({ seq }) => seq)).size,
    skipped: story.skipped,
    brokenAt: broken ? rangeOfPage(broken.page) : null,
    keyDoubt: keyDoubt(links) ?? null,
    findings,
  };
}
