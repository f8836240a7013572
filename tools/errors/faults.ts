/** The fault codes of the device (hal/faults.ts) in words, which are in firmware/console/words.ts. */
import { wordsOf } from '../../firmware/console/words.ts';
import * as codes from '../../hal/faults.ts';

export interface DeviceFault {
  readonly code: number;
  /** Like a host error's: the part of the tracker, then what happened. Never used again for something else. */
  readonly id: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** In the order of their codes. A code without words has empty ones, which a test finds. */
export const faults: readonly DeviceFault[] = Object.values(codes)
  .filter((code) => code !== codes.OK)
  .map((code) => {
    const [id = '', sentence = '', remedy = ''] = wordsOf(code) ?? [];
    return { code, id, sentence, remedy };
  })
  .sort((a, b) => a.code - b.code);
