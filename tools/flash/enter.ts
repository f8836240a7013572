/** From a port to the interpreter's prompt, whatever has the port. */
import { Client } from '../console/client.ts';
import { type Hello, hello } from '../console/hello.ts';
import { LinkError } from '../console/link-error.ts';
import type { Port } from '../console/port.ts';
import { type UnlockOptions, unlock } from '../console/unlock.ts';
import { ColdrailError } from '../errors/error.ts';
import type { Identity, Repl } from './repl.ts';

export interface Way {
  readonly port: Port;
  readonly repl: Repl;
  /** Where the PIN of a console comes from. */
  readonly pin: UnlockOptions;
  /** A sentence about what is going on. */
  readonly tell: (sentence: string) => void;
}

/** How often a board that starts is asked, a few seconds apart: its console opens behind the first reading. */
const KNOCKS = 12;

/**
 * Get to the prompt: it may be there, behind a program that runs, behind Coldrail's console, or behind the reset line.
 * @throws flash.no-prompt, console.pin-needed, DeviceError of a console that refuses, LinkError where the line is gone
 */
export async function enter(way: Way): Promise<Identity> {
  const { port, repl, tell } = way;
  const there = (await repl.enquire()) ?? (await repl.interrupt(1)) ?? (await throughConsole(way));
  if (there) return there;
  const wasReset = await port.reset();
  tell(
    wasReset
      ? 'Nothing answers: the reset line was pulled, waiting for the board to start.'
      : 'Nothing answers, and there is no reset line: press the reset button of the board.',
  );
  for (let knock = 0; knock < KNOCKS; knock++) {
    // Any byte is a key to Coldrail's console. At the prompt half of our own request may stand, which has to go first.
    const identity = (await repl.interrupt(1)) ?? (await throughConsole(way));
    if (identity) return identity;
  }
  throw new ColdrailError('flash.no-prompt');
}

/** Ask Coldrail's console for the interpreter; undefined where there is no such console. */
async function throughConsole({ port, repl, pin, tell }: Way): Promise<Identity | undefined> {
  const client = new Client(port, { timeoutMs: repl.patience.answerMs });
  try {
    await port.write('\r\n');
    if (!(await greet(client))) return undefined;
    const onWait = (waitS: number): void => tell(`The tracker looks at the next PIN in ${waitS} s; waiting.`);
    if (!(await unlock(client, { ...pin, onWait }))) throw new ColdrailError('console.pin-needed');
    await client.request('repl');
  } finally {
    repl.attach();
  }
  return repl.interrupt();
}

/** Who the tracker is; undefined where nothing answers that speaks the console's protocol. */
export async function greet(client: Client): Promise<Hello | undefined> {
  try {
    return await hello(client, { attempts: 1 });
  } catch (error) {
    if (error instanceof LinkError && error.failure !== 'closed') return undefined;
    throw error;
  }
}
