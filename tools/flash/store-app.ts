import { ColdrailError } from '../errors/error.ts';
import { appName, isApp } from './loader.ts';
import { Refusal, type Repl } from './repl.ts';
import { erase, fileNames, isSame, printOf, readPrint } from './storage.ts';
import { type OnProgress, type Sent, sendByLines, sendByPackets } from './upload.ts';

export interface StoreOptions {
  readonly usesPackets: boolean;
  readonly onProgress: OnProgress;
  readonly tell: (text: string) => void;
  /** Gets back to a fresh prompt after a try that went wrong. */
  readonly again: () => Promise<void>;
}

/** Twice by packets, and what they cannot do twice by lines. */
const WITH_PACKETS = 2;
const ATTEMPTS = 4;

/**
 * Bring an app into Storage under its own name, and read it back. What runs now is not touched. One that is there already
 * is not sent again.
 * @returns how many tries it took, 0 when it was there
 * @throws flash.upload-failed, flash.storage-refused, flash.not-kept
 */
export async function storeApp(repl: Repl, content: string, options: StoreOptions): Promise<number> {
  const wanted = printOf(content);
  const name = appName(wanted);
  if (isSame(await readPrint(repl, name), wanted)) return 0;
  const before = await fileNames(repl);
  let why = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const isByPackets = options.usesPackets && attempt <= WITH_PACKETS;
    const send = isByPackets ? sendByPackets : sendByLines;
    const sent = await attemptTo(() => send(repl, name, content, options.onProgress));
    if (!sent.ok) await options.again();
    if (isSame(await readPrint(repl, name), wanted)) return attempt;
    why = sent.ok ? 'what was read back is not what was sent' : sent.why;
    options.tell(`Try ${attempt} of ${ATTEMPTS} failed: ${why}.`);
    await clear(repl, name, before);
  }
  throw new ColdrailError('flash.upload-failed', { attempts: ATTEMPTS, why });
}

async function attemptTo(send: () => Promise<Sent>): Promise<Sent> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Refusal) throw new ColdrailError('flash.storage-refused', { detail: error.message });
    if (error instanceof ColdrailError && error.id === 'flash.silent') return { ok: false, why: 'silent' };
    throw error;
  }
}

/** Erase what a failed try left: the file, and the one of a name that was damaged on the way. */
async function clear(repl: Repl, name: string, before: readonly string[]): Promise<void> {
  for (const file of await fileNames(repl)) {
    const isNew = !before.includes(file) && !isApp(file);
    if (file === name || isNew) await erase(repl, file);
  }
}
