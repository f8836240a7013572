/** A bundle into a running Espruino: docs/flashing.md says why in this order. */

import type { Client } from '../console/client.ts';
import { LinkError } from '../console/link-error.ts';
import type { Port } from '../console/port.ts';
import { ColdrailError } from '../errors/error.ts';
import { type Chip, runsOn } from './chips.ts';
import { enter, type Way } from './enter.ts';
import { activePrint, appName, switchTo } from './loader.ts';
import { switchOffRadios } from './radios.ts';
import { type Identity, PATIENCE, type Patience, Repl } from './repl.ts';
import { makeRoom } from './room.ts';
import { awaitHello, type Greeting, restart } from './start-app.ts';
import { eraseAll, fileNames, isSame, type Print, printOf } from './storage.ts';
import { storeApp } from './store-app.ts';
import type { OnProgress } from './upload.ts';
import { hasPackets, losesUart } from './version.ts';

export interface FlashRequest {
  readonly port: Port;
  readonly content: string;
  /** The chip that the bundle is for; undefined where nobody knows. */
  readonly chip: Chip | null | undefined;
  /** Only compare. */
  readonly verifyOnly: boolean;
  /** Empty Storage first. */
  readonly eraseFirst: boolean;
  /** How long the new firmware may take to say hello; 0: it is not started. */
  readonly helloWithinMs: number;
  readonly unlock: (client: Client) => Promise<void>;
  readonly tell: (text: string) => void;
  readonly onProgress: OnProgress;
  readonly patience?: Patience;
}

export interface FlashResult {
  readonly espruino: Identity;
  readonly bundle: Print;
  /** What ran before; null for nothing. */
  readonly before: Print | null;
  /** Does the bundle run from the next start on? Always so, but for `verifyOnly`. */
  readonly isInPlace: boolean;
  /** Tries of the upload; 0 where the bundle was there. */
  readonly tries: number;
  readonly greeting: Greeting | null;
}

/** JsVars that a session takes, the most that the firmware ever does, with a little more: README.md, "What it costs". */
const LEAST_JSVARS = 3000;

/**
 * Put a bundle into place, or look whether it is. Whatever fails before the switch leaves the app that ran before.
 * @throws ColdrailError, DeviceError
 */
export async function flash(request: FlashRequest): Promise<FlashResult> {
  const stage = { switched: false };
  try {
    return await run(request, stage);
  } catch (error) {
    if (!(error instanceof LinkError) || error.failure !== 'closed') throw error;
    throw new ColdrailError(stage.switched ? 'flash.line-gone-after' : 'flash.line-gone');
  }
}

async function run(request: FlashRequest, stage: { switched: boolean }): Promise<FlashResult> {
  const { port, content, tell } = request;
  const repl = new Repl(port, request.patience ?? PATIENCE);
  const way: Way = { port, repl, unlock: request.unlock, tell };
  const espruino = await enter(way);
  tell(`Espruino ${espruino.version} on ${espruino.board}`);
  const again = async (): Promise<void> => {
    if (!(await repl.interrupt())) await enter(way);
    await stopApp(repl);
  };
  await stopApp(repl);
  const bundle = printOf(content);
  const result = { espruino, bundle, before: await activePrint(repl), tries: 0, greeting: null };
  if (request.verifyOnly) {
    await restart(repl, espruino);
    return { ...result, isInPlace: isSame(result.before, bundle) };
  }
  await check(repl, request, espruino, again);
  await empty(repl, request);
  await makeRoom(repl, espruino.board, appName(bundle), content.length, tell);
  const tries = await storeApp(repl, content, {
    usesPackets: hasPackets(espruino.version),
    onProgress: request.onProgress,
    tell,
    again,
  });
  await switchTo(repl, appName(bundle), bundle);
  stage.switched = true;
  tell('verified: the bundle is in place');
  if (request.helloWithinMs === 0) return { ...result, tries, isInPlace: true };
  await restart(repl, espruino);
  const greeting = await awaitHello(port, appName(bundle).slice(3), request.helloWithinMs);
  return { ...result, tries, isInPlace: true, greeting };
}

/** Stop the program that runs: without what is in `.bootcde`, and until the next start. */
async function stopApp(repl: Repl): Promise<void> {
  await repl.tell('reset()');
  if (!(await repl.interrupt())) throw new ColdrailError('flash.silent');
}

async function check(
  repl: Repl,
  { chip, tell }: FlashRequest,
  { version, board }: Identity,
  again: () => Promise<void>,
): Promise<void> {
  if (chip !== undefined && !runsOn(chip, board))
    throw new ColdrailError('flash.wrong-chip', { board, chip: chip?.espruinoBoard ?? 'LINUX' });
  if (losesUart(version))
    tell(
      `warning: Espruino ${version} loses what a modem says beyond 64 bytes at once. It needs a build behind 2v29, ` +
        'as in 2v29.100: docs/flashing.md, "Espruino itself"',
    );
  await switchOffRadios(repl, again, tell);
  const total = await repl.ask<number>('process.memory().total');
  if (total < LEAST_JSVARS) throw new ColdrailError('flash.memory-short', { total, least: LEAST_JSVARS });
}

/** Empty Storage where that was asked for; a file that would run in the place of ours is nobody's but the person's. */
async function empty(repl: Repl, { eraseFirst, tell }: FlashRequest): Promise<void> {
  if (eraseFirst) {
    tell('emptying Storage');
    await eraseAll(repl);
  }
  if ((await fileNames(repl)).includes('.bootrst')) throw new ColdrailError('flash.other-boot-file');
}
