/** From a port to the interpreter's prompt, whatever has the port. */
import { Client } from '../console/client.ts';
import type { Message } from '../console/frame.ts';
import { LinkError } from '../console/link-error.ts';
import type { Port } from '../console/port.ts';
import { ColdrailError } from '../errors/error.ts';
import type { Identity, Repl } from './repl.ts';

export interface Way {
  readonly port: Port;
  readonly repl: Repl;
  /** Opens a console that asks for its PIN. @throws DeviceError, or what says that there is no PIN to give */
  readonly unlock: (client: Client) => Promise<void>;
  /** Tells the person something. */
  readonly tell: (text: string) => void;
}

/** How often a board that starts is asked, a few seconds apart: its console opens behind the first reading. */
const KNOCKS = 12;

/**
 * Get to the prompt: it may be there, behind a program that runs, behind Coldrail's console, or behind the reset line.
 * @throws flash.no-prompt, DeviceError of a console that refuses, LinkError where the line is gone
 */
export async function enter(way: Way): Promise<Identity> {
  const { port, repl, tell } = way;
  const there = (await repl.enquire()) ?? (await repl.interrupt(1)) ?? (await throughConsole(way));
  if (there) return there;
  if (await port.reset()) tell('nothing answers: the board was reset, waiting for it');
  else tell('nothing answers: press the reset button of the board');
  for (let knock = 0; knock < KNOCKS; knock++) {
    // Any byte is a key to Coldrail's console, and this one is a question to Espruino's prompt.
    const identity = (await repl.enquire()) ?? (await throughConsole(way));
    if (identity) return identity;
  }
  throw new ColdrailError('flash.no-prompt');
}

/** Ask Coldrail's console for the interpreter; undefined where there is no such console. */
async function throughConsole({ port, repl, unlock }: Way): Promise<Identity | undefined> {
  const client = new Client(port, { timeoutMs: repl.patience.answerMs });
  try {
    await port.write('\r\n');
    const hello = await greet(client);
    if (!hello) return undefined;
    if (hello['pin'] === 1 && hello['open'] !== 1) await unlock(client);
    await client.request('repl');
  } finally {
    repl.attach();
  }
  return repl.interrupt();
}

async function greet(client: Client): Promise<Message | undefined> {
  try {
    return await client.request('hello', {}, { attempts: 1 });
  } catch (error) {
    if (error instanceof LinkError && error.failure !== 'closed') return undefined;
    throw error;
  }
}
