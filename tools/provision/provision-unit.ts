import { applyConfig, type ConfigChange } from '../console/apply.ts';
import { wordsOf } from '../console/display.ts';
import { ColdrailError } from '../errors/error.ts';
import { keyFor } from './new-keys.ts';
import type { Unit } from './unit.ts';
import type { Plugged, Workbench } from './workbench.ts';

export interface UnitOptions {
  /** For the journal: 1 to 16 of A-Z a-z 0-9 - _. */
  readonly who: string;
  /** Folder of key files; where it is set, a unit without a key gets one. */
  readonly newKeys?: string;
  /** Names of trackers that must not be changed: units that are done. */
  readonly done?: ReadonlySet<string>;
}

/** What was done to a tracker. */
export interface Provisioned {
  readonly deviceId: string;
  /** How many keys differed. */
  readonly changed: number;
  /** Generation of the configuration that was written; null where nothing differed. */
  readonly generation: number | null;
}

/** The tracker of before was still plugged in, or none was. */
interface NotYet {
  readonly found: string;
}

/** How long, in seconds, the tracker of before may stay plugged in, and the port be away. */
const SWAP_S = 60;

/**
 * Bring a unit's values into the tracker that is plugged in: all of them, read back after its restart, or none. What is
 * plugged in may first have to be changed for the right one.
 * @throws ColdrailError `provision.*`, `serial.*`, `console.*`, `config.*`; DeviceError, LinkError
 */
export async function provisionUnit(
  unit: Unit,
  bench: Workbench,
  options: UnitOptions,
): Promise<Provisioned> {
  const { deviceId } = unit;
  for (let waitedS = 0; ; waitedS++) {
    const outcome = await attempt(unit, bench, options, waitedS < SWAP_S);
    if (!('found' in outcome)) return outcome;
    const wrong = new ColdrailError('provision.wrong-unit', { found: outcome.found, wanted: deviceId });
    if (bench.isAttended) {
      if (!(await bench.ask(`${wrong.message} Is that one plugged in now?`))) throw wrong;
      continue;
    }
    if (waitedS >= SWAP_S) throw wrong;
    if (waitedS === 0) bench.say(`Waiting until ${deviceId} is plugged in.`);
    await bench.sleep(1000);
  }
}

async function attempt(
  unit: Unit,
  bench: Workbench,
  options: UnitOptions,
  mayWait: boolean,
): Promise<Provisioned | NotYet> {
  const done = options.done ?? new Set();
  try {
    return await bench.plugged(async (tracker) => {
      const found = tracker.hello.device;
      if (found !== unit.deviceId && done.has(found)) return { found };
      return await write(unit, tracker, bench, options);
    });
  } catch (error) {
    // Between two units the port is away for as long as it takes to plug in the next one.
    const isSwap = !bench.isAttended && mayWait && done.size > 0 && isAway(error);
    if (!isSwap) throw error;
    return { found: 'none' };
  }
}

/** Whether there was no port. */
function isAway(error: unknown): boolean {
  return error instanceof ColdrailError && ['serial.missing', 'serial.none'].includes(error.id);
}

async function write(
  unit: Unit,
  { client, hello, reconnect }: Plugged,
  bench: Workbench,
  options: UnitOptions,
): Promise<Provisioned> {
  const { deviceId } = unit;
  const before = hello.device;
  if (before !== '' && before !== deviceId && bench.isAttended) {
    const isMeant = await bench.ask(`The tracker is called ${before}. Make it ${deviceId}?`);
    if (!isMeant) throw new ColdrailError('provision.declined', { deviceId });
  }
  const { changes, wasSaved, generation } = await applyConfig(client, withKey(unit, options), {
    who: options.who,
    onProgress: bench.say,
    confirm: (planned) => confirmed(planned, deviceId, bench),
    reconnect,
  });
  if (!wasSaved && changes.length > 0) throw new ColdrailError('provision.declined', { deviceId });
  return { deviceId, changed: changes.length, generation: generation ?? null };
}

function withKey({ values, deviceId }: Unit, { newKeys }: UnitOptions): Unit['values'] {
  if (newKeys === undefined || 'deviceKey' in values) return values;
  return { ...values, deviceKey: keyFor(deviceId, newKeys) };
}

async function confirmed(
  changes: readonly ConfigChange[],
  deviceId: string,
  bench: Workbench,
): Promise<boolean> {
  for (const { spec, from, to } of changes)
    bench.say(`  ${spec.name}: ${wordsOf(spec, from)} -> ${wordsOf(spec, to)}`);
  return !bench.isAttended || (await bench.ask(`Write this to ${deviceId}, and restart it?`));
}
