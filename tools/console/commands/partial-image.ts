import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ColdrailError } from '../../errors/error.ts';

/** The pages that came so far, in a file beside the one that is wanted: their CRCs tell which are still right. */
export interface PartialImage {
  readonly known: Uint8Array | undefined;
  readonly keep: (page: number, bytes: Uint8Array) => void;
  /** All is there: it gets its name. */
  readonly finish: (image: Uint8Array) => void;
}

/** @throws ColdrailError `usage.unwritable` */
export function partialImage(file: string): PartialImage {
  const partFile = `${file}.part`;
  const known = existsSync(partFile) ? new Uint8Array(readFileSync(partFile)) : undefined;
  let held = known ?? new Uint8Array();

  function write(path: string, bytes: Uint8Array): void {
    try {
      writeFileSync(path, bytes);
    } catch (error) {
      throw new ColdrailError('usage.unwritable', { file: path, detail: (error as Error).message });
    }
  }

  return {
    known,
    keep: (page, bytes) => {
      const end = (page + 1) * bytes.length;
      if (held.length < end) held = grown(held, end);
      held.set(bytes, page * bytes.length);
      write(partFile, held);
    },
    finish: (image) => {
      write(partFile, image);
      renameSync(partFile, file);
    },
  };
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length).fill(0xff);
  longer.set(bytes);
  return longer;
}
