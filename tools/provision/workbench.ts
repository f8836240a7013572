import { createInterface } from 'node:readline/promises';
import { connect, type Tracker } from '../console/connect.ts';
import type { Port } from '../console/port.ts';
import { unlock } from '../console/unlock.ts';
import { ColdrailError } from '../errors/error.ts';
import { openPort } from '../serial/open-port.ts';
import { choosePort, listPorts } from '../serial/ports.ts';

/** Where trackers are plugged in, and who is asked. */
export interface Workbench {
  /** What to call the port. */
  readonly path: string;
  /** A line to what is plugged in now. */
  open(): Promise<Port>;
  /** Whether a person can be asked; without one everything goes on by itself. */
  readonly isAttended: boolean;
  /** False: no. */
  ask(question: string): Promise<boolean>;
  askPin(): Promise<string | undefined>;
  /** News for a person. */
  say(sentence: string): void;
  sleep(ms: number): Promise<void>;
}

/** A serial port and the terminal. `port` empty: the only one that a tracker can be behind, looked for each time. */
export function terminalBench(port: string, isAttended: boolean): Workbench {
  const question = async (text: string): Promise<string> => {
    const line = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await line.question(text);
    } finally {
      line.close();
    }
  };
  return {
    path: port === '' ? 'the port' : port,
    open: async () => await openPort(port === '' ? choosePort(await listPorts()) : port),
    isAttended,
    ask: async (text) => /^(y|yes|)$/i.test((await question(`${text} [Y/n] `)).trim()),
    askPin: async () => {
      const pin = process.env['COLDRAIL_PIN'];
      if (pin !== undefined || !isAttended) return pin;
      return (await question('PIN of the tracker: ')).trim() || undefined;
    },
    say: (sentence) => process.stderr.write(`${sentence}\n`),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

/** A tracker that takes changes, and its line. */
export interface Plugged extends Tracker {
  readonly port: Port;
}

/**
 * The tracker that is plugged in now, open for changes. Its line is closed where that fails.
 * @throws ColdrailError `serial.*`, `console.*`, `provision.pin`; DeviceError, LinkError
 */
export async function plugged(bench: Workbench): Promise<Plugged> {
  const port = await bench.open();
  try {
    const tracker = await connect(port, { path: bench.path, onNews: bench.say });
    const onWait = (waitS: number): void => bench.say(`The tracker looks at the next PIN in ${waitS} s.`);
    const tries = bench.isAttended ? 3 : 1;
    const isOpen = await unlock(tracker.client, {
      askPin: () => bench.askPin(),
      tries,
      onWait,
      sleep: bench.sleep,
    });
    if (!isOpen) throw new ColdrailError('provision.pin');
    return { ...tracker, port };
  } catch (error) {
    await port.close();
    throw error;
  }
}
