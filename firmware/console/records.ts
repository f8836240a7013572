/** What the console puts into the journal: docs/journal.md, CHANGED, TRIP and TESTED. */
import type { Tracker } from '../../hal/tracker.ts';
import { type Item, putItem } from '../cbor.ts';
import type { KeySpec } from '../config/schema.ts';
import type { Value } from '../config/values.ts';
import { CHANGED, LONGEST_RECORD, TESTED, TRIP } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import { crcDigits } from './reply.ts';

/** Texts and bytes up to here stand in a record as they are. */
const LONGEST_SHOWN = 24;

/** False when no block of the journal took it. */
function append(journal: Journal, fields: readonly Item[]): boolean {
  const out = new Uint8Array(LONGEST_RECORD);
  const end = putItem(out, 0, fields);
  const isPut = journal.ring.appendItem(new Uint8Array(out.buffer, 0, end));
  journal.ring.prepareNextPage();
  return isPut;
}

/** Seconds after the row clock, which is what stands in records. */
function sinceRow(tracker: Tracker, journal: Journal): number {
  return Math.floor(tracker.clock.uptimeS()) - journal.state.rowClockS;
}

/** What may be told of a value: not a secret, and of a long one its length and CRC-32. */
function told(tracker: Tracker, spec: KeySpec, value: Value): Item {
  if (spec.isSecret) return value === spec.otherwise ? '(none)' : '(set)';
  if (value === null || typeof value === 'number' || value.length <= LONGEST_SHOWN) return value;
  return `#${value.length}:${crcDigits(tracker, value)}`;
}

/** A key was changed by `who`. */
export function recordChange(
  tracker: Tracker,
  journal: Journal,
  spec: KeySpec,
  before: Value,
  after: Value,
  who: string,
): boolean {
  const values = [told(tracker, spec, before), told(tracker, spec, after)];
  return append(journal, [CHANGED, spec.key, values[0], values[1], who, sinceRow(tracker, journal)]);
}

/** The configuration as a whole holds under another generation: the changes in front of this were really made. */
export function recordGeneration(
  tracker: Tracker,
  journal: Journal,
  before: number,
  after: number,
  who: string,
): boolean {
  return append(journal, [CHANGED, 0, before, after, who, sinceRow(tracker, journal)]);
}

/** A trip has begun (1) or ended (0). */
export function recordTrip(
  tracker: Tracker,
  journal: Journal,
  begun: number,
  trip: string,
  container: string,
  who: string,
): boolean {
  return append(journal, [TRIP, begun, trip, container, who, sinceRow(tracker, journal)]);
}

/** A self-test with its verdict and steps; null: it begins. */
export function recordTest(
  tracker: Tracker,
  journal: Journal,
  verdict: number | null,
  who: string,
  steps: readonly Item[],
): boolean {
  return append(journal, [TESTED, verdict, who, sinceRow(tracker, journal), steps]);
}
