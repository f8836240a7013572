/** The configuration of a tracker as it stands. Runs on the host and in a browser. */
import { type KeySpec, SCHEMA } from '../../firmware/config/schema.ts';
import { UNKNOWN_KEY } from '../../hal/faults.ts';
import { DeviceError } from '../errors/device-error.ts';
import { ColdrailError } from '../errors/error.ts';
import type { Client } from './client.ts';
import { type Display, type DisplayValues, displayOf } from './display.ts';

/** The most that comes of a text in one answer: docs/console.md. */
export const PIECE = 400;

/** All keys that the tracker and this version both know, secrets as whether they are set. */
export async function readConfig(client: Client, names?: readonly string[]): Promise<DisplayValues> {
  const values: Record<string, Display> = {};
  for (const spec of SCHEMA) {
    if (names && !names.includes(spec.name)) continue;
    const value = await readKey(client, spec);
    if (value !== undefined) values[spec.name] = value;
  }
  return values;
}

/** The value in force; undefined where the tracker's firmware is older than the key. */
export async function readKey(client: Client, spec: KeySpec): Promise<Display | undefined> {
  try {
    const first = await client.request('config.get', { key: spec.name });
    const wire = 'length' in first ? await readRest(client, spec, first) : first['value'];
    return displayOf(spec, wire);
  } catch (error) {
    if (error instanceof DeviceError && error.code === UNKNOWN_KEY) return undefined;
    throw error;
  }
}

async function readRest(client: Client, spec: KeySpec, first: Readonly<Record<string, unknown>>) {
  const length = Number(first['length']);
  let text = String(first['value'] ?? '');
  while (text.length < length) {
    const { value } = await client.request('config.get', { key: spec.name, at: text.length });
    if (typeof value !== 'string' || value === '')
      throw new ColdrailError('console.malformed', {
        request: 'config.get',
        detail: `${spec.name} ends after ${text.length} of ${length} characters`,
      });
    text += value;
  }
  return text;
}
