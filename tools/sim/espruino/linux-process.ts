import { type ChildProcess, spawn } from 'node:child_process';
import { ColdrailError } from '../../errors/error.ts';
import { COMPLAINT } from './complaint.ts';

export interface LinuxProcessOptions {
  /** Path of an Espruino built for Linux. */
  readonly interpreter: string;
  /** A folder of its own, with the flash that writeLinuxFlash made. */
  readonly folder: string;
  /** The program's file, which runs from RAM; without it `.bootcde` runs from flash, as on a board. */
  readonly script?: string;
  /** Gets what the program prints, line by line, where it begins with `@`; the rest is the interpreter's own. */
  readonly onLine: (text: string) => void;
}

/** A device program on Espruino for Linux with nothing in between: real time, and its flash in a file. */
export class LinuxProcess {
  /** Resolves when the process is gone and all that it printed has been heard; rejects when it ended by itself. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #options: LinuxProcessOptions;
  #killed = false;
  #rest = '';
  #complaint = '';

  constructor(options: LinuxProcessOptions) {
    const { interpreter, folder, script } = options;
    this.#options = options;
    // Standard input stays open and silent: at its end the Linux port makes up console input.
    const child = spawn(interpreter, script === undefined ? [] : [script], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => this.#hear(chunk.toString('latin1')));
    this.gone = new Promise((resolve, reject) => {
      const fail = (detail: string): void => reject(new ColdrailError('espruino.failed', { detail }));
      child.on('error', (error) => fail(`it does not start: ${error.message}`));
      child.on('close', (code) => {
        if (this.#complaint !== '') fail(this.#complaint);
        else if (this.#killed) resolve();
        else fail(`it ended with code ${code}`);
      });
    });
  }

  /** End it as a power cut would, between two instructions. */
  kill(): void {
    this.#killed = true;
    this.#child.kill('SIGKILL');
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split('\n');
    // A line that a kill cuts short was never printed.
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#complaint === '' && COMPLAINT.test(line)) {
        this.#complaint = line.trim().slice(0, 300);
        this.kill();
      }
      const at = line.indexOf('@');
      if (at >= 0) this.#options.onLine(line.slice(at + 1).trimEnd());
    }
  }
}
