/**
 * The same bundle on the same journey, once in the simulator's vm context and once on the real Espruino interpreter. The
 * two must leave the same bytes in flash and on the wire.
 */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleBoard } from '../build/bundle.ts';
import { ColdrailError } from '../errors/error.ts';
import { openStage, type StageOptions } from '../ride/stage.ts';
import { EspruinoEngine, type MemoryUse } from '../sim/espruino/engine.ts';
import { HOUR_US } from '../sim/kernel.ts';
import { VmEngine } from '../sim/vm/engine.ts';
import { findScenario } from '../world/scenario.ts';

export interface LockstepOptions {
  readonly board: string;
  readonly scenario: string;
  readonly seed: number;
  readonly hours: number;
  readonly intervalS: number;
}

export interface Trace {
  readonly flash: Uint8Array;
  readonly wireDigest: string;
  readonly wireBytes: { up: number; down: number };
  readonly samples: number;
  readonly stored: number;
  readonly inDatabase: number;
  readonly wakes: number;
  readonly sessions: number;
  readonly complaints: readonly string[];
  /** Only from the interpreter. */
  readonly memory: MemoryUse | undefined;
}

/** The interpreter that ESPRUINO names; throws when it names none that can be run. */
export function interpreterPath(): string {
  const path = process.env['ESPRUINO'];
  if (!path) throw new ColdrailError('espruino.not-set');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new ColdrailError('espruino.not-usable', { path });
  }
  return resolve(path);
}

type EngineMaker = StageOptions['makeEngine'];

/** Ride the first hours on one engine. */
async function trace(
  options: LockstepOptions,
  makeEngine: EngineMaker,
  progress: (hour: number) => void,
): Promise<Omit<Trace, 'memory'>> {
  const scenario = findScenario(options.scenario);
  const stage = await openStage({ ...options, scenario, database: ':memory:', makeEngine });
  const { kernel, sim, office, config } = stage;
  try {
    sim.tracker.powerOn();
    for (let hour = 1; hour <= options.hours; hour++) {
      await kernel.run(hour * HOUR_US);
      progress(hour);
    }
    while (sim.tracker.state !== 'asleep') await kernel.run(kernel.nowUs + HOUR_US / 60);
    return {
      flash: sim.hardware.flash.cells.slice(),
      wireDigest: sim.wire.digest(),
      wireBytes: { up: sim.wire.up, down: sim.wire.down },
      samples: sim.witness.samples.length,
      stored: sim.witness.stored.size,
      inDatabase: await office.store.countReadings(config.deviceId),
      wakes: sim.tracker.wakes,
      sessions: sim.wire.streams,
      complaints: sim.tracker.complaints,
    };
  } finally {
    await office.close();
  }
}

export async function traceOnVm(options: LockstepOptions, progress: (hour: number) => void): Promise<Trace> {
  const bundle = await bundleBoard(options.board);
  const make: EngineMaker = (kernel) => new VmEngine(kernel, bundle, `${options.board}.js`);
  return { ...(await trace(options, make, progress)), memory: undefined };
}

export async function traceOnEspruino(
  options: LockstepOptions,
  progress: (hour: number) => void,
): Promise<Trace> {
  const interpreter = interpreterPath();
  const bundle = await bundleBoard(options.board);
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-espruino-'));
  let engine: EspruinoEngine | undefined;
  try {
    const make: EngineMaker = (kernel, { flash }) => {
      engine = new EspruinoEngine({
        kernel,
        interpreter,
        bundle,
        folder,
        flash,
      });
      return engine;
    };
    const traced = await trace(options, make, progress);
    return { ...traced, memory: engine?.memory };
  } finally {
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
