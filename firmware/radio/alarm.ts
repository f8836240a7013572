import type { Crypto } from '../../hal/crypto.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { isExcursion, type Limits } from '../journal/excursion.ts';
import type { Journal } from '../journal/journal.ts';
import { lookBack } from './look-back.ts';

/** These hold days: what was told before them is worth telling again. */
const MOST_BLOCKS = 8;

/**
 * The alarm that stands: seq of the first reading of the excursion that the newest one belongs to, as far as the collector
 * does not hold it; null when there is none. It follows from flash, so neither a session that fails nor a restart ends it.
 */
export function alarmSeq(
  journal: Journal,
  flash: FlashRegion,
  crypto: Crypto,
  limits: Limits,
): number | null {
  const ring = journal.ring;
  const acked = journal.state.acked;
  if (ring.row === null || acked >= journal.state.nextSeq || !isExcursion(ring.row, ring.scale, limits))
    return null;
  /** First reading of the run of them at the end of what has been looked at; -1: it has none. */
  let since = -1;
  /** The earliest that is known of the run under way. */
  let first = -1;
  /** The block that is being looked at has a reading within the limits. */
  let bounded = false;
  lookBack(
    journal,
    flash,
    crypto,
    MOST_BLOCKS,
    (block, scale) => {
      if (block.row !== null && isExcursion(block.row, scale, limits)) {
        if (since < 0) since = block.state.nextSeq - 1;
      } else {
        since = -1;
        bounded = true;
      }
    },
    () => {
      if (since >= 0) first = since;
      const isOver = bounded || (first >= 0 && first < acked);
      since = -1;
      bounded = false;
      return isOver;
    },
  );
  return first >= acked ? first : null;
}
