import { ColdrailError } from '../errors/error.ts';
import { type Batch, readMessage } from './batch.ts';

/** Uplink messages one behind the other, as they come when what a topic carries is written to a file. */
export interface Capture {
  batches: Batch[];
  /** What ended the reading before the end of the bytes, and where the message starts that it is in. */
  problem: { offset: number; error: ColdrailError } | undefined;
}

/**
 * Read messages up to the end, or to the first that is damaged: where that one ends can't be told. Throws as
 * `decodeBatch` when it is the first of all.
 */
export function readCapture(bytes: Uint8Array): Capture {
  const batches: Batch[] = [];
  let offset = 0;
  do {
    try {
      const { batch, end } = readMessage(bytes, offset);
      batches.push(batch);
      offset = end;
    } catch (error) {
      if (batches.length === 0 || !(error instanceof ColdrailError)) throw error;
      return { batches, problem: { offset, error } };
    }
  } while (offset < bytes.length);
  return { batches, problem: undefined };
}
