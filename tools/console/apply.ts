/**
 * Bring a configuration into a tracker: all of it or nothing, read back before it is believed. Runs on the host and in a
 * browser.
 */
import type { KeySpec } from '../../firmware/config/schema.ts';
import { valueFault } from '../../firmware/config/values.ts';
import { NOT_READ_BACK, OK, UNKNOWN_KEY, VALUE_REFUSED } from '../../hal/faults.ts';
import { DeviceError } from '../errors/device-error.ts';
import { type Client, LinkError } from './client.ts';
import { type ConfigProblem, ConfigRefused, problemOf } from './config-problem.ts';
import { type Display, type DisplayValues, isSame, specOf, stored, wireOf } from './display.ts';
import { PIECE, readKey } from './read-config.ts';
import { type RestartOptions, restart } from './restart.ts';

/** What differs between the tracker and what is wanted. Of a secret, `from` is whether it is set. */
export interface ConfigChange {
  readonly spec: KeySpec;
  readonly from: Display;
  readonly to: Display;
}

export interface ApplyOptions extends RestartOptions {
  /** Who does it, for the journal: 1 to 16 of A-Z a-z 0-9 - _. */
  readonly who: string;
  /** Hears what is going on, a sentence each time. */
  readonly onProgress?: (sentence: string) => void;
  /** Shown the changes before anything is written for good; false leaves the tracker as it was. */
  readonly confirm?: (changes: readonly ConfigChange[]) => Promise<boolean>;
}

export interface Applied {
  readonly changes: readonly ConfigChange[];
  /** False: nothing differed, or `confirm` said no; the tracker is as it was. */
  readonly wasSaved: boolean;
  /** Generation of the configuration that was written. */
  readonly generation: number | undefined;
  /** Speaks to the tracker after its restart. */
  readonly client: Client;
}

/** How long writing and reading back flash may take, milliseconds. */
const SAVE_MS = 20_000;

/**
 * The console must be unlocked. Keys that are not named stay as they are. A secret given as `true` or `false` stays too, so
 * that what was exported can be applied.
 * @throws ConfigRefused: `config.not-applied` where the tracker is as it was, `config.not-read-back` where it was saved and
 * differs from what was wanted; DeviceError, LinkError
 */
export async function applyConfig(
  client: Client,
  values: DisplayValues,
  options: ApplyOptions,
): Promise<Applied> {
  const { onProgress = () => {}, confirm = async () => true } = options;
  const wanted = checked(values);
  const changes = await compare(client, wanted);
  const asItWas: Applied = { changes, wasSaved: false, generation: undefined, client };
  if (changes.length === 0) return asItWas;
  const generation = await stageAndSave(client, changes, options.who, onProgress, confirm);
  if (generation === undefined) return asItWas;
  onProgress('Saved; the tracker restarts.');
  const awake = await restart(client, options);
  onProgress('Reading back every key.');
  await readBack(awake, wanted);
  return { changes, wasSaved: true, generation, client: awake };
}

/** What `applyConfig` would change. */
export async function diffConfig(client: Client, values: DisplayValues): Promise<ConfigChange[]> {
  return await compare(client, checked(values));
}

/**
 * What is wrong with each value by itself, without a tracker; empty where nothing is.
 */
export function problemsOf(values: DisplayValues): ConfigProblem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const spec = specOf(name);
    if (!spec) return problemOf(name, UNKNOWN_KEY);
    if (stays(spec, value)) return [];
    const inFlash = stored(spec, value);
    const code = inFlash === undefined ? VALUE_REFUSED : valueFault(spec, inFlash, false);
    return code === OK ? [] : problemOf(name, code);
  });
}

/** Whether a value says only whether a secret was set where it comes from: what is set here stays. */
function stays(spec: KeySpec, value: Display): boolean {
  return spec.isSecret && typeof value === 'boolean';
}

type Wanted = readonly { readonly spec: KeySpec; readonly value: Display }[];

function checked(values: DisplayValues): Wanted {
  const problems = problemsOf(values);
  if (problems.length > 0) throw new ConfigRefused('config.not-applied', problems);
  return Object.entries(values).flatMap(([name, value]) => {
    const spec = specOf(name);
    return spec && !stays(spec, value) ? [{ spec, value }] : [];
  });
}

