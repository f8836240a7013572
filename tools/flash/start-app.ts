import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../console/client.ts';
import type { Message } from '../console/frame.ts';
import { LinkError } from '../console/link-error.ts';
import type { Port } from '../console/port.ts';
import { ColdrailError } from '../errors/error.ts';
import type { Identity, Repl } from './repl.ts';

/** What the new firmware said about itself. */
export interface Greeting {
  /** The device id; empty on a board that has none yet. */
  readonly device: string;
  /** Of the firmware; empty where it was heard and not asked. */
  readonly version: string;
}

const BANNER = /^coldrail (\S*) *power-on (\d+)/;
/** What the interpreter says where the app does not run. */
const COMPLAINT = /Uncaught .*|Execution Interrupted.*|OUT OF MEMORY.*|Storage is corrupt.*/;
/** Only listened to at first: a question at a prompt would be a mistake of ours in the interpreter's eyes. */
const LISTEN_PART = 0.1;

/** Restart the board. Linux cannot, and only starts its interpreter anew. */
export async function restart(repl: Repl, { board }: Identity): Promise<void> {
  await repl.tell(board === 'LINUX' ? 'load()' : 'E.reboot()');
}

/**
 * Wait until the firmware says who it is. Its console opens behind the first reading.
 * @throws flash.app-complains, flash.no-hello, flash.other-build
 */
export async function awaitHello(port: Port, crc: string, withinMs: number): Promise<Greeting> {
  const client = new Client(port, { timeoutMs: withinMs / 20 });
  let banner: Greeting | undefined;
  let complaint = '';
  client.onLine = (line) => {
    const found = BANNER.exec(line);
    if (found) banner = { device: found[1] ?? '', version: '' };
    complaint ||= COMPLAINT.exec(line)?.[0] ?? '';
  };
  const began = Date.now();
  while (Date.now() - began < withinMs * LISTEN_PART && complaint === '') await pause(withinMs / 100);
  if (complaint !== '') throw new ColdrailError('flash.app-complains', { detail: complaint.slice(0, 120) });
  while (Date.now() - began < withinMs) {
    const hello = await ask(client);
    if (hello) return checked(hello, crc);
    if (banner) return banner;
  }
  throw new ColdrailError('flash.no-hello', { seconds: Math.round(withinMs / 1000) });
}

async function ask(client: Client): Promise<Message | undefined> {
  try {
    return await client.request('hello', {}, { attempts: 1 });
  } catch (error) {
    if (error instanceof LinkError && error.failure !== 'closed') return undefined;
    throw error;
  }
}

function checked(hello: Message, crc: string): Greeting {
  const build = hello['build'];
  if (build !== undefined && build !== crc)
    throw new ColdrailError('flash.other-build', { build: String(build), crc });
  return { device: String(hello['device'] ?? ''), version: String(hello['version'] ?? '') };
}
