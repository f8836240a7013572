import { JOURNAL_TORN, JOURNAL_VERIFY } from '../../hal/faults.ts';
import type { Block } from '../decode/block.ts';
import type { JournalRecord } from '../decode/record.ts';
import type { PageAccount, Rubbish } from './account.ts';
import { count, type Finding, span } from './finding.ts';

/** A page of the log with what its bytes are. */
export interface ToldPage {
  readonly sequence: number;
  readonly offset: number;
  readonly account: PageAccount;
  /** Whether its seal agrees: then whatever it holds is as the tracker left it. */
  readonly vouchedFor: boolean;
}

export interface SeqRange {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export interface Story {
  /** Numbers that were skipped behind a power cut, as a FAULT behind them says. */
  readonly skipped: readonly SeqRange[];
  readonly findings: readonly Finding[];
}

/** A FAULT counts a whole page where what is left of one may be newer than all that is believed. */
const HIDDEN_PAGE_BYTES = 4096;

/** What a block leaves to be explained by the records behind it. */
interface Mess {
  readonly offset: number;
  readonly vouchedFor: boolean;
  readonly dataBytes: number;
  readonly checkBytes: number;
}

/**
 * Follow the log from record to record, `pages` by sequence. The tracker begins a new block behind whatever a power cut or
 * a worn cell has left, and says so there, behind nothing but records that it writes of its own accord: so must all
 * rubbish and every gap between two numbers be explained. Rubbish in a page that is vouched for is in order as it is.
 */
export function followLog(pages: readonly ToldPage[]): Story {
  const skipped: SeqRange[] = [];
  const findings: Finding[] = [];
  let messes: Mess[] = [];
  let gap: (SeqRange & { offset: number }) | undefined;
  let gaveUp = 0;
  let nextSeq: number | undefined;
  let sequence = 0;

  function settle(explained: boolean, atHead = false): void {
    if (gap && (explained || isSealedRubbish(messes, gap)))
      skipped.push({ firstSeq: gap.firstSeq, lastSeq: gap.lastSeq });
    else if (gap) findings.push(unexplainedGap(gap));
    if (!explained) {
      for (const mess of messes) if (!mess.vouchedFor) findings.push(unexplainedRubbish(mess, atHead));
    }
    messes = [];
    gap = undefined;
    gaveUp = 0;
  }

  for (const page of pages) {
    if (page.sequence !== sequence + 1) {
      settle(true);
      nextSeq = undefined;
    }
    sequence = page.sequence;
    for (const { content, nextSeq: behind, rubbish, checkRubbish } of page.account.blocks) {
      if (content) {
        const { seq } = content.key;
        const offset = page.offset;
        if (nextSeq !== undefined && seq > nextSeq) gap = { firstSeq: nextSeq, lastSeq: seq - 1, offset };
        if (nextSeq !== undefined && seq < nextSeq) findings.push(comesAgain(page, seq));
        const said = explanationIn(content);
        gaveUp += said.gaveUp;
        if (said.torn !== undefined) {
          settle(gaveUp > 0 || messes.length === 0 || tornBytesFit(messes, said.torn));
        } else if (said.goesOn) {
          settle(!gap && gaveUp >= messes.length);
        }
        nextSeq = behind;
      }
      if (rubbish || checkRubbish.length > 0) messes.push(messOf(page, rubbish, checkRubbish));
    }
    findings.push(...flaws(page));
  }
  settle(false, true);
  return { skipped, findings };
}

/** What the first records of a block say of what stands before it. */
interface Explanation {
  /** Blocks and pages that were given up as worn. */
  readonly gaveUp: number;
  /** Bytes that a power cut left; undefined when nothing is said of one. */
  readonly torn: number | undefined;
  /** Whether the log goes on in this block with anything else. */
  readonly goesOn: boolean;
}

function explanationIn({ key, records, readings }: Block): Explanation {
  let gaveUp = 0;
  let next = 0;
  for (; next < records.length && records[next].seq === key.seq + next; next++) {
    const record = records[next];
    if (record.kind === 'FAULT' && record.code === JOURNAL_TORN)
      return { gaveUp, torn: record.detail, goesOn: true };
    if (record.kind === 'FAULT' && record.code === JOURNAL_VERIFY) gaveUp += record.detail;
    else if (!isOwn(record)) break;
  }
  return { gaveUp, torn: undefined, goesOn: next < records.length + readings.length };
}

/** Records that may come before the tracker tells of a power cut: it makes room first. */
function isOwn({ kind }: JournalRecord): boolean {
  return kind === 'LOST' || kind === 'KEPT' || kind === 'JUDGED';
}

/**
 * Whether a FAULT's count of bytes is that of `messes`, or of the last of them, where power failed again before the first
 * could be told. Rubbish among the checks is not always counted.
 */
function tornBytesFit(messes: readonly Mess[], torn: number): boolean {
  let least = 0;
  let most = 0;
  for (let i = messes.length - 1; i >= 0; i--) {
    least += messes[i].dataBytes;
    most += messes[i].dataBytes + messes[i].checkBytes;
    for (const bytes of [torn, torn - HIDDEN_PAGE_BYTES]) if (least <= bytes && bytes <= most) return true;
  }
  return false;
}

/**
 * Whether rubbish that is sealed accounts for numbers that were skipped: a number for each of its bytes. Where power fails
 * twice, the FAULT may be missing.
 */
function isSealedRubbish(messes: readonly Mess[], { firstSeq, lastSeq }: SeqRange): boolean {
  const bytes = messes.reduce((sum, { dataBytes }) => sum + dataBytes, 0);
  return messes.every(({ vouchedFor }) => vouchedFor) && lastSeq - firstSeq < bytes;
}

function messOf(page: ToldPage, rubbish: Rubbish | undefined, inChecks: readonly Rubbish[]): Mess {
  return {
    offset: page.offset + (rubbish ?? inChecks[0]).at,
    vouchedFor: page.vouchedFor,
    dataBytes: rubbish?.bytes ?? 0,
    checkBytes: inChecks.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function unexplainedRubbish({ offset, dataBytes, checkBytes }: Mess, atHead: boolean): Finding {
  const what = `${count(dataBytes + checkBytes, 'byte')} from here on are no record and no check that can be believed`;
  const why = atHead
    ? 'and nothing stands behind them. Where a power cut left them, the next start of the tracker will say so in the log.'
    : 'and no record behind them says that a power cut left them.';
  return { kind: 'rubbish', offset, detail: `${what}, ${why}` };
}

function unexplainedGap({ firstSeq, lastSeq, offset }: SeqRange & { offset: number }): Finding {
  const detail = `Missing: ${span('record', firstSeq, lastSeq)}, which should stand before this page or in it. Nothing in the log says why.`;
  return { kind: 'missing-records', offset, detail };
}

function comesAgain({ offset, sequence }: ToldPage, seq: number): Finding {
  return { kind: 'order', offset, detail: `Record ${seq} comes a second time, in page ${sequence}.` };
}

function flaws({ account, offset, vouchedFor, sequence }: ToldPage): Finding[] {
  if (vouchedFor) return [];
  const { wrongChecks, strays } = account;
  const findings: Finding[] = [];
  if (wrongChecks.length > 0) {
    const detail = `${count(wrongChecks.length, 'check')} of page ${sequence}, from here on, not as the record asks for; others vouch for it.`;
    findings.push({ kind: 'check', offset: offset + wrongChecks[0], detail });
  }
  if (strays.length > 0) {
    const detail = `${count(strays.length, 'byte')} among the checks of page ${sequence}, from here on, that belong to no record.`;
    findings.push({ kind: 'rubbish', offset: offset + strays[0], detail });
  }
  return findings;
}
