import { ColdrailError } from '../../errors/error.ts';
import type { Port } from '../port.ts';

/** A tracker that has said nothing for so long has answered, milliseconds. */
const QUIET_MS = 400;
/** How long a line may take without a word: a search for networks. */
const LONGEST_MS = 20 * 60_000;

export interface Pace {
  readonly quietMs?: number;
  readonly longestMs?: number;
}

/**
 * Type lines one behind the other, each when the tracker has answered the one before: what comes faster than it reads
 * gets lost. A prompt (`> ` at the end) that stands for a moment says that it has.
 * @throws ColdrailError `serial.gone`, `link.silent`
 */
export async function typeLines(
  port: Port,
  input: AsyncIterable<string>,
  onText: (text: string) => void,
  path: string,
  { quietMs = QUIET_MS, longestMs = LONGEST_MS }: Pace = {},
): Promise<void> {
  let heard = '';
  let timesHeard = 0;
  let isGone = false;
  let wake: () => void = () => {};
  port.onText((text) => {
    heard = (heard + text).slice(-200);
    timesHeard++;
    onText(text);
    wake();
  });
  port.onClosed(() => {
    isGone = true;
    wake();
  });

  const somethingOr = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function answered(): Promise<void> {
    for (let silentMs = 0; silentMs < longestMs; ) {
      const before = timesHeard;
      await somethingOr(quietMs);
      if (isGone) throw new ColdrailError('serial.gone', { path });
      if (timesHeard === before && isAtRest(heard)) return;
      silentMs = timesHeard === before ? silentMs + quietMs : 0;
    }
    throw new ColdrailError('link.silent');
  }

  async function type(line: string): Promise<void> {
    heard = '';
    await port.write(`${line}\r`);
    await answered();
  }

  await type('');
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) await type(line);
  }
  if (rest !== '') await type(rest);
}

/** A prompt stands, or the tracker has said that the console is over. */
function isAtRest(heard: string): boolean {
  return /(> |PIN: )$/.test(heard) || /(console closed|starting again|until the next start)\s*$/.test(heard);
}
