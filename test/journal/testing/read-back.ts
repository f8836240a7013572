import { type Block, walkBlock } from '../../../tools/decode/block.ts';
import { decodeJournalImage } from '../../../tools/decode/image.ts';
import { PAGE_HEADER_BYTES, readPageHeader } from '../../../tools/decode/page-header.ts';
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

const BLOCK_BYTES = 256;
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

/** All readings and records of a block, in the order of their numbers. */
export function foundIn(block: Block): Found[] {
  const common = ({ seq, powerOn, monoS }: Reading | JournalRecord): Omit<Found, 'content'> => ({
    seq,
    powerOn,
    monoS,
  });
  return [
    ...block.readings.map((reading) => ({
      ...common(reading),
      content: wordsOf(reading),
    })),
    ...block.records.map((record) => ({
      ...common(record),
      content: contentOf(record),
    })),
  ].sort((a, b) => a.seq - b.seq);
}

/** Everything in the ring, block by block, in the order of writing. */
export function readBack(cells: Uint8Array, pageSize: number): Found[][] {
  const { pages } = decodeJournalImage(cells, { pageSize });
  return pages.flatMap((page) => page.blocks.map(foundIn));
}

/** The same for many images of the same ring: a block with the same bytes as before is not decoded again. */
export class CachedReadBack {
  readonly #known = new Map<string, readonly Found[]>();

  all(cells: Uint8Array, pageSize: number): (readonly Found[])[] {
    const pages: { sequence: number; blocks: (readonly Found[])[] }[] = [];
    for (let start = 0; start < cells.length; start += pageSize) {
      const header = readPageHeader(cells, start);
      if (typeof header === 'string') continue;
      const blocks: (readonly Found[])[] = [];
      for (let at = start; at < start + pageSize; at += BLOCK_BYTES) {
        if (at > start && cells[at] === 0xff) continue;
        const key = header.crc + Buffer.from(cells.buffer, at, BLOCK_BYTES).toString('latin1');
        let found = this.#known.get(key);
        if (found === undefined) {
          const from = at === start ? start + PAGE_HEADER_BYTES : at;
          const page = { pageCrc: header.crc, steps: header.steps };
          const { block } = walkBlock(cells, from, at + BLOCK_BYTES, page);
          found = block ? foundIn(block) : [];
          if (this.#known.size > 4096) this.#known.clear();
          this.#known.set(key, found);
        }
        blocks.push(found);
      }
      pages.push({ sequence: header.sequence, blocks });
    }
    return pages.sort((a, b) => a.sequence - b.sequence).flatMap((page) => page.blocks);
  }
}
