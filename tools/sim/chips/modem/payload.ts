import { fromByteString } from '../../bytes.ts';
import type { Call } from './call.ts';
import type { Connection } from './connection.ts';
import { take } from './faults.ts';
import type { Running } from './running.ts';
import { between, MS } from './scope.ts';

export interface Payload {
  readonly count: number;
  readonly windowUs: number;
  /** As the family spells it. */
  readonly prompt?: string;
}

/**
 * Prompt for `count` bytes and hand them to the connection. `done` hears whether it took them; it is not called when the
 * modem restarts meanwhile. Bytes that do not come in `windowUs` end the command with ERROR.
 */
export function sendPayload(
  modem: Running,
  call: Call,
  connection: Connection,
  { count, windowUs, prompt = '>' }: Payload,
  done: (taken: boolean) => void,
): void {
  call.raw(fromByteString(prompt));
  const pass = (bytes: Uint8Array): void => {
    if (take(modem.faults, 'rebootDuringSend')) {
      modem.reboot();
      return;
    }
    const lost = take(modem.faults, 'casendErrorOnce') === true;
    modem.scope.after(between(modem.random, 10 * MS, 60 * MS), () => {
      const taken = !lost && !connection.over;
      if (taken) connection.send(bytes);
      done(taken);
    });
  };
  modem.input.readCounted(count, windowUs, pass, () => call.refuse());
}

/** Take up to `count` received bytes; undefined when the modem has frozen over the question. */
export function takeReceived(modem: Running, connection: Connection, count: number): Uint8Array | undefined {
  const { available } = connection;
  if (count > available && overReadFreezes(modem)) {
    modem.freeze();
    return undefined;
  }
  const short = modem.faults.shortRead ? Math.max(1, Math.floor(Math.min(count, available) / 2)) : count;
  return connection.take(short);
}

export function overReadFreezes(modem: Running): boolean {
  return modem.faults.overReadFreezes ?? modem.family.overReadFreezes;
}
