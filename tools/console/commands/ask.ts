/** Questions to a person at a terminal. They stand on standard error: standard output is for data. */
import { createInterface } from 'node:readline/promises';
import { ColdrailError } from '../../errors/error.ts';

/** Whether somebody is there who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Yes or no; `--yes` has said yes already.
 * @throws ColdrailError `usage.needs-yes` where nobody can be asked
 */
export async function confirm(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!canAsk()) throw new ColdrailError('usage.needs-yes', { question });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** A line that is not shown as it is typed; undefined at Ctrl-C or Ctrl-D. */
export function askHidden(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  stderr.write(question);
  return new Promise((resolve) => {
    let typed = '';
    const end = (result: string | undefined): void => {
      stdin.off('data', hear);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      resolve(result);
    };
    const hear = (data: Buffer): void => {
      for (const character of data.toString('latin1')) {
        if ('\r\n\x03\x04'.includes(character)) {
          end(character < '\x05' ? undefined : typed);
          return;
        }
        if (character === '\x7f' || character === '\b') typed = typed.slice(0, -1);
        else if (character >= ' ') typed += character;
      }
    };
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', hear);
  });
}
