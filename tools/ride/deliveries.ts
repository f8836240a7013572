import { HOUR_US } from '../sim/kernel.ts';
import type { Gap } from './result.ts';
import type { StoredReading } from './witness.ts';

/** A moment at which the collector's cumulative ack moved. */
export interface Delivery {
  readonly atUs: number;
  /** Every record below this seq is in the database. */
  readonly next: number;
  /** All bytes on air until then, up and down. */
  readonly bytesOnAir: number;
}

/** Shorter waits are the schedule's own. */
const LEAST_GAP_HOURS = 6;

/** Longest time without a delivery, hours, from departure to the end of the ride. */
export function longestGapHours(deliveries: readonly Delivery[], endUs: number): number {
  let longest = 0;
  let before = 0;
  for (const atUs of [...deliveries.map((delivery) => delivery.atUs), endUs]) {
    longest = Math.max(longest, atUs - before);
    before = atUs;
  }
  return Math.round((longest / HOUR_US) * 10) / 10;
}

/** The times in which readings had to wait longer than the schedule explains, with what the world knows about them. */
export function gapsBetween(
  deliveries: readonly Delivery[],
  endUs: number,
  stored: readonly StoredReading[],
  reasonFor: (fromHour: number, toHour: number) => { where: string; reason: string },
): Gap[] {
  const gaps: Gap[] = [];
  let before = 0;
  for (const atUs of [...deliveries.map((delivery) => delivery.atUs), endUs]) {
    const fromHour = before / HOUR_US;
    const toHour = atUs / HOUR_US;
    if (toHour - fromHour > LEAST_GAP_HOURS) {
      const from = before;
      const readings = stored.filter(({ sample }) => sample.atUs > from && sample.atUs <= atUs).length;
      gaps.push({ fromHour, toHour, ...reasonFor(fromHour, toHour), readings });
    }
    before = atUs;
  }
  return gaps;
}
