import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ColdrailError } from '../errors/error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * The folder that a ride leaves behind. All is written beside it first and moved into place at the end, so that an
 * earlier result stays whole until the new one is.
 */
export class OutputFolder {
  readonly #final: string;
  readonly #partial: string;
  /** The folder around it, where this ride has made it. */
  readonly #made: string | undefined;

  /** A ride that is interrupted leaves nothing half-written behind either. */
  readonly #interrupted = (signal: NodeJS.Signals): void => {
    this.discard();
    process.exit(128 + (constants.signals[signal] ?? 0));
  };

  constructor(out: string, name: string) {
    this.#final = join(out, name);
    this.#made = existsSync(out) ? undefined : out;
    this.#partial = join(out, `.${name}.partial-${process.pid}`);
    for (const signal of SIGNALS) process.once(signal, this.#interrupted);
    this.#attempt(out, () => makeFolder(resolve(this.#partial)));
  }

  /** Path of a file while the ride is under way. */
  path(file: string): string {
    return join(this.#partial, file);
  }

  write(file: string, content: string | Uint8Array): void {
    this.#attempt(this.#partial, () => writeFileSync(this.path(file), content));
  }

  /** Move everything into place; returns the folder. */
  publish(): string {
    this.#attempt(this.#final, () => {
      const old = `${this.#partial}.old`;
      if (existsSync(this.#final)) renameSync(this.#final, old);
      renameSync(this.#partial, this.#final);
      rmSync(old, { recursive: true, force: true });
    });
    for (const signal of SIGNALS) process.off(signal, this.#interrupted);
    return this.#final;
  }

  discard(): void {
    for (const signal of SIGNALS) process.off(signal, this.#interrupted);
    rmSync(this.#partial, { recursive: true, force: true });
    if (this.#made && existsSync(this.#made) && readdirSync(this.#made).length === 0) rmdirSync(this.#made);
  }

  #attempt(path: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new ColdrailError('ride.out-unwritable', {
        path,
        detail: (error as Error).message,
      });
    }
  }
}

/** One folder at a time: Node's own recursive mkdir never returns where a file system refuses with ENOENT (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
