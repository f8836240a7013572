import { ColdrailError } from '../errors/error.ts';
import { activeName, isApp } from './loader.ts';
import type { Repl } from './repl.ts';
import { compact, erase, fileNames, room, spaceFor } from './storage.ts';

/** The loader, CURRENT and HOLD, each replaced once, and some more. */
const SMALL_FILES = 2048;

/**
 * Make room in Storage for an app of `length` bytes beside the one that runs. Apps that do not run are erased first; where
 * that is not enough, Storage is compacted. A power cut in the middle of a compaction loses all of Storage, so it is the
 * last resort.
 * @throws flash.storage-full
 */
export async function makeRoom(
  repl: Repl,
  board: string,
  name: string,
  length: number,
  tell: (text: string) => void,
): Promise<void> {
  const active = await activeName(repl);
  for (const file of await fileNames(repl))
    if (isApp(file) && file !== active && file !== name) await erase(repl, file);
  const needed = spaceFor(length) + SMALL_FILES;
  const before = await room(repl, board);
  if (before.free >= needed) return;
  const most = before.free + before.trash;
  if (most < needed) throw new ColdrailError('flash.storage-full', { needed, most });
  tell('Storage has to be compacted: do not unplug the board for the next two minutes.');
  await compact(repl);
  const { free } = await room(repl, board);
  if (free < needed) throw new ColdrailError('flash.storage-full', { needed, most: free });
}
