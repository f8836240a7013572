import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import type { Port } from '../../console/port.ts';

const START_MS = 1000;

/** Espruino for Linux on a pty, as a board on a port. Its flash is a file in a folder of its own. */
export class Interpreter implements Port {
  readonly #binary: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'coldrail-flash-'));
  #process: IPty | undefined;
  #hear: (text: string) => void = () => {};

  constructor(binary: string) {
    this.#binary = binary;
    this.#start();
  }

  /** The whole flash, as it is now. */
  get image(): Buffer {
    return readFileSync(join(this.#folder, 'espruino.flash'));
  }

  async write(text: string): Promise<void> {
    this.#process?.write(Buffer.from(text, 'latin1') as unknown as string);
  }

  onText(hear: (text: string) => void): void {
    this.#hear = hear;
  }

  /** It is never pulled. */
  onClosed(): void {}

  async reset(): Promise<boolean> {
    this.#stop();
    this.#start();
    // Until it has the pty for itself, Ctrl-C is a signal that ends it.
    await pause(START_MS);
    return true;
  }

  /** The board goes on without its port. */
  async close(): Promise<void> {
    this.#hear = () => {};
  }

  /** The end of the board. */
  end(): void {
    this.#stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(): void {
    const child = spawn(this.#binary, [], { cwd: this.#folder, encoding: null });
    this.#process = child;
    // The pty gives bytes where it is asked for no encoding; its types do not say so.
    child.onData((data: unknown) => {
      if (child === this.#process) this.#hear((data as Buffer).toString('latin1'));
    });
  }

  #stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }
}
