import { createReadStream } from 'node:fs';
import type { ErrorId } from '../errors/catalogue.ts';
import { ColdrailError } from '../errors/error.ts';
import { convertCapture } from './capture.ts';
import { type Item, isBlank, parseTranscript } from './transcript.ts';

/** A session fills some kilobytes. */
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_ITEMS = 20000;
/** Longer lines are no modem's; and what is sent at once has a limit in a transcript. */
const LONGEST_LINE = 4096;

/**
 * The bytes of a file, or of standard input for "-".
 * @throws ColdrailError `replay.unreadable`, or `tooLarge` beyond so many bytes
 */
export async function readBytes(file: string, mostBytes: number, tooLarge: ErrorId): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      chunks.push(chunk as Buffer);
      length += chunk.length;
      if (length > mostBytes) throw new ColdrailError(tooLarge, { file, most: `${mostBytes} bytes` });
    }
  } catch (error) {
    if (error instanceof ColdrailError) throw error;
    throw new ColdrailError('replay.unreadable', { file, detail: (error as Error).message });
  }
  return Buffer.concat(chunks);
}

/**
 * The items of a transcript, or of a terminal capture: JSON lines begin with "{".
 * @throws ColdrailError `replay.bad-line`, `replay.too-large`, `replay.nothing`
 */
export function itemsOf(bytes: Buffer, file: string): Item[] {
  const capture = bytes.toString('latin1');
  const lines = capture.split(/[\r\n]+/);
  const isTranscript =
    lines
      .find((line) => !isBlank(line))
      ?.trimStart()
      .startsWith('{') ?? false;
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  if (!isTranscript && long >= 0) {
    const detail = `it has more than ${LONGEST_LINE} characters`;
    throw new ColdrailError('replay.bad-line', { file, line: long + 1, detail });
  }
  const items = isTranscript ? parseTranscript(bytes.toString('utf8'), file) : convertCapture(capture);
  if (items === undefined || items.length === 0) throw new ColdrailError('replay.nothing', { file });
  if (items.length > MOST_ITEMS)
    throw new ColdrailError('replay.too-large', { file, most: `${MOST_ITEMS} entries` });
  return items;
}

/**
 * The items of a file, or of standard input for "-".
 * @throws ColdrailError `replay.unreadable`, and as `itemsOf`
 */
export async function readItems(file: string): Promise<Item[]> {
  return itemsOf(await readBytes(file, MOST_BYTES, 'replay.too-large'), file);
}
