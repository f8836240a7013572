import { count, span } from './finding.ts';
import type { PageRange } from './ranges.ts';
import type { SeqRange } from './story.ts';
import type { Moment } from './times.ts';
import type { Verification } from './verify.ts';

/** An image that was much changed has as many findings as blocks. */
const MOST_FINDINGS = 40;

/** A verification in lines for a person. `file` is what to call the image. */
export function explain(file: string, result: Verification): string[] {
  return [
    ...whereIt(file, result),
    '',
    ...whatIsProven(result),
    '',
    ...whatIsMissing(result),
    ...whatIsWrong(result),
    verdictOf(result),
  ];
}

function whereIt(file: string, { imageBytes, ring, configuration }: Verification): string[] {
  const lines = [
    `${file}: ${imageBytes} bytes, a ring of ${count(ring.pages, 'page')} from byte ${ring.offset} on`,
  ];
  for (const { page, state, generation } of configuration) {
    const what = state === 'verified' ? `a copy of generation ${generation}` : state;
    lines.push(`configuration, page ${page}: ${what}`);
  }
  return lines;
}

function whatIsProven({ held, sealed, newest, keyGiven }: Verification): string[] {
  const lines = sealed.flatMap((range) => [`sealed and unchanged: ${pagesOf(range)}`, ...contentOf(range)]);
  if (!keyGiven) {
    if (held) lines.push(`held: ${pagesOf(held)}`, ...contentOf(held));
    lines.push('sealed and unchanged: not examined, as no key was given');
  } else if (sealed.length === 0) lines.push('sealed and unchanged: nothing');
  if (newest) {
    lines.push(`newest page, which is not sealed yet: ${pagesOf(newest)}`, ...contentOf(newest));
    lines.push('  its checks vouch for it against damage, but not against a forger: they need no key');
  }
  return lines;
}

function whatIsMissing({ held, lost, keptReadings, skipped, findings }: Verification): string[] {
  const lines: string[] = [];
  if (held && held.firstPage > 1) {
    const why = findings.length === 0 ? ': what was before has been overwritten, as the ring is full' : '';
    lines.push(`the log is held from page ${held.firstPage} on${seqsIn(held)}${why}`);
  }
  if (lost.length > 0) {
    const kept = keptReadings > 0 ? `; ${count(keptReadings, 'reading')} of erased pages were kept` : '';
    lines.push(`lost to the collector, as the log says: ${seqsOf(lost)}${kept}`);
  }
  if (skipped.length > 0)
    lines.push(`numbers skipped behind a power cut, as the log says: ${seqsOf(skipped)}`);
  return lines.length > 0 ? [...lines, ''] : [];
}

function whatIsWrong({ findings, brokenAt, keyDoubt }: Verification): string[] {
  if (findings.length === 0) return [];
  const lines = ['WRONG:'];
  if (brokenAt) lines.push(`  the chain of seals breaks first at ${pagesOf(brokenAt)}${seqsIn(brokenAt)}`);
  for (const { offset, detail } of findings.slice(0, MOST_FINDINGS))
    lines.push(`  byte ${offset}: ${detail}`);
  const more = findings.length - MOST_FINDINGS;
  if (more > 0) lines.push(`  and ${more} more; --json gives them all`);
  if (keyDoubt) lines.push(`  ${keyDoubt}`);
  return [...lines, ''];
}

function verdictOf({ verdict, findings, keyGiven, sealed, newest }: Verification): string {
  if (verdict === 'proven') {
    const { firstPage, lastPage } = sealed[0];
    const what =
      firstPage === lastPage
        ? `page ${firstPage} is as the holder of the key wrote it`
        : `pages ${firstPage} to ${lastPage} are as the holder of the key wrote them, and nothing is missing between them`;
    return `PROVEN: ${what}. The newest page, ${newest?.firstPage}, is not sealed yet.`;
  }
  const why =
    findings.length > 0
      ? `${count(findings.length, 'thing')} ${findings.length === 1 ? 'is' : 'are'} wrong, as listed above.`
      : keyGiven
        ? 'nothing is wrong, but no page is sealed yet: a seal is made when the page behind it is begun.'
        : 'nothing is wrong, but without --key nothing is proven against tampering.';
  return `NOT PROVEN: ${why}`;
}

function pagesOf({ firstPage, lastPage, offset }: PageRange): string {
  const at = firstPage === lastPage ? 'at' : 'the first at';
  return `${span('page', firstPage, lastPage)}, ${at} byte ${offset}`;
}

function seqsIn({ records }: PageRange): string {
  return records ? ` (${span('record', records.firstSeq, records.lastSeq)})` : '';
}

function contentOf({ records, times }: PageRange): string[] {
  if (!records) return ['  no record'];
  const lines = [`  ${count(records.count, 'record')}, numbers ${records.firstSeq} to ${records.lastSeq}`];
  if (times) lines.push(`  from ${timeOf(times.first)} to ${timeOf(times.last)}`);
  return lines;
}

function timeOf({ utc, utcErrorS, powerOn, monoS }: Moment): string {
  return utc
    ? `${utc.slice(0, 19).replace('T', ' ')} UTC (within ${utcErrorS} s)`
    : `power-on ${powerOn} + ${monoS} s (no clock known)`;
}

function seqsOf(ranges: readonly SeqRange[]): string {
  return ranges
    .map(({ firstSeq, lastSeq }) => (firstSeq === lastSeq ? firstSeq : `${firstSeq}-${lastSeq}`))
    .join(', ');
}
