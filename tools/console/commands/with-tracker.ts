import { ColdrailError } from '../../errors/error.ts';
import { openPort } from '../../serial/open-port.ts';
import { choosePort, listPorts } from '../../serial/ports.ts';
import type { Client } from '../client.ts';
import { connect } from '../connect.ts';
import type { Hello } from '../hello.ts';
import type { Port } from '../port.ts';
import { unlock } from '../unlock.ts';
import type { DeviceFlags } from './device-command.ts';
import { pinSource } from './pin.ts';

/** A tracker on a serial port, for as long as a command takes. */
export interface Session {
  readonly client: Client;
  readonly hello: Hello;
  readonly path: string;
  /** Open the console for changes. @throws ColdrailError `console.pin-needed`, DeviceError */
  readonly unlock: () => Promise<void>;
  /** After a restart: the same line, or the port opened again where it went away with the tracker. */
  readonly reconnect: () => Promise<Client>;
}

/** A sentence about what is going on, on standard error. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** The port that was named, or the only one there is. @throws ColdrailError `serial.none`, `serial.several` */
export async function portOf(flags: DeviceFlags): Promise<string> {
  if (flags.port !== undefined) return flags.port;
  const path = choosePort(await listPorts());
  tell(`Port ${path}.`);
  return path;
}

/** A start takes longer than a tracker that sleeps is waited for; a reset would only make it begin anew. */
const KNOCKS_OF_A_START = 40;
/** How long a port that goes away with the tracker may stay away. */
const PORT_BACK_S = 15;

/** Open the port, wake the tracker, do what is to be done, and close the port whatever happens. */
export async function withTracker<T>(flags: DeviceFlags, run: (session: Session) => Promise<T>): Promise<T> {
  const pin = pinSource(flags.pinFile);
  const path = await portOf(flags);
  let port: Port = await openPort(path, { mayReset: flags.reset });
  try {
    const { client, hello } = await connect(port, { path, onNews: tell });
    return await run({
      client,
      hello,
      path,
      unlock: async () => {
        const onWait = (waitS: number): void =>
          tell(`The tracker looks at the next PIN in ${waitS} s; waiting.`);
        if (!(await unlock(client, { ...pin, onWait }))) throw new ColdrailError('console.pin-needed');
      },
      reconnect: async () => {
        await port.close();
        port = await reopen(path, flags.reset);
        const awake = await connect(port, { path, knocksBeforeReset: KNOCKS_OF_A_START });
        return awake.client;
      },
    });
  } finally {
    await port.close();
  }
}

async function reopen(path: string, mayReset: boolean): Promise<Port> {
  for (let waitedS = 0; ; waitedS++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      return await openPort(path, { mayReset });
    } catch (error) {
      if (waitedS >= PORT_BACK_S) throw error;
    }
  }
}
