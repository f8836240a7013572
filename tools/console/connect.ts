/** From an open port to a tracker that answers: docs/console.md says when it does. Runs on the host and in a browser. */
import { DeviceError } from '../errors/device-error.ts';
import { ColdrailError } from '../errors/error.ts';
import { Client, type ClientOptions, LinkError } from './client.ts';
import { type Hello, hello } from './hello.ts';
import type { Port } from './port.ts';
import { interpreterIn, whatTalks } from './who-talks.ts';

/** ENQ, which Espruino answers with its name and runs nothing (README_Protocol.md). */
const ENQ = '\x05';
/** Stops what runs. */
const CTRL_C = '\x03';
/** Ctrl-U empties the line; Enter is a key for a tracker that waits for one. */
const ENTER = '\x15\r';

export interface ConnectOptions {
  /** What to call the port in errors. */
  readonly path?: string;
  /** How long a tracker may take to wake, in seconds. */
  readonly wakeS?: number;
  /** Milliseconds that one knock is waited for. */
  readonly knockMs?: number;
  /** How many knocks go unanswered before reset is pulled. */
  readonly knocksBeforeReset?: number;
  /** Hears what is going on, a sentence each time. */
  readonly onNews?: (sentence: string) => void;
  readonly client?: ClientOptions;
}

/** A tracker that answers. */
export interface Tracker {
  readonly client: Client;
  readonly hello: Hello;
}

/** The first reading after a reset may take a sensor's time-outs and the mount of the journal. */
const WAKE_S = 60;
const KNOCK_MS = 700;
const KNOCKS_BEFORE_RESET = 4;
const KNOCKS_OF_A_START = 30;
/** One answer of the interpreter may be from the moment before it starts the firmware. */
const ANSWERS_OF_INTERPRETER = 3;
const MOST_HEARD = 2000;

/**
 * Knock until the tracker answers; when it does not, pull its reset line, and knock on while it starts.
 * @throws ColdrailError `console.silent`, `console.interpreter`, `console.foreign`, `console.garbled`,
 * `console.protocol`, LinkError `closed`
 */
export async function connect(port: Port, options: ConnectOptions = {}): Promise<Tracker> {
  const client = new Client(port, options.client);
  return { client, hello: await wake(client, options) };
}

/** Like `connect`, over a client that there is: after a restart of the tracker. */
export async function wake(client: Client, options: ConnectOptions = {}): Promise<Hello> {
  const { onNews = () => {}, wakeS = WAKE_S, knockMs = KNOCK_MS, path = 'the port' } = options;
  const mostKnocks = Math.max(1, Math.ceil((wakeS * 1000) / knockMs));
  const resetAt = options.knocksBeforeReset ?? KNOCKS_BEFORE_RESET;
  let heard = '';
  let answersOfInterpreter = 0;
  const before = client.onText;
  client.onText = (text) => {
    heard = (heard + text).slice(-MOST_HEARD);
    before(text);
  };
  try {
    for (let knocks = 1; knocks <= mostKnocks; knocks++) {
      // A second Ctrl-C ends an Espruino for Linux.
      const found = await knock(client, answersOfInterpreter > 0 ? '' : CTRL_C, knockMs);
      if (found) return found;
      const interpreter = interpreterIn(heard);
      if (interpreter && ++answersOfInterpreter >= ANSWERS_OF_INTERPRETER)
        throw new ColdrailError('console.interpreter', { interpreter, path });
      if (interpreter) heard = '';
      // Time enough for a start: what talks and is no tracker by then will not become one.
      if (knocks >= resetAt + KNOCKS_OF_A_START && whatTalks(heard).kind !== 'nothing') break;
      if (knocks === 1) onNews('No answer yet; knocking.');
      if (knocks === resetAt) {
        heard = '';
        const wasReset = await client.port.reset();
        onNews(
          wasReset
            ? 'The tracker sleeps: its reset line was pulled, waiting for it to start.'
            : 'The tracker sleeps, and there is no reset line: press its reset button.',
        );
      }
    }
  } finally {
    client.onText = before;
  }
  const talk = whatTalks(heard);
  if (talk.kind === 'garbled') throw new ColdrailError('console.garbled', { path });
  if (talk.kind === 'text') throw new ColdrailError('console.foreign', { path, text: talk.text });
  throw new ColdrailError('console.silent', { path, seconds: wakeS });
}

/** One attempt; undefined where nothing answered it. */
async function knock(client: Client, stop: string, timeoutMs: number): Promise<Hello | undefined> {
  try {
    await client.say(`${ENQ}${stop}${ENTER}`);
    return await hello(client, { timeoutMs, attempts: 1 });
  } catch (error) {
    // A line that was damaged, or stopped by our own Ctrl-C: it is there, and is asked again.
    if (error instanceof DeviceError) return undefined;
    if (error instanceof LinkError && error.failure !== 'closed') return undefined;
    throw error;
  }
}
