import { closeSync, openSync, readSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';

const HEX_DIGITS = 64;
/** More than any file with a key has; what is longer is none. */
const LONGEST_FILE = 1024;

/**
 * The device key that `--key` names: 64 hexadecimal digits, or the path of a file that holds them and nothing else, with
 * or without @ in front. No error shows what was given: it may be most of a key.
 * @throws ColdrailError `verify.key-malformed`, `verify.key-unreadable`
 */
export function readDeviceKey(text: string): Buffer {
  if (!text.startsWith('@') && /^[0-9a-f]{16,}$/i.test(text)) return parseKey(text);
  return parseKey(readStart(text.replace(/^@/, '')));
}

function parseKey(text: string): Buffer {
  const digits = text.trim();
  if (digits.length !== HEX_DIGITS || !/^[0-9a-f]+$/i.test(digits)) {
    const detail =
      digits.length === HEX_DIGITS ? 'not all of them are hexadecimal digits' : `not ${HEX_DIGITS}`;
    throw new ColdrailError('verify.key-malformed', { length: digits.length, detail });
  }
  return Buffer.from(digits, 'hex');
}

function readStart(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(LONGEST_FILE);
      return bytes.subarray(0, readSync(file, bytes)).toString('latin1');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new ColdrailError('verify.key-unreadable', {
      code: (error as NodeJS.ErrnoException).code ?? 'unknown',
    });
  }
}
