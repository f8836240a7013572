import { ColdrailError } from '../errors/error.ts';
import { appName, isApp } from './loader.ts';
import { Refusal, type Repl } from './repl.ts';
import { erase, fileNames, isSame, printOf, readPrint } from './storage.ts';
import { type OnProgress, sendByLines, sendByPackets } from './upload.ts';

export interface StoreOptions {
  readonly usesPackets: boolean;
  readonly onProgress: OnProgress;
  readonly tell: (text: string) => void;
  /** Gets back to a fresh prompt after a try that went wrong. */
  readonly again: () => Promise<void>;
}

/** Twice by packets, and what they cannot do twice by lines. */
const WITH_PACKETS = 2;
const TRIES = 4;

/**
 * Bring an app into Storage under its own name, and read it back. What runs now is not touched. One that is there already
 * is not sent again. Packets begin anew after each fault; lines go on, and a try that got further is not counted.
 * @returns how many tries it took, 0 when it was there
 * @throws flash.upload-failed, flash.storage-refused, flash.not-kept, LinkError
 */
export async function storeApp(repl: Repl, content: string, options: StoreOptions): Promise<number> {
  const { usesPackets, onProgress, tell, again } = options;
  const wanted = printOf(content);
  const name = appName(wanted);
  if (isSame(await readPrint(repl, name), wanted)) return 0;
  const before = await fileNames(repl);
  let why = '';
  let from = 0;
  for (let count = 1; count <= TRIES; ) {
    const isByPackets = usesPackets && count <= WITH_PACKETS;
    if (from === 0) await clear(repl, name, before);
    const sent = isByPackets
      ? await sendByPackets(repl, name, content, onProgress)
      : await sendByLines(repl, name, content, onProgress, from).catch(refused);
    if (!sent.ok) await again();
    if (isSame(await readPrint(repl, name), wanted)) return count;
    why = sent.ok ? 'what was read back is not what was sent' : `${sent.why}, at byte ${sent.at}`;
    tell(`Try ${count} of ${TRIES} failed: ${why}.`);
    const hasMoved = !isByPackets && !sent.ok && sent.at > from;
    from = hasMoved ? sent.at : 0;
    if (!hasMoved) count++;
  }
  throw new ColdrailError('flash.upload-failed', { tries: TRIES, why });
}

function refused(error: unknown): never {
  if (error instanceof Refusal) throw new ColdrailError('flash.storage-refused', { detail: error.message });
  throw error;
}

/** Erase what a failed try left: the file, or one of a name that was damaged on the way. */
async function clear(repl: Repl, name: string, before: readonly string[]): Promise<void> {
  for (const file of await fileNames(repl)) {
    const isNew = !before.includes(file) && !isApp(file);
    if (file === name || isNew) await erase(repl, file);
  }
}
