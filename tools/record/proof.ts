import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RecordFile } from './read-record.ts';

/** Whether a record is what the tracker wrote, and why not. */
export type Proof =
  | { readonly proven: true }
  | { readonly proven: false; readonly reason: 'no-key' | 'no-mac' | 'differs' };

/** Hold a record against the device key of the tracker; without one nothing is proven. */
export function prove({ bytes, mac }: Pick<RecordFile, 'bytes' | 'mac'>, key: Uint8Array | undefined): Proof {
  if (mac.length === 0) return { proven: false, reason: 'no-mac' };
  if (key === undefined) return { proven: false, reason: 'no-key' };
  const own = createHmac('sha256', key).update(bytes).digest();
  return own.length === mac.length && timingSafeEqual(own, mac)
    ? { proven: true }
    : { proven: false, reason: 'differs' };
}
