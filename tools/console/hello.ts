import { ColdrailError } from '../errors/error.ts';
import type { Client, RequestOptions } from './client.ts';
import type { Message } from './frame.ts';

/** The version of docs/console.md that these tools speak. */
export const PROTOCOL = 1;

/** Who the tracker is, and whether it lets us change anything. */
export interface Hello {
  /** Empty: not provisioned. */
  readonly device: string;
  /** How often it was switched on or reset. */
  readonly powerOn: number;
  readonly uptimeS: number;
  /** Version of the firmware. */
  readonly version: string;
  /** How many keys its configuration has. */
  readonly keys: number;
  /** Whether a PIN is set. */
  readonly hasPin: boolean;
  /** Whether it takes changes now. */
  readonly isOpen: boolean;
  /** Seconds until the next PIN is looked at. */
  readonly waitS: number;
}

/** @throws ColdrailError `console.protocol`, DeviceError, LinkError */
export async function hello(client: Client, options: RequestOptions = {}): Promise<Hello> {
  return helloOf(await client.request('hello', {}, options));
}

export function helloOf(answer: Message): Hello {
  const protocol = Number(answer['protocol']);
  if (protocol !== PROTOCOL)
    throw new ColdrailError('console.protocol', { protocol: String(answer['protocol']) });
  return {
    device: String(answer['device'] ?? ''),
    powerOn: Number(answer['powerOn']),
    uptimeS: Number(answer['uptimeS']),
    version: String(answer['version'] ?? ''),
    keys: Number(answer['keys']),
    hasPin: answer['pin'] === 1,
    isOpen: answer['open'] === 1,
    waitS: Number(answer['waitS'] ?? 0),
  };
}
