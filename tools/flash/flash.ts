/** A bundle into a running Espruino: docs/flashing.md says why in this order. */
import { LinkError } from '../console/link-error.ts';
import type { Port } from '../console/port.ts';
import type { UnlockOptions } from '../console/unlock.ts';
import { ColdrailError } from '../errors/error.ts';
import { type Chip, runsOn } from './chips.ts';
import { enter, type Way } from './enter.ts';
import { LastingPort } from './lasting-port.ts';
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
  /** Opens the serial port: again where it went away with the board. */
  readonly open: () => Promise<Port>;
  /** Where the PIN of a console comes from. */
  readonly pin: UnlockOptions;
  /** A sentence about what is going on. */
  readonly tell: (sentence: string) => void;
  readonly content: string;
  /** The chip that the bundle is for, null for Linux; undefined where nobody knows. */
  readonly chip: Chip | null | undefined;
  /** Only compare. */
  readonly verifyOnly: boolean;
  /** Empty Storage first. */
  readonly eraseFirst: boolean;
  /** How long the new firmware may take to say hello, in ms; 0: it is not started. */
  readonly helloWithinMs: number;
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

/** JsVars that a session takes inside an event, the most that the firmware ever does: README.md, "Memory". */
const LEAST_JSVARS = 3280;

/** One board being flashed. */
interface Job {
  readonly request: FlashRequest;
  readonly way: Way;
  /** To a fresh prompt, with the program stopped. */
  readonly again: () => Promise<void>;
  isSwitched: boolean;
}

/**
 * Put a bundle into place, or look whether it is. Whatever fails before the switch leaves the app that ran before.
 * @throws ColdrailError, DeviceError
 */
export async function flash(request: FlashRequest): Promise<FlashResult> {
  const { open, pin, tell, patience = PATIENCE } = request;
  const port = await LastingPort.open(open, patience.bootMs);
  const repl = new Repl(port, patience);
  const way = { port, repl, pin, tell };
  repl.revive = async () => {
    await enter(way);
    await stopApp(repl);
  };
  const again = async (): Promise<void> => {
    if (await repl.interrupt()) await stopApp(repl);
    else await repl.revive();
  };
  const job = { request, way, again, isSwitched: false };
  try {
    return await run(job);
  } catch (error) {
    if (!(error instanceof LinkError) || error.failure !== 'closed') throw error;
    throw new ColdrailError(job.isSwitched ? 'flash.line-gone-after' : 'flash.line-gone');
  } finally {
    await port.close();
  }
}

async function run(job: Job): Promise<FlashResult> {
  const { request, way } = job;
  const { port, repl } = way;
  const { content, tell } = request;
  const espruino = await enter(way);
  tell(`Espruino ${espruino.version} on ${espruino.board}`);
  await stopApp(repl);
  const bundle = printOf(content);
  const result = { espruino, bundle, before: await activePrint(repl), tries: 0, greeting: null };
  if (request.verifyOnly) {
    await restart(repl, espruino);
    return { ...result, isInPlace: isSame(result.before, bundle) };
  }
  await check(job, espruino);
  await empty(job);
  await makeRoom(repl, espruino.board, appName(bundle), content.length, tell);
  const tries = await storeApp(repl, content, {
    usesPackets: hasPackets(espruino.version),
    onProgress: request.onProgress,
    tell,
    again: job.again,
  });
  await switchTo(repl, appName(bundle), bundle);
  job.isSwitched = true;
  tell('The bundle is in place, and was read back.');
  const done = { ...result, tries, isInPlace: true };
  if (request.helloWithinMs === 0) return done;
  await restart(repl, espruino);
  return { ...done, greeting: await awaitHello(port, request.helloWithinMs) };
}

/** More than emptying Storage takes, which is the longest that the interpreter is busy. */
const WATCHDOG_S = 120;

/**
 * Stop the program that runs: without what is in `.bootcde`, and until the next start. Its watchdog goes on and cannot be
 * stopped, so the interpreter is told to serve it.
 */
async function stopApp(repl: Repl): Promise<void> {
  await repl.tell('reset()');
  if (!(await repl.interrupt())) throw new ColdrailError('flash.silent');
  await repl.tell(`E.enableWatchdog(${WATCHDOG_S})`);
}

async function check({ way: { repl }, request, again }: Job, { version, board }: Identity): Promise<void> {
  const { chip, tell } = request;
  if (chip !== undefined && !runsOn(chip, board))
    throw new ColdrailError('flash.wrong-chip', { board, chip: chip?.espruinoBoard ?? 'LINUX' });
  if (losesUart(version))
    tell(
      `Warning: Espruino ${version} loses what a modem says beyond 64 bytes at once. The tracker needs a build behind ` +
        '2v29, as in 2v29.100: docs/flashing.md, "Espruino itself".',
    );
  await switchOffRadios(repl, again, tell);
  const total = await repl.ask<number>('process.memory().total');
  if (total < LEAST_JSVARS) throw new ColdrailError('flash.memory-short', { total, least: LEAST_JSVARS });
}

/** Empty Storage where that was asked for; a file that would run in the place of ours is the person's to judge. */
async function empty({ way: { repl }, request }: Job): Promise<void> {
  if (request.eraseFirst) {
    request.tell('Emptying Storage.');
    await eraseAll(repl);
  }
  if ((await fileNames(repl)).includes('.bootrst')) throw new ColdrailError('flash.other-boot-file');
}
