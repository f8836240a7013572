import { Journal } from '../../firmware/journal/journal.ts';
import type { Sampling } from '../../firmware/journal/scale.ts';
import type { MockFlash } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../crypto/host-crypto.ts';

export const PAGE_SIZE = 4096;
/** The ring of a tracker: 64 KiB. */
export const RING_PAGES = 16;

/** Pages are sealed, as on a tracker in service. */
const DEVICE_KEY = new Uint8Array(32).fill(1);
const NO_LIMITS = { coldLimitMilliC: null, warmLimitMilliC: null };

/** The firmware's own journal as a boot finds it on `flash`. */
export function mountedJournal(flash: MockFlash, scale: Sampling): Journal {
  const journal = new Journal(flash, hostCrypto, scale, DEVICE_KEY, NO_LIMITS);
  journal.mount();
  return journal;
}
