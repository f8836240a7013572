import { existsSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ColdrailError } from '../errors/error.ts';

/** Databases that this process has open. */
const mine = new Set<string>();

/**
 * Become the only process that uses a database file. The SQLite build locks by a folder `<path>.lock`, which stays
 * behind when its process is killed; `<path>.owner` holds the process id that tells whether it is stale.
 * Returns the release; throws `collect.database-in-use` or `collect.database-locked`.
 */
export function claimDatabase(path: string): () => void {
  const file = resolve(path);
  const owner = `${file}.owner`;
  const lock = `${file}.lock`;
  if (mine.has(file)) throw inUse(path, process.pid, owner);
  if (existsSync(owner)) {
    const pid = Number.parseInt(readFileSync(owner, 'utf8'), 10);
    // The same id as ours is a process before us, as in containers, where every first process is 1.
    if (pid !== process.pid && isAlive(pid)) throw inUse(path, pid, owner);
    if (existsSync(lock)) rmdirSync(lock);
    rmSync(owner);
  } else if (existsSync(lock)) {
    throw new ColdrailError('collect.database-locked', { path, lock });
  }
  try {
    writeFileSync(owner, `${process.pid}\n`, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw inUse(path, readFileSync(owner, 'utf8').trim(), owner);
    throw new ColdrailError('collect.database-unusable', { path, detail: message });
  }
  mine.add(file);
  return () => {
    if (mine.delete(file)) rmSync(owner, { force: true });
  };
}

function inUse(path: string, pid: number | string, owner: string): ColdrailError {
  return new ColdrailError('collect.database-in-use', { path, pid, owner });
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
