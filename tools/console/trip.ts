/** Beginning and ending a trip. Runs on the host and in a browser. */
import { ColdrailError } from '../errors/error.ts';
import { problemsOf, stageAll } from './apply.ts';
import type { Client } from './client.ts';
import { ConfigRefused } from './config-problem.ts';
import type { DisplayValues } from './display.ts';
import { readConfig } from './read-config.ts';
import { type RestartOptions, restart } from './restart.ts';

/** Keys that say what belongs to a trip. */
export const TRIP_KEYS = [
  'trip',
  'container',
  'wagon',
  'consignment',
  'seals',
  'setPointMilliC',
  'coldLimitMilliC',
  'warmLimitMilliC',
  'cargoProfile',
  'tripHours',
];

/** Writing and reading back flash, and a record in the journal; milliseconds. */
const SAVE_MS = 20_000;

export interface TripOptions extends RestartOptions {
  /** For the journal: 1 to 16 of A-Z a-z 0-9 - _. */
  readonly who: string;
  readonly onProgress?: (sentence: string) => void;
}

/**
 * Begin the trip named `trip` with what else belongs to it, all of it or nothing; it holds behind the restart. The console
 * must be unlocked.
 * @throws ConfigRefused, ColdrailError `trip.not-kept`, DeviceError 130 where one is under way, 132, LinkError
 */
export async function startTrip(
  client: Client,
  trip: string,
  values: DisplayValues,
  options: TripOptions,
): Promise<Client> {
  const problems = problemsOf({ ...values, trip });
  if (problems.length > 0) throw new ConfigRefused('config.not-applied', problems);
  try {
    await stageAll(client, values);
    await client.request('trip.start', { trip, who: options.who }, { timeoutMs: SAVE_MS, attempts: 1 });
  } catch (error) {
    await client.request('config.revert').catch(() => {});
    throw error;
  }
  return await settle(client, trip, options);
}

/** End the trip under way. @throws DeviceError 131 where there is none */
export async function stopTrip(client: Client, options: TripOptions): Promise<Client> {
  await client.request('config.revert');
  await client.request('trip.stop', { who: options.who }, { timeoutMs: SAVE_MS, attempts: 1 });
  return await settle(client, '', options);
}

async function settle(client: Client, wanted: string, options: TripOptions): Promise<Client> {
  options.onProgress?.('Saved; the tracker restarts.');
  const awake = await restart(client, options);
  const shown = String((await readConfig(awake, ['trip']))['trip'] ?? '');
  if (shown !== wanted) throw new ColdrailError('trip.not-kept', { shown, wanted });
  return awake;
}
