import { ColdrailError } from '../errors/error.ts';
import { type Client, LinkError } from './client.ts';
import { type ConnectOptions, wake } from './connect.ts';
import { hello } from './hello.ts';

export interface RestartOptions {
  /** Where it is missing, the same line is knocked at. A port that goes away with the tracker needs it. */
  readonly reconnect?: () => Promise<Client>;
  readonly connect?: ConnectOptions;
}

/** How often a tracker that has not gone down yet is asked again, and after how long: what it said goes out first. */
const MOST_ASKED = 20;
const ASK_AGAIN_MS = 250;
/** A start takes longer than a tracker that sleeps is waited for; a reset would only make it begin anew. */
const KNOCKS_OF_A_START = 40;

/**
 * Restart the tracker and wait until its console answers again; what is returned speaks to it.
 * @throws ColdrailError `console.no-restart`, and what `wake` throws
 */
export async function restart(client: Client, options: RestartOptions = {}): Promise<Client> {
  const before = await hello(client);
  try {
    await client.request('reboot', {}, { attempts: 1 });
  } catch (error) {
    // It may have gone down before its answer was out.
    if (!(error instanceof LinkError)) throw error;
  }
  if (options.reconnect) return await options.reconnect();
  for (let asked = 0; asked < MOST_ASKED; asked++) {
    const now = await wake(client, { knocksBeforeReset: KNOCKS_OF_A_START, ...options.connect });
    if (now.powerOn !== before.powerOn || now.uptimeS < before.uptimeS) return client;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  throw new ColdrailError('console.no-restart');
}
