import type { Anchor } from '../time/anchor.ts';
import { isSameSpan, type Span } from '../time/span.ts';
import type { DeviceClock } from '../time/utc.ts';

/** Records between two anchors were written between them, but for some of a long session: one more anchor takes them in. */
const MARGIN = 1;

/**
 * The first and last seq of the readings of which `after` may tell another time than `before` did, where the two differ in
 * their anchors of `powerOn` alone; undefined when there is none.
 */
export function seqsToRedate(
  before: DeviceClock,
  after: DeviceClock,
  powerOn: number,
): [first: number, last: number] | undefined {
  const { knots = [], spans = [] } = after.timeline(powerOn) ?? {};
  const known = before.timeline(powerOn)?.spans ?? [];
  const isKnown = knownAmong(known);
  const changed = spans.flatMap((span, i) => (isKnown(span) ? [] : [i]));
  if (changed.length === 0) return undefined;
  const neighbours = after.around(powerOn);
  // Span i lies between the knots i - 1 and i.
  const left: Anchor | undefined = knots[changed[0] - 1 - MARGIN] ?? neighbours.before?.knots.at(-1);
  const right: Anchor | undefined =
    knots[changed[changed.length - 1] + MARGIN] ?? neighbours.behind?.knots[0];
  return [left?.seq ?? 0, right?.seq ?? Number.MAX_SAFE_INTEGER];
}

function knownAmong(spans: readonly Span[]): (span: Span) => boolean {
  const byPlace = new Map(spans.map((span) => [placeOf(span), span]));
  return (span) => {
    const known = byPlace.get(placeOf(span));
    return known !== undefined && isSameSpan(known, span);
  };
}

function placeOf({ left, right }: Span): string {
  return `${left?.monoS}-${right?.monoS}`;
}
