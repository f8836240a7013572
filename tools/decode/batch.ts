import { ColdrailError } from '../errors/error.ts';
import { type Block, walkBlock } from './block.ts';
import { decodeItem, isCount, itemEnd } from './cbor-item.ts';
import { pageHeaderCrc } from './page-header.ts';
import type { Reading, Steps } from './reading.ts';
import type { JournalRecord } from './record.ts';

/** One uplink message: blocks of one page of one device's journal. */
export interface Batch {
  device: string;
  /** CRC-32 of the page header that the message's own header stands for. */
  pageCrc: number;
  steps: Steps;
  blocks: Block[];
  /** Every record except KEYs and readings, in the order of writing. */
  records: JournalRecord[];
  readings: Reading[];
}

/** A device id is one level of an MQTT topic. */
const deviceIdPattern = /^[^\p{Cc}/+#]{1,64}$/u;

/**
 * Decode an uplink message and verify every check in it.
 * Throws a ColdrailError: `decode.message-header`, `decode.message-format`, `decode.message-block`.
 */
export function decodeBatch(bytes: Uint8Array): Batch {
  const headerEnd = itemEnd(bytes, 0, bytes.length);
  const header = headerEnd === undefined ? undefined : decodeItem(bytes.subarray(0, headerEnd));
  if (headerEnd === undefined || !Array.isArray(header)) throw new ColdrailError('decode.message-header');
  if (isCount(header[0]) && header[0] !== 1) {
    throw new ColdrailError('decode.message-format', { format: header[0] });
  }
  const [format, device, sequence, firstSeq, temperatureMilliC, humidityMilliPercent] = header;
  const steps = { temperatureMilliC, humidityMilliPercent };
  const counts = isWord(sequence) && isWord(firstSeq) && Object.values(steps).every(isStep);
  if (format !== 1 || header.length !== 6 || !counts) throw new ColdrailError('decode.message-header');
  if (typeof device !== 'string' || !deviceIdPattern.test(device)) {
    throw new ColdrailError('decode.message-header');
  }
  const pageCrc = pageHeaderCrc(sequence, firstSeq, steps);
  const blocks: Block[] = [];
  for (let at = headerEnd; at < bytes.length; ) {
    const walk = walkBlock(bytes, at, bytes.length, { pageCrc, steps });
    if (!walk.block || (walk.stop !== 'limit' && walk.stop !== 'next-key')) {
      throw new ColdrailError('decode.message-block', { device, offset: walk.end, length: bytes.length });
    }
    blocks.push(walk.block);
    at = walk.end;
  }
  return {
    device,
    pageCrc,
    steps,
    blocks,
    records: blocks.flatMap((block) => block.records),
    readings: blocks.flatMap((block) => block.readings),
  };
}

function isWord(value: unknown): value is number {
  return isCount(value) && value <= 0xffffffff;
}

function isStep(value: unknown): boolean {
  return isCount(value) && value > 0 && value <= 0xffff;
}
