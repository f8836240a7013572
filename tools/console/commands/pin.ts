import { readFileSync } from 'node:fs';
import { ColdrailError } from '../../errors/error.ts';
import type { UnlockOptions } from '../unlock.ts';
import { askHidden, canAsk } from './ask.ts';

/**
 * Where the console's PIN comes from: a file, the environment (COLDRAIL_PIN), or a person.
 * @throws ColdrailError `console.pin-file`; when it is asked for and there is none of these, `console.pin-needed`
 */
export function pinSource(pinFile: string | undefined): UnlockOptions {
  const given = pinFile === undefined ? process.env['COLDRAIL_PIN'] : readPin(pinFile);
  if (given !== undefined) return { askPin: async () => given, tries: 1 };
  return {
    askPin: async (wasWrong) => {
      if (!canAsk()) throw new ColdrailError('console.pin-needed');
      return await askHidden(wasWrong ? 'That PIN was wrong. PIN of the console: ' : 'PIN of the console: ');
    },
  };
}

function readPin(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'latin1').trim();
  } catch (error) {
    throw new ColdrailError('console.pin-file', {
      file,
      detail: String((error as NodeJS.ErrnoException).code),
    });
  }
  // What stands there is not shown: it may be most of a PIN.
  if (!/^\d{4,8}$/.test(text))
    throw new ColdrailError('console.pin-file', {
      file,
      detail: 'it holds something other than 4 to 8 digits',
    });
  return text;
}