async function compare(client: Client, wanted: Wanted): Promise<ConfigChange[]> {
  const changes: ConfigChange[] = [];
  const problems: ConfigProblem[] = [];
  for (const { spec, value } of wanted) {
    const shown = await readKey(client, spec);
    if (shown === undefined) problems.push(problemOf(spec.name, UNKNOWN_KEY));
    else if ((spec.isSecret && shown === true) || !isSame(spec, value, shown))
      changes.push({ spec, from: shown, to: value });
  }
  if (problems.length > 0) throw new ConfigRefused('config.not-applied', problems);
  return changes;
}

/** The generation that was written; undefined where `confirm` said no. Whatever fails in front of the save is taken back. */
async function stageAndSave(
  client: Client,
  changes: readonly ConfigChange[],
  who: string,
  onProgress: (sentence: string) => void,
  confirm: (changes: readonly ConfigChange[]) => Promise<boolean>,
): Promise<number | undefined> {
  let isSaving = false;
  try {
    // What somebody staged before and did not save would be saved with ours.
    await client.request('config.revert');
    onProgress(`Sending ${changes.length} ${changes.length === 1 ? 'key' : 'keys'}.`);
    const problems = await stage(client, changes);
    if (problems.length === 0) problems.push(...(await check(client, changes)));
    if (problems.length > 0) throw new ConfigRefused('config.not-applied', problems);
    if (!(await confirm(changes))) {
      await client.request('config.revert');
      return undefined;
    }
    isSaving = true;
    const { generation } = await client.request('config.save', { who }, { timeoutMs: SAVE_MS });
    return Number(generation);
  } catch (error) {
    // A save without an answer may have been done: what the tracker has is then told by reading it.
    const isUnknown = isSaving && error instanceof LinkError;
    if (!isUnknown) await client.request('config.revert').catch(() => {});
    if (isSaving && error instanceof DeviceError)
      throw new ConfigRefused('config.not-applied', [problemOf(error.about, error.code)]);
    throw error;
  }
}

/**
 * Stage values without saving them, in place of what was staged before.
 * @throws ConfigRefused, DeviceError, LinkError
 */
export async function stageAll(client: Client, values: DisplayValues): Promise<void> {
  const wanted = checked(values);
  await client.request('config.revert');
  const problems = await stage(
    client,
    wanted.map(({ spec, value }) => ({ spec, from: null, to: value })),
  );
  if (problems.length > 0) throw new ConfigRefused('config.not-applied', problems);
}

async function stage(client: Client, changes: readonly ConfigChange[]): Promise<ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  for (const { spec, to } of changes) {
    try {
      await send(client, spec.name, wireOf(spec, to));
    } catch (error) {
      // Another key may be wrong as well; a locked console is no matter of the key.
      if (!(error instanceof DeviceError) || error.code < VALUE_REFUSED || error.code >= 120) throw error;
      problems.push(problemOf(spec.name, error.code));
    }
  }
  return problems;
}

async function send(client: Client, key: string, value: string | number | null): Promise<void> {
  if (typeof value !== 'string' || value.length <= PIECE) {
    await client.request('config.set', { key, value });
    return;
  }
  for (let at = 0; at < value.length; at += PIECE)
    await client.request('config.set', { key, value: value.slice(at, at + PIECE), at });
}

/** What the tracker finds wrong with all of it, and whether it has staged what was sent and nothing else. */
async function check(client: Client, changes: readonly ConfigChange[]): Promise<ConfigProblem[]> {
  const { problems } = await client.request('config.check', {}, { timeoutMs: SAVE_MS });
  const found = (Array.isArray(problems) ? problems : []).map(([key, code]) =>
    problemOf(String(key), Number(code)),
  );
  if (found.length > 0) return found;
  const { keys } = await client.request('config.diff');
  const staged = new Set(Array.isArray(keys) ? keys.map(String) : []);
  const missing = changes.filter(({ spec }) => !staged.delete(spec.name) && !spec.isSecret);
  return [...missing.map(({ spec }) => spec.name), ...staged].map((key) => problemOf(key, NOT_READ_BACK));
}

/** @throws ConfigRefused `config.not-read-back` */
async function readBack(client: Client, wanted: Wanted): Promise<void> {
  const problems: ConfigProblem[] = [];
  for (const { spec, value } of wanted) {
    const shown = await readKey(client, spec);
    if (shown === undefined || !isSame(spec, value, shown))
      problems.push(problemOf(spec.name, NOT_READ_BACK));
  }
  if (problems.length > 0) throw new ConfigRefused('config.not-read-back', problems);
}
