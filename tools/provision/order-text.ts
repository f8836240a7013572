import { readFileSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';

/** A hundred units with a certificate in each line take a tenth of it. */
const MOST_BYTES = 4_000_000;

/**
 * The text of a file that a person has made: UTF-8, without the mark that some programs put in front of it.
 * @throws ColdrailError `provision.unreadable`
 */
export function readOrderText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ColdrailError('provision.unreadable', { file, detail: words[code] ?? code });
  }
  if (bytes.length > MOST_BYTES)
    throw new ColdrailError('provision.unreadable', { file, detail: `it has more than ${MOST_BYTES} bytes` });
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new ColdrailError('provision.unreadable', { file, detail: 'it is UTF-16; save it as UTF-8' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ColdrailError('provision.unreadable', {
      file,
      detail: 'it is no UTF-8 text; save it as UTF-8',
    });
  }
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};
