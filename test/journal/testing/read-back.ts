import { decodeJournalImage, type JournalPage } from '../../../tools/decode/image.ts';
import type { Reading } from '../../../tools/decode/reading.ts';
import type { JournalRecord } from '../../../tools/decode/record.ts';

/** One record as the host's decoder, which shares nothing with the firmware, finds it in flash. */
export interface Found {
  readonly seq: number;
  readonly powerOn: number;
  readonly monoS: number;
  /** In the words of the witness. */
  readonly content: string;
}

const CHANNELS = ['supplyC', 'supplyRh', 'returnC'] as const;

function wordsOf(reading: Reading): string {
  return `reading ${CHANNELS.map((channel) => String(reading[channel] ?? reading.reasons[channel])).join(' ')}`;
}

function contentOf(record: JournalRecord): string {
  switch (record.kind) {
    case 'POWER_ON':
      return `POWER_ON ${record.cause}`;
    case 'ANCHOR':
      return `ANCHOR ${record.utcS} ${record.source} ${record.boundS}`;
    case 'FIX':
      return `FIX ${Math.round(record.latDeg * 1e5)} ${Math.round(record.lonDeg * 1e5)} ${record.satellites}`;
    case 'ACK':
      return `ACK ${record.acked}`;
    case 'SESSION':
      return `SESSION ${record.outcome}`;
    case 'FAULT':
      return `FAULT ${record.code} ${record.detail}`;
    case 'LOST':
      return `LOST ${record.firstSeq} ${record.lastSeq}`;
    case 'NOFIX':
      return `NOFIX ${record.reason}`;
    default:
      return record.kind;
  }
}

/** All readings and records of a page, in the order of their numbers. */
function foundIn(page: JournalPage): Found[] {
  return page.blocks.flatMap((block) =>
    [
      ...block.readings.map((reading) => ({ ...common(reading), content: wordsOf(reading) })),
      ...block.records.map((record) => ({ ...common(record), content: contentOf(record) })),
    ].sort((a, b) => a.seq - b.seq),
  );
}

function common({ seq, powerOn, monoS }: { seq: number; powerOn: number; monoS: number }): Omit<Found, 'content'> {
  return { seq, powerOn, monoS };
}

interface FoundPage {
  readonly sequence: number;
  readonly found: readonly Found[];
}

/** Reads whole rings; a page with the same bytes as before is not decoded again. */
export class ReadBack {
  readonly #known = new Map<string, FoundPage | undefined>();

  /** Everything in the ring, in the order of pages, blocks and records. */
  all(cells: Uint8Array, pageSize: number): Found[] {
    const pages: FoundPage[] = [];
    for (let start = 0; start < cells.length; start += pageSize) {
      const page = this.#page(Buffer.from(cells.buffer, start, pageSize));
      if (page) pages.push(page);
    }
    return pages.sort((a, b) => a.sequence - b.sequence).flatMap((page) => page.found);
  }

  #page(bytes: Buffer): FoundPage | undefined {
    const key = bytes.toString('latin1');
    if (this.#known.has(key)) return this.#known.get(key);
    const [page] = decodeJournalImage(bytes, { pageSize: bytes.length }).pages;
    const result = page && { sequence: page.sequence, found: foundIn(page) };
    if (this.#known.size > 64) this.#known.clear();
    this.#known.set(key, result);
    return result;
  }
}
