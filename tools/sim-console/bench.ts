import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../firmware/config/schema.ts';
import { bundleBoard } from '../build/bundle.ts';
import { interpreterPath } from '../lockstep/lockstep.ts';
import { openStage, type Stage } from '../ride/stage.ts';
import { EspruinoEngine } from '../sim/espruino/engine.ts';
import { VmEngine } from '../sim/vm/engine.ts';
import { findScenario } from '../world/scenario.ts';

export type EngineName = 'vm' | 'espruino';

export interface ConsoleBenchOptions {
  readonly board: string;
  readonly scenario: string;
  readonly seed: number;
  /** What runs the firmware: the simulator's context, or the real interpreter that ESPRUINO names. */
  readonly engine: EngineName;
  /** What the workshop has set otherwise than it usually does. */
  readonly config?: Partial<Config>;
  /** Nobody has configured the tracker yet. */
  readonly isBlank?: boolean;
  readonly onText: (text: string) => void;
}

/** A virtual tracker at its departure, with somebody at its console, and the collector behind its radio. */
export interface ConsoleBench {
  readonly stage: Stage;
  /** Hears what the tracker says by lines. */
  onLine: (line: string) => void;
  /** The most that the interpreter had in use, JsVars; undefined where none runs. */
  readonly memory: () => { readonly peak: number; readonly inside: number } | undefined;
  close(): Promise<void>;
}

/** The tracker has no power yet. */
export async function openConsoleBench(options: ConsoleBenchOptions): Promise<ConsoleBench> {
  const interpreter = options.engine === 'espruino' ? interpreterPath() : '';
  const bundle = await bundleBoard(options.board);
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-console-'));
  let engine: EspruinoEngine | undefined;
  let rest = '';
  const hear = (text: string): void => {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) bench.onLine(line);
    options.onText(text);
  };
  const stage = await openStage({
    ...options,
    scenario: findScenario(options.scenario),
    intervalS: 600,
    database: ':memory:',
    onConsoleText: hear,
    makeEngine: (kernel, hardware) => {
      if (options.engine === 'vm') return new VmEngine(kernel, bundle, `${options.board}.js`);
      engine = new EspruinoEngine({ kernel, interpreter, bundle, folder, flash: hardware.flash });
      return engine;
    },
  });
  const bench: ConsoleBench = {
    stage,
    onLine: () => {},
    memory: () => engine?.memory,
    close: async () => {
      stage.sim.tracker.powerOff();
      await stage.kernel.run(stage.kernel.nowUs);
      await stage.office.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}
