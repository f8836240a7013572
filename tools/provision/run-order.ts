import { DeviceError } from '../errors/device-error.ts';
import { ColdrailError } from '../errors/error.ts';
import { type Provisioned, provisionUnit, type UnitOptions } from './provision-unit.ts';
import type { Results } from './results.ts';
import type { Unit } from './unit.ts';
import type { Workbench } from './workbench.ts';

export interface RunOptions extends Omit<UnitOptions, 'done'> {
  /** Where a run can be resumed. */
  readonly results?: Results;
  /** Hears of each unit that is done. */
  readonly onDone: (unit: Provisioned) => void;
  /** UTC, ISO 8601. */
  readonly now: () => string;
}

/**
 * Provision unit after unit, those that are done left out. The first failure ends the run: what is wrong with one may be
 * wrong with all.
 * @throws what `provisionUnit` throws, ColdrailError `provision.declined`, `provision.results`
 */
export async function runOrder(units: readonly Unit[], bench: Workbench, options: RunOptions): Promise<void> {
  const { results } = options;
  const due = units.filter((unit) => !results?.isDone(unit));
  const done = new Set(units.filter((unit) => !due.includes(unit)).map(({ deviceId }) => deviceId));
  if (done.size > 0) bench.say(`${done.size} of ${units.length} are done already and are passed over.`);
  for (const unit of due) {
    await pluggedIn(unit, units, bench);
    try {
      options.onDone(await provisionUnit(unit, bench, { ...options, done }));
    } catch (error) {
      results?.put(unit, options.now(), idOf(error));
      throw error;
    }
    results?.put(unit, options.now());
    done.add(unit.deviceId);
  }
}

/** Tell the person which tracker is next, where there is more than one. */
async function pluggedIn(unit: Unit, units: readonly Unit[], bench: Workbench): Promise<void> {
  if (units.length === 1) return;
  const { deviceId } = unit;
  const place = `Unit ${units.indexOf(unit) + 1} of ${units.length}`;
  if (!bench.isAttended) return bench.say(`${place}: ${deviceId}.`);
  const isThere = await bench.ask(
    `${place}: plug in the tracker that is to become ${deviceId}. Is it there?`,
  );
  if (!isThere) throw new ColdrailError('provision.declined', { deviceId });
}

function idOf(error: unknown): string {
  return error instanceof ColdrailError || error instanceof DeviceError ? error.id : 'host.unexpected';
}
