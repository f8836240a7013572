import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ColdrailError } from '../errors/error.ts';

/**
 * The folder that a ride leaves behind. All is written beside it first and moved into place at the end, so that an
 * earlier result stays whole until the new one is.
 */
export class OutputFolder {
  readonly #final: string;
  readonly #partial: string;

  constructor(out: string, name: string) {
    this.#final = join(out, name);
    this.#partial = join(out, `.${name}.partial-${process.pid}`);
    this.#attempt(out, () => mkdirSync(this.#partial, { recursive: true }));
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
      rmSync(this.#final, { recursive: true, force: true });
      renameSync(this.#partial, this.#final);
    });
    return this.#final;
  }

  discard(): void {
    rmSync(this.#partial, { recursive: true, force: true });
  }

  #attempt(path: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new ColdrailError('ride.out-unwritable', { path, detail: (error as Error).message });
    }
  }
}
