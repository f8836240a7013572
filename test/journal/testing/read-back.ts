import type { Block } from '../../../tools/decode/block.ts';
import type { Conditions } from '../../../tools/decode/conditions.ts';
import { decodeJournalImage } from '../../../tools/decode/image.ts';
import {
  BLOCK_BYTES,
  blockLayout,
  blockStart,
  checksOf,
  dataBlocks,
  walkDataBlock,
} from '../../../tools/decode/page.ts';
import { readPageHeader } from '../../../tools/decode/page-header.ts';
import type { Reading } from '../../../tools/decode/reading.ts';
import type { JournalRecord } from '../../../tools/decode/record.ts';

/** One record as the host's decoder, which shares nothing with the firmware, finds it in flash. */
export interface Found {
  readonly seq: number;
  readonly powerOn: number;
  readonly monoS: number;
  /** In the words of the witness. */
  readonly content: string;
  /** What a KEPT holds: the readings of an erased page. */
  readonly kept?: readonly Found[];
}

const CHANNELS = ['supplyC', 'supplyRh', 'returnC'] as const;

function wordsOf(reading: Reading): string {
  return `reading ${CHANNELS.map((channel) => String(reading[channel] ?? reading.reasons[channel])).join(' ')}`;
}

function bitsOf({ powerLevel, externalPower, charging, doorOpen, reefer }: Conditions): number {
  const signals = reefer ? [reefer.compressor, reefer.defrost, reefer.inRange] : [false, false, false];
  const flags = [externalPower, charging, doorOpen, reefer !== null, ...signals];
  return flags.reduce((bits, flag, i) => bits + (flag ? 4 << i : 0), powerLevel);
}

function contentOf(record: JournalRecord): string {
  switch (record.kind) {
    case 'POWER_ON':
      return `POWER_ON ${record.cause}`;
    case 'ANCHOR':
      return `ANCHOR ${record.utcS} ${record.source} ${record.boundS}`;
    case 'FIX':
      return `FIX ${Math.round(record.latDeg * 1e5)} ${Math.round(record.lonDeg * 1e5)} ${record.satellites} ${record.utcS}`;
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
    case 'CONDITIONS':
      return `CONDITIONS ${bitsOf(record)} ${record.millivolts}`;
    case 'JUDGED':
      return `JUDGED ${record.items.slice(3).join(' ')}`;
    case 'ALARM':
      return `ALARM ${record.rule} ${record.raised} ${record.seconds}`;
    default:
      return record.kind;
  }
}

function foundReading(reading: Reading): Found {
  const { seq, powerOn, monoS } = reading;
  return { seq, powerOn, monoS, content: wordsOf(reading) };
}

function foundRecord(record: JournalRecord): Found {
  const { seq, powerOn, monoS } = record;
  const found = { seq, powerOn, monoS, content: contentOf(record) };
  return record.kind === 'KEPT' ? { ...found, kept: record.readings.map(foundReading) } : found;
}

/** All readings and records of a block, in the order of their numbers. */
export function foundIn(block: Block): Found[] {
  return [...block.readings.map(foundReading), ...block.records.map(foundRecord)].sort(
    (a, b) => a.seq - b.seq,
  );
}

/** Everything in the ring, block by block, in the order of writing. */
export function readBack(cells: Uint8Array, pageSize: number): Found[][] {
  const { pages } = decodeJournalImage(cells, { pageSize });
  return pages.flatMap((page) => page.blocks.map(foundIn));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
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
      const page = cells.subarray(start, start + pageSize);
      for (const index of dataBlocks(page)) {
        const layout = blockLayout(page, index);
        if (!layout) continue;
        const at = blockStart(index);
        const bytes = latin1(page.subarray(at, (index + 1) * BLOCK_BYTES));
        const key = `${header.crc} ${bytes} ${latin1(checksOf(page, index, layout))}`;
        let found = this.#known.get(key);
        if (found === undefined) {
          const { block } = walkDataBlock(page, index, header);
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
