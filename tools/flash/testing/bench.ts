import { type FlashRequest, type FlashResult, flash } from '../flash.ts';
import type { Patience } from '../repl.ts';
import { FakeEspruino, type FakeOptions } from './fake-espruino.ts';

/** Nothing takes long on a fake board, and what it does not answer it never will. */
const SHORT: Patience = { answerMs: 100, packetMs: 100, flashMs: 200, bootMs: 60, quietMs: 4 };

/** A bundle's text. With a console it answers `hello`. */
export function appText(name: string, length = 3000, kind = 'console'): string {
  const head = `/* ${name} ${kind} */`;
  return head + 'var a=1;function f(){return a}\n'.repeat(length).slice(0, length - head.length);
}

/** Flash a fake board; `said` hears what a person would. */
export function flashFake(
  board: FakeEspruino,
  content: string,
  options: Partial<FlashRequest> & { pinCode?: string; said?: string[] } = {},
): Promise<FlashResult> {
  const { pinCode, said, ...request } = options;
  return flash({
    open: () => board.plug(),
    pin: { askPin: async () => pinCode, tries: 1 },
    tell: (sentence) => said?.push(sentence),
    content,
    chip: undefined,
    verifyOnly: false,
    eraseFirst: false,
    helloWithinMs: 400,
    onProgress: () => {},
    patience: SHORT,
    ...request,
  });
}

/** A board that runs `app`. */
export async function boardWith(app: string, options: FakeOptions = {}): Promise<FakeEspruino> {
  const board = new FakeEspruino(options);
  await flashFake(board, app, { pinCode: options.pin ?? '' });
  if (board.running !== app) throw new Error('the app does not run');
  return board;
}
