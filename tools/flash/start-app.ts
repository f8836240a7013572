import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../console/client.ts';
import type { Port } from '../console/port.ts';
import { interpreterIn } from '../console/who-talks.ts';
import { ColdrailError } from '../errors/error.ts';
import { greet } from './enter.ts';
import type { Identity, Repl } from './repl.ts';

/** What the new firmware said about itself. */
export interface Greeting {
  /** The device id; empty on a board that has none yet. */
  readonly device: string;
  /** Of the firmware; empty where it was heard and not asked. */
  readonly version: string;
}

/** What the firmware says first. Behind a prompt it need not stand at the start of its line. */
const BANNER = /coldrail (\S+|\(not provisioned\)) power-on \d+/;
/** What the interpreter says where the app does not run. */
const COMPLAINT = /Uncaught .*|Execution Interrupted.*|OUT OF MEMORY.*|Storage is corrupt.*/;
/** Asks Espruino's prompt who it is; to the firmware's console it is a key. */
const ENQ = '\x05';
/** The prompt may answer once before the app takes the port. */
const PROMPTS = 3;
/** How often it is asked in all. */
const QUESTIONS = 20;

/** Restart the board. Linux cannot, and only starts its interpreter anew. */
export async function restart(repl: Repl, { board }: Identity): Promise<void> {
  await repl.tell(board === 'LINUX' ? 'load()' : 'E.reboot()');
}

/**
 * Wait until the firmware says who it is. Its console opens behind the first reading.
 * @throws flash.app-complains, flash.no-hello, LinkError
 */
export async function awaitHello(port: Port, withinMs: number): Promise<Greeting> {
  const client = new Client(port, { timeoutMs: withinMs / QUESTIONS });
  let banner: Greeting | undefined;
  let complaint = '';
  let prompts = 0;
  let hasAsked = false;
  client.onLine = (line) => {
    const found = BANNER.exec(line);
    if (found) banner = { device: (found[1] ?? '').replace(/^\(.*/, ''), version: '' };
    if (interpreterIn(line)) prompts++;
    // Behind a question of ours it may be the prompt that does not understand it.
    if (!hasAsked) complaint ||= COMPLAINT.exec(line)?.[0] ?? '';
  };
  await pause((2 * withinMs) / QUESTIONS);
  for (let question = 2; question < QUESTIONS; question++) {
    if (banner && hasAsked) return banner;
    if (prompts >= PROMPTS) complaint ||= 'its prompt is there, and no app';
    if (complaint !== '') throw new ColdrailError('flash.app-complains', { detail: complaint.slice(0, 120) });
    hasAsked = true;
    await port.write(ENQ);
    const answer = await greet(client);
    if (answer) return { device: answer.device, version: answer.version };
  }
  throw new ColdrailError('flash.no-hello', { seconds: Math.round(withinMs / 1000) });
}
