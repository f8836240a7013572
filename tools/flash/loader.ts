/**
 * Which of the apps in Storage runs, and how another takes its place.
 *
 *     .bootcde   the loader, always the same text: runs what HOLD names, or else what CURRENT names
 *     cr.app     CURRENT: the name of an app
 *     cr.hold    HOLD: only there while CURRENT is being replaced
 *     cr-1a2b3c4d   an app: its name is the CRC-32 of its text
 *
 * `Storage.write` erases the old file before it writes the new one, so a power cut in between leaves neither. Hence HOLD:
 * it is written beside CURRENT and says the same, then CURRENT is replaced, then HOLD is erased, which is one word in
 * flash. At every moment one whole app is named: the old one up to that word, the new one from it on.
 */
import { ColdrailError } from '../errors/error.ts';
import type { Repl } from './repl.ts';
import { erase, fileNames, isSame, type Print, printed, readText, writeText } from './storage.ts';

export const BOOT = '.bootcde';
export const CURRENT = 'cr.app';
export const HOLD = 'cr.hold';
const APP = /^cr-[0-9a-f]{8}$/;

const S = 'require("Storage")';
/** The text of the app that a start runs. A name that is torn names no file. */
const ACTIVE = `(${S}.read(${S}.read("${HOLD}")||"-")||${S}.read(${S}.read("${CURRENT}")||"-"))`;
export const LOADER = `eval(${ACTIVE}||"")`;

export function appName({ crc }: Print): string {
  return `cr-${crc.toString(16).padStart(8, '0')}`;
}

export function isApp(name: string): boolean {
  return APP.test(name);
}

/** The print of the app that the next start runs; null for none. Also where somebody put it into `.bootcde` itself. */
export async function activePrint(repl: Repl): Promise<Print | null> {
  const isOurs = await repl.ask<boolean>(`${S}.read("${BOOT}")===${JSON.stringify(LOADER)}`);
  return printed(repl, isOurs ? ACTIVE : `${S}.read("${BOOT}")`);
}

/** The name of the app that the loader runs; null where there is none. */
export async function activeName(repl: Repl): Promise<string | null> {
  const files = await fileNames(repl);
  for (const pointer of [HOLD, CURRENT]) {
    const name = await readText(repl, pointer);
    if (name !== null && isApp(name) && files.includes(name)) return name;
  }
  return null;
}

/**
 * Let the next start run `name`, which is in Storage and verified.
 * @throws flash.not-kept where Storage did not keep what was written; the app that ran before still does
 */
export async function switchTo(repl: Repl, name: string, print: Print): Promise<void> {
  const old = await activeName(repl);
  if (old !== null && old !== name) await keep(repl, HOLD, old);
  await keep(repl, CURRENT, name);
  // The first time, over what somebody else had put there, this is the one step that a power cut can come between.
  await keep(repl, BOOT, LOADER);
  await erase(repl, HOLD);
  if (!isSame(await activePrint(repl), print)) throw new ColdrailError('flash.not-kept', { name });
}

async function keep(repl: Repl, name: string, text: string): Promise<void> {
  if (!(await writeText(repl, name, text))) throw new ColdrailError('flash.not-kept', { name });
}
