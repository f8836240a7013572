/** The console's PIN: docs/console.md#the-pin. Runs on the host and in a browser. */
import { PIN_TOO_SOON, PIN_WRONG } from '../../hal/faults.ts';
import { DeviceError } from '../errors/device-error.ts';
import { type Client, LinkError } from './client.ts';
import { hello } from './hello.ts';

export interface UnlockOptions {
  /** Asked for each try; `wasWrong` from the second one on. Undefined: the person gives up. */
  readonly askPin: (wasWrong: boolean) => Promise<string | undefined>;
  /** How many PINs in all; 1 where no person is there to type another. */
  readonly tries?: number;
  /** Hears that the tracker makes us wait. */
  readonly onWait?: (waitS: number) => void;
  readonly sleep?: (ms: number) => Promise<void>;
}

const TRIES = 3;
/** The tracker writes to flash before it answers. */
const TIMEOUT_MS = 5000;

const sleepMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Open the console for changes. Nothing is asked where no PIN is set, or it is open. False: the person gave up.
 * @throws DeviceError 121 when the last PIN was wrong, LinkError
 */
export async function unlock(client: Client, options: UnlockOptions): Promise<boolean> {
  const { tries = TRIES, onWait = () => {}, sleep = sleepMs } = options;
  for (let attempt = 1; ; attempt++) {
    const { hasPin, isOpen, waitS } = await hello(client);
    if (isOpen || !hasPin) return true;
    if (waitS > 0) await pause(waitS);
    const pin = await options.askPin(attempt > 1);
    if (pin === undefined) return false;
    const error = await offer(client, pin);
    if (!error) return true;
    if (error.code === PIN_TOO_SOON) {
      await pause(Number(error.answer['waitS'] ?? 1));
      attempt--;
    } else if (error.code !== PIN_WRONG || attempt >= tries) throw error;
  }

  async function pause(waitS: number): Promise<void> {
    onWait(waitS);
    await sleep(waitS * 1000);
  }
}

/** One PIN, once: a repetition would be counted as another wrong one. Undefined: it opened. */
async function offer(client: Client, pin: string): Promise<DeviceError | undefined> {
  try {
    await client.request('unlock', { pin }, { attempts: 1, timeoutMs: TIMEOUT_MS });
    return undefined;
  } catch (error) {
    if (error instanceof DeviceError) return error;
    if (!(error instanceof LinkError) || error.failure === 'closed') throw error;
    // The answer got lost; whether it opened, it tells.
    if ((await hello(client)).isOpen) return undefined;
    throw error;
  }
}
