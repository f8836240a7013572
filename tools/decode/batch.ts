import { ColdrailError } from '../errors/error.ts';
import { type Block, walkBlock } from './block.ts';
import { itemEnd, readArray, readHead } from './cbor-item.ts';
import { BLOCK_BYTES } from './page.ts';
import { type PageHeader, toPageHeader } from './page-header.ts';
import type { Reading } from './reading.ts';
import type { JournalRecord } from './record.ts';

/** One uplink message: blocks of one page of one device's journal. */
export interface Batch {
  device: string;
  /** The header of that page, which the message's own header stands for. */
  page: PageHeader;
  blocks: Block[];
  /** Every record except KEYs and readings, in the order of writing. */
  records: JournalRecord[];
  readings: Reading[];
  /** Where each CBOR item of the message begins: header, then checks and records of each block. */
  items: number[];
}

/** A device id is one level of an MQTT topic. */
const deviceIdPattern = /^[^\p{Cc}/+#]{1,64}$/u;

/** More than any header item has. */
const HEADER_LIMIT = 512;

const FORMAT = 1;
const BYTE_STRING = 2;
const ARRAY = 4;

/**
 * Decode an uplink message, all of which must be believed.
 * Throws a ColdrailError: `decode.message-header`, `decode.message-format`, `decode.message-block`.
 */
export function decodeBatch(bytes: Uint8Array): Batch {
  const { batch, end } = readMessage(bytes, 0);
  if (end < bytes.length) throw badBlock(batch.device, end, bytes);
  return batch;
}

/**
 * Decode the message that starts at `at`. It ends where the bytes do, or where another one's header stands in the place of
 * a block. Throws as `decodeBatch`.
 */
export function readMessage(bytes: Uint8Array, at: number): { batch: Batch; end: number } {
  const headerEnd = itemEnd(bytes, at, Math.min(at + HEADER_LIMIT, bytes.length));
  const header = headerEnd === undefined ? undefined : readArray(bytes, at, headerEnd);
  if (headerEnd === undefined || !header) throw new ColdrailError('decode.message-header');
  const [format, device, ...fields] = header;
  if (typeof format === 'number' && format !== FORMAT) {
    throw new ColdrailError('decode.message-format', { format });
  }
  const page = pageHeaderOf(fields);
  if (format !== FORMAT || typeof device !== 'string' || !deviceIdPattern.test(device) || !page) {
    throw new ColdrailError('decode.message-header');
  }
  const blocks: Block[] = [];
  const items = [at];
  let end = headerEnd;
  while (end < bytes.length && readHead(bytes, end, bytes.length)?.major !== ARRAY) {
    const walked = readBlock(bytes, end, page, items);
    if (!walked.block) throw badBlock(device, walked.end, bytes);
    blocks.push(walked.block);
    end = walked.end;
  }
  const records = blocks.flatMap((block) => block.records);
  const readings = blocks.flatMap((block) => block.readings);
  return { batch: { device, page, blocks, records, readings, items }, end };
}

function pageHeaderOf(fields: unknown[]): PageHeader | undefined {
  const channels = fields.pop();
  if (fields.length !== 5 || !fields.every((field) => typeof field === 'number')) return undefined;
  if (!(channels instanceof Uint8Array) || channels.includes(0)) return undefined;
  const [sequence, place, firstSeq, temperatureStep, humidityStep] = fields as number[];
  return toPageHeader({ sequence, place, firstSeq, temperatureStep, humidityStep, channels });
}

/** The block at `at` and its end; where not all of it is believed, no block and the place of the fault. */
function readBlock(
  bytes: Uint8Array,
  at: number,
  page: PageHeader,
  items: number[],
): { block: Block | undefined; end: number } {
  const head = readHead(bytes, at, bytes.length);
  if (head?.major !== BYTE_STRING || head.argument > BLOCK_BYTES) return { block: undefined, end: at };
  const start = head.end + head.argument;
  if (start > bytes.length) return { block: undefined, end: at };
  const checks = bytes.subarray(head.end, start);
  const walk = walkBlock(bytes, start, Math.min(start + BLOCK_BYTES, bytes.length), checks, page);
  const fault = walk.items.find(({ agrees }) => !agrees);
  if (walk.believed < checks.length) {
    return { block: undefined, end: fault?.at ?? walk.items.at(-1)?.end ?? start };
  }
  items.push(at, ...walk.items.map((item) => item.at));
  return { block: walk.block, end: walk.end };
}

function badBlock(device: string, offset: number, bytes: Uint8Array): ColdrailError {
  return new ColdrailError('decode.message-block', { device, offset, length: bytes.length });
}
