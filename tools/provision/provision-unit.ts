import { applyConfig, type ConfigChange } from '../console/apply.ts';
import { type Client, LinkError } from '../console/client.ts';
import { connect, wake } from '../console/connect.ts';
import { wordsOf } from '../console/display.ts';
import type { Port } from '../console/port.ts';
import { ColdrailError } from '../errors/error.ts';
import { keyFor } from './new-keys.ts';
import type { Unit } from './unit.ts';
import { type Plugged, plugged, type Workbench } from './workbench.ts';

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

/** How long a tracker of before may stay plugged in, and a port may be away after a restart, in tries a second. */
const TRIES = 60;

/**
 * Bring a unit's values into the tracker that is plugged in: all of them, read back after its restart, or none.
 * @throws ColdrailError `provision.*`, `serial.*`, `console.*`, `config.*`; DeviceError, LinkError
 */
export async function provisionUnit(
  unit: Unit,
  bench: Workbench,
  options: UnitOptions,
): Promise<Provisioned> {
  const { deviceId } = unit;
  const tracker = await rightTracker(unit, bench, options);
  const line = { port: tracker.port };
  try {
    const before = tracker.hello.device;
    if (before !== '' && before !== deviceId && bench.isAttended) {
      const isMeant = await bench.ask(`The tracker is called ${before}. Make it ${deviceId}?`);
      if (!isMeant) throw new ColdrailError('provision.declined', { deviceId });
    }
    const applied = await applyConfig(tracker.client, withKey(unit, options), {
      who: options.who,
      onProgress: bench.say,
      confirm: (changes) => confirmed(changes, deviceId, bench),
      reconnect: () => reconnected(tracker.client, bench, line),
    });
    if (!applied.wasSaved && applied.changes.length > 0)
      throw new ColdrailError('provision.declined', { deviceId });
    return { deviceId, changed: applied.changes.length, generation: applied.generation ?? null };
  } finally {
    await line.port.close();
  }
}

function withKey({ values, deviceId }: Unit, { newKeys }: UnitOptions): Unit['values'] {
  if (newKeys === undefined || 'deviceKey' in values) return values;
  return { ...values, deviceKey: keyFor(deviceId, newKeys) };
}

/** What is plugged in, once it is no tracker that was done before. */
async function rightTracker({ deviceId }: Unit, bench: Workbench, { done }: UnitOptions): Promise<Plugged> {
  for (let attempt = 1; ; attempt++) {
    const tracker = await plugged(bench);
    const { device } = tracker.hello;
    if (device === deviceId || !done?.has(device)) return tracker;
    await tracker.port.close();
    const wrong = new ColdrailError('provision.wrong-unit', { found: device, wanted: deviceId });
    if (bench.isAttended) {
      if (!(await bench.ask(`${wrong.message} Plug that one in. Go on?`))) throw wrong;
    } else {
      if (attempt >= TRIES) throw wrong;
      if (attempt === 1) bench.say(wrong.message);
      await bench.sleep(1000);
    }
  }
}

async function confirmed(
  changes: readonly ConfigChange[],
  deviceId: string,
  bench: Workbench,
): Promise<boolean> {
  for (const { spec, from, to } of changes)
    bench.say(`  ${spec.name}: ${wordsOf(spec, from)} -> ${wordsOf(spec, to)}`);
  return !bench.isAttended || (await bench.ask(`Write this to ${deviceId}?`));
}

/** The same line after the restart, or a new one: a USB port of the chip itself goes away with it. */
async function reconnected(client: Client, bench: Workbench, line: { port: Port }): Promise<Client> {
  try {
    await wake(client, { path: bench.path, onNews: bench.say });
    return client;
  } catch (error) {
    if (!(error instanceof LinkError) || error.failure !== 'closed') throw error;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      line.port = await bench.open();
      return (await connect(line.port, { path: bench.path, onNews: bench.say })).client;
    } catch (error) {
      const isAway = error instanceof ColdrailError && ['serial.missing', 'serial.none'].includes(error.id);
      if (!isAway || attempt >= TRIES) throw error;
      await bench.sleep(1000);
    }
  }
}
