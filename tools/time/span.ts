import { CHANGE, MEASURED, UNMEASURED } from './oscillator.ts';

/** A point on the way of a device's clock: at `monoS` seconds since power-on it was `utcS`, within `boundS`. */
export interface Knot {
  readonly monoS: number;
  readonly utcS: number;
  readonly boundS: number;
}

/** UTC in seconds since 1970 that is true within `errorS` seconds. */
export interface Estimate {
  readonly utcS: number;
  readonly errorS: number;
}

/** The way of a clock between two knots, or from the first or the last one outwards. */
export interface Span {
  /** Not both are undefined. */
  readonly left: Knot | undefined;
  readonly right: Knot | undefined;
  /** Seconds of UTC for a second of the clock. */
  readonly rate: number;
  /** How far the clock may run from that line, for each second from the nearer knot. */
  readonly wander: number;
}

/** The spans between `knots`, which are in order of time, with one in front of them and one behind. */
export function spansBetween(knots: readonly Knot[]): Span[] {
  if (knots.length === 0) return [];
  const backwards = knots.toReversed();
  return [
    { left: undefined, right: knots[0], ...rateAtTheEndOf(backwards) },
    ...knots
      .slice(1)
      .map((right, i) => ({ left: knots[i], right, rate: rateOf(knots[i], right), wander: CHANGE })),
    { left: knots[knots.length - 1], right: undefined, ...rateAtTheEndOf(knots) },
  ];
}

/** The time in a span: on the line, and the more uncertain the further from the knots. */
export function estimateIn({ left, right, rate, wander }: Span, monoS: number): Estimate {
  const sinceLeft = left ? monoS - left.monoS : Number.POSITIVE_INFINITY;
  const untilRight = right ? right.monoS - monoS : Number.POSITIVE_INFINITY;
  const wanderS = wander * Math.max(0, Math.min(sinceLeft, untilRight));
  if (left && right) {
    const share = sinceLeft / (right.monoS - left.monoS);
    const boundS = left.boundS + share * (right.boundS - left.boundS);
    return { utcS: left.utcS + sinceLeft * rate, errorS: boundS + wanderS };
  }
  const knot = (left ?? right) as Knot;
  return { utcS: knot.utcS + (monoS - knot.monoS) * rate, errorS: knot.boundS + wanderS };
}

export function isSameSpan(a: Span, b: Span): boolean {
  return (
    isSameKnot(a.left, b.left) && isSameKnot(a.right, b.right) && a.rate === b.rate && a.wander === b.wander
  );
}

function isSameKnot(a: Knot | undefined, b: Knot | undefined): boolean {
  return a?.monoS === b?.monoS && a?.utcS === b?.utcS && a?.boundS === b?.boundS;
}

/** The rate at the last of `knots`, from the nearest one that makes it certain enough; else the most certain there is. */
function rateAtTheEndOf(knots: readonly Knot[]): Pick<Span, 'rate' | 'wander'> {
  const end = knots[knots.length - 1];
  let best = { rate: 1, wander: UNMEASURED };
  for (let i = knots.length - 2; i >= 0; i--) {
    const uncertain = (knots[i].boundS + end.boundS) / Math.abs(end.monoS - knots[i].monoS);
    if (uncertain + CHANGE < best.wander) best = { rate: rateOf(knots[i], end), wander: uncertain + CHANGE };
    if (uncertain <= MEASURED) break;
  }
  return best;
}

function rateOf(a: Knot, b: Knot): number {
  return (b.utcS - a.utcS) / (b.monoS - a.monoS);
}
