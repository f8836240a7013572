import { type Anchor, GNSS, HEARSAY } from './anchor.ts';
import { IMPOSSIBLE, UNMEASURED } from './oscillator.ts';
import { type Estimate, estimateIn, type Span, spansBetween } from './span.ts';

/** The clock of one power-on. */
export interface Timeline {
  /** The anchors that it goes by, in order of time. */
  readonly knots: readonly Anchor[];
  /** Anchors that better ones, or most of their own source, contradict. */
  readonly contradicted: readonly Anchor[];
  /** In front of the knots, between them, and behind. */
  readonly spans: readonly Span[];
}

/**
 * The clock that `anchors` of one power-on tell. Source by source, the best first: an anchor that lies outside of what the
 * better ones leave possible is contradicted.
 */
export function timelineOf(anchors: readonly Anchor[]): Timeline {
  const contradicted: Anchor[] = [];
  let knots: readonly Anchor[] = [];
  let spans: readonly Span[] = [];
  for (let source = GNSS; source <= HEARSAY; source++) {
    const own = anchors.filter((anchor) => anchor.source === source).sort(inOrderOfTime);
    if (own.length === 0) continue;
    const possible: Anchor[] = [];
    for (const anchor of own) (isPossible(anchor, spans) ? possible : contradicted).push(anchor);
    const agreeing = withoutOutliers(possible, contradicted);
    knots = withoutIdle([...knots, ...agreeing].sort(inOrderOfTime));
    spans = spansBetween(knots);
  }
  return { knots, contradicted, spans };
}

/** Undefined where there is no anchor. */
export function estimateOn(spans: readonly Span[], monoS: number): Estimate | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle].right?.monoS ?? Number.POSITIVE_INFINITY) < monoS) low = middle + 1;
    else high = middle;
  }
  return spans[low] && estimateIn(spans[low], monoS);
}

function inOrderOfTime(a: Anchor, b: Anchor): number {
  return a.monoS - b.monoS || a.seq - b.seq;
}

function isPossible({ monoS, utcS, boundS }: Anchor, spans: readonly Span[]): boolean {
  const known = estimateOn(spans, monoS);
  return known === undefined || Math.abs(utcS - known.utcS) <= boundS + known.errorS;
}

/** Drop those of one source that neighbours contradict; of two that are alone, the later. */
function withoutOutliers(anchors: readonly Anchor[], dropped: Anchor[]): Anchor[] {
  const kept: Anchor[] = [];
  for (let i = 0; i < anchors.length; ) {
    const next = anchors[i];
    const last = kept.at(-1);
    if (last && !agree(last, next)) {
      const around = [kept.at(-2), anchors[i + 1]].filter((anchor) => anchor !== undefined);
      const friends = (anchor: Anchor): number => around.filter((other) => agree(anchor, other)).length;
      if (friends(next) > friends(last)) {
        dropped.push(last);
        kept.pop();
        continue;
      }
      dropped.push(next);
    } else kept.push(next);
    i++;
  }
  return kept;
}

function agree(a: Anchor, b: Anchor): boolean {
  const apartS = Math.abs(b.monoS - a.monoS);
  const differS = Math.abs(b.utcS - a.utcS - (b.monoS - a.monoS));
  return differS <= a.boundS + b.boundS + IMPOSSIBLE * apartS;
}

/** Drop those that say less about their own moment than another anchor does. */
function withoutIdle(anchors: readonly Anchor[]): Anchor[] {
  const busy: Anchor[] = [];
  for (const anchor of anchors) {
    const last = busy.at(-1);
    if (last && last.boundS + UNMEASURED * (anchor.monoS - last.monoS) <= anchor.boundS) continue;
    while (busy.length > 0 && tellsMore(anchor, busy[busy.length - 1])) busy.pop();
    busy.push(anchor);
  }
  return busy;
}

function tellsMore(later: Anchor, earlier: Anchor): boolean {
  return later.boundS + UNMEASURED * (later.monoS - earlier.monoS) < earlier.boundS;
}
