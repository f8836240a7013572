/** What Espruino's Storage holds, asked for over its prompt. Everything here can be asked twice. */
import crc32 from 'crc-32';
import type { Repl } from './repl.ts';

/** A file's length in bytes and its CRC-32. */
export interface Print {
  readonly length: number;
  readonly crc: number;
}

export interface Room {
  /** Bytes behind the last file, which can be written to. */
  readonly free: number;
  /** Bytes of erased files, which a compaction makes free. */
  readonly trash: number;
}

/**
 * Espruino for Linux counts as Storage what the trackers' board file for it keeps as raw flash (boards/espruino-linux.ts),
 * with the erased page in front.
 */
const LINUX_RAW = 66 * 1024;

const S = 'require("Storage")';

export function printOf(content: string): Print {
  return { length: content.length, crc: crc32.bstr(content) >>> 0 };
}

export function isSame(a: Print | null, b: Print): boolean {
  return a !== null && a.length === b.length && a.crc === b.crc;
}

/** Bytes that a file takes: its header, and its content in whole words. */
export function spaceFor(length: number): number {
  return 32 + Math.ceil(length / 4) * 4;
}

export function fileNames(repl: Repl): Promise<string[]> {
  return repl.ask(`${S}.list()`);
}

/** A file's print, or that of what an expression gives; null where there is no file. */
export async function readPrint(repl: Repl, name: string): Promise<Print | null> {
  return printed(repl, `${S}.read(${JSON.stringify(name)})`);
}

export async function printed(repl: Repl, expression: string): Promise<Print | null> {
  const found = await repl.ask<[number, number] | null>(
    `(function(d){return d===undefined?null:[d.length,E.CRC32(d)]})(${expression})`,
    repl.patience.packetMs,
  );
  return found && { length: found[0], crc: found[1] };
}

/** The text of a short file; null where there is none. */
export async function readText(repl: Repl, name: string): Promise<string | null> {
  return (await repl.ask<string | null>(`${S}.read(${JSON.stringify(name)})||null`)) ?? null;
}

export async function room(repl: Repl, board: string): Promise<Room> {
  const [free, trash] = await repl.ask<[number, number]>(
    `(function(s){var t=s.getStats&&s.getStats();return t?[t.freeBytes,t.trashBytes]:[s.getFree(),0]})(${S})`,
  );
  return { free: board === 'LINUX' ? free - LINUX_RAW : free, trash };
}

/** Write a short file where it is not there yet. Behind a torn header Storage says yes and keeps nothing: read it back. */
export async function writeText(repl: Repl, name: string, text: string): Promise<boolean> {
  const [at, content] = [JSON.stringify(name), JSON.stringify(text)];
  const kept = await repl.ask<boolean>(
    `(function(s){if(s.read(${at})!==${content})s.write(${at},${content});return s.read(${at})===${content}})(${S})`,
    repl.patience.packetMs,
  );
  return kept;
}

export async function erase(repl: Repl, name: string): Promise<void> {
  await repl.ask(`${S}.erase(${JSON.stringify(name)})||1`, repl.patience.packetMs);
}

export async function compact(repl: Repl): Promise<void> {
  await repl.ask(`${S}.compact()||1`, repl.patience.flashMs);
}

export async function eraseAll(repl: Repl): Promise<void> {
  await repl.ask(`${S}.eraseAll()||1`, repl.patience.flashMs);
}
