/** What a backlog flush costs on the air: the one session that delivers most, protocol and TLS included. */
import type { Delivery } from '../ride/deliveries.ts';

export interface Flush {
  readonly readings: number;
  readonly bytes: number;
}

/** The deliveries of one session are seconds apart, those of two sessions hours. */
const SESSION_US = 600_000_000;

/** The session that delivered most readings, whose seqs are `readingSeqs`, and its bytes, up and down. */
export function largestFlush(deliveries: readonly Delivery[], readingSeqs: readonly number[]): Flush {
  let best: Flush = { readings: 0, bytes: 0 };
  const nothing: Delivery = { atUs: 0, next: 0, bytesOnAir: 0 };
  let before = nothing;
  let start = nothing;
  for (const delivery of deliveries) {
    if (delivery.atUs - before.atUs > SESSION_US) start = before;
    const readings = readingSeqs.filter((seq) => seq >= start.next && seq < delivery.next).length;
    if (readings > best.readings) best = { readings, bytes: delivery.bytesOnAir - start.bytesOnAir };
    before = delivery;
  }
  return best;
}
