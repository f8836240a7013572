import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleDevice } from '../../../tools/build/bundle.ts';
import { interpreterPath } from '../../../tools/lockstep/lockstep.ts';
import { readRawRegion, writeLinuxFlash } from '../../../tools/sim/espruino/linux-flash.ts';
import { LinuxProcess } from '../../../tools/sim/espruino/linux-process.ts';

/** The journal's device program as one text. */
export function bundleLife(): Promise<string> {
  return bundleDevice(fileURLToPath(new URL('../device/journal-life.ts', import.meta.url)));
}

/** A real interpreter with the journal's device program, and a flash that outlives it. */
export class InterpreterBench {
  readonly #interpreter = interpreterPath();
  readonly #folder = mkdtempSync(join(tmpdir(), 'coldrail-journal-'));
  readonly #program: string;

  constructor(program: string) {
    this.#program = program;
    writeFileSync(join(this.#folder, 'program.js'), program);
    this.load(new Uint8Array(0));
  }

  /** Put `cells` at the start of the raw region; the rest is erased. */
  load(cells: Uint8Array): void {
    // An empty Storage would erase everything, the raw region included.
    writeLinuxFlash(this.#folder, [{ name: '.bootcde', content: this.#program }], cells);
  }

  get cells(): Uint8Array {
    return readRawRegion(this.#folder);
  }

  /** One life, which ends when somebody kills it. `onLine` gets it, and each line. */
  live(onLine: (line: string, life: LinuxProcess) => void): Promise<void> {
    const life: LinuxProcess = new LinuxProcess({
      interpreter: this.#interpreter,
      folder: this.#folder,
      script: 'program.js',
      onLine: (line) => onLine(line, life),
    });
    return life.gone;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
