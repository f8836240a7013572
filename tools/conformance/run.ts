/** Runs the conformance suite on a virtual board, with whichever engine. */
import { fileURLToPath } from 'node:url';
import { bundleDevice } from '../build/bundle.ts';
import { findBoardHardware } from '../sim/board-hardware.ts';
import type { Hardware } from '../sim/hardware.ts';
import { Kernel } from '../sim/kernel.ts';
import type { Engine } from '../sim/machine.ts';
import { VirtualTracker } from '../sim/tracker.ts';
import { conformanceSurroundings } from './surroundings.ts';

const SUITE = fileURLToPath(new URL('../../hal/espruino/conformance.ts', import.meta.url));
const BOARD = 't-sim7080g-s3';
const S_US = 1_000_000;
/** The suite takes about an hour of virtual time. */
const LONGEST_S = 36_000;
/** Longer than the time that the suite gives the watchdog, shorter than the suite. */
const LONGEST_WITHOUT_KICK_S = 60;

export interface Conformance {
  readonly holds: readonly string[];
  /** Rule and problem. */
  readonly broken: readonly string[];
  /** The suite has run to its end. */
  readonly ended: boolean;
  readonly complaints: readonly string[];
  /** Seconds of virtual time. */
  readonly tookS: number;
  /** Watchdog bites in the minute after the end, in which nobody kicks. */
  readonly bites: number;
}

export interface ConformanceOptions {
  readonly seed: number;
  readonly makeEngine: (kernel: Kernel, hardware: Hardware, bundle: string) => Engine;
  /** Sees each order before the surroundings do, and may swallow it. */
  readonly passes?: (order: string) => boolean;
}

/** The suite as one text for the device. */
export function bundleConformance(): Promise<string> {
  return bundleDevice(SUITE);
}

export async function runConformance(options: ConformanceOptions): Promise<Conformance> {
  const board = findBoardHardware(BOARD);
  const kernel = new Kernel();
  const around = conformanceSurroundings(board, kernel, options.seed);
  const lines: string[] = [];
  const after = (prefix: string): string[] =>
    lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
  const hasEnded = (): boolean => after('end ').length > 0;
  const engine = options.makeEngine(kernel, around.hardware, await bundleConformance());
  const tracker = new VirtualTracker({
    kernel,
    hardware: around.hardware,
    engine,
    clockDrift: 0,
    onConsole: (line) => {
      const order = /^bench (.*)$/.exec(line)?.[1];
      if (order === undefined) lines.push(line);
      else if (order === 'keys abc') tracker.type('abc');
      else if (options.passes?.(order) ?? true) around.obey(order);
    },
  });
  tracker.powerOn();
  for (let second = 0; second < LONGEST_S && !hasEnded() && tracker.complaints.length === 0; second++)
    await kernel.run(kernel.nowUs + S_US);
  const result = {
    holds: after('holds '),
    broken: after('broken '),
    ended: hasEnded(),
    complaints: tracker.complaints.slice(),
    tookS: kernel.nowUs / S_US,
  };
  // The watchdog is still running, and its bite starts the suite again.
  await kernel.run(kernel.nowUs + LONGEST_WITHOUT_KICK_S * S_US);
  await engine.stop();
  return { ...result, bites: tracker.watchdogBites };
}
