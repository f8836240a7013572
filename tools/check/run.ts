import { readFile } from 'node:fs/promises';
import { ColdrailError } from '../errors/error.ts';
import { checkBundle } from './check.ts';
import { formatViolations } from './format.ts';

/**
 * `coldrail check FILE`: checks a finished bundle and writes what it finds.
 * Resolves to the exit code: 0 for a clean bundle, 1 for one with violations.
 * @throws ColdrailError `check.unreadable` or `check.empty`, exit code 2.
 */
export async function runCheck(file: string, write: (text: string) => void): Promise<number> {
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ColdrailError('check.unreadable', { file, detail: error.code ?? error.message });
  });
  if (source.trim() === '') throw new ColdrailError('check.empty', { file });

  const violations = checkBundle(source);
  const bytes = Buffer.byteLength(source);
  if (violations.length === 0) {
    write(`${file}: ${bytes} bytes, nothing that the device would refuse.\n`);
    return 0;
  }
  write(formatViolations(file, violations));
  const places = violations.length === 1 ? '1 place' : `${violations.length} places`;
  write(`${file}: ${places} to change before this runs on a device.\n`);
  return 1;
}
