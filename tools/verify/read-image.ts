import { createReadStream } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';

/** The largest flash that an ESP32 is sold with; no image is longer. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * A file, or standard input for "-", and no more of it than an image may have.
 * @throws ColdrailError `verify.unreadable`, `verify.too-large`
 */
export async function readImage(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      chunks.push(chunk as Buffer);
      length += chunk.length;
      if (length > MOST_BYTES) throw new ColdrailError('verify.too-large', { file, most: MOST_BYTES });
    }
  } catch (error) {
    if (error instanceof ColdrailError) throw error;
    throw new ColdrailError('verify.unreadable', { file, detail: (error as Error).message });
  }
  return Buffer.concat(chunks);
}
