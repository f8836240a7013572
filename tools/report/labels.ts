export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

export interface LabelWish {
  /** What the label names. */
  anchor: Point;
  width: number;
  height: number;
}

export interface PlacedLabel extends Box {
  /** From the anchor to the label, when it stands too far off to be taken for granted. */
  leader: [Point, Point] | undefined;
}

const DISTANCES_PX = [9, 20, 34, 52, 74, 100];
const LEADER_FROM_PX = 15;
const ANCHOR_PX = 6;
/** Right and left of a dot reads best, then below and above, then the corners. */
const DIRECTIONS = [
  { angle: 0, cost: 0 },
  { angle: 4, cost: 0 },
  { angle: 2, cost: 1 },
  { angle: 6, cost: 1 },
  { angle: 1, cost: 1.5 },
  { angle: 3, cost: 1.5 },
  { angle: 5, cost: 1.5 },
  { angle: 7, cost: 1.5 },
] as const;

/**
 * A place for each label, first come first served: never over another label, an anchor or the frame, and over as few
 * of the points in `avoid` as can be. Undefined where there is no such place.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  avoid: readonly Point[],
  frame: { width: number; height: number },
): (PlacedLabel | undefined)[] {
  const anchors = wishes.map(({ anchor }) => anchor);
  const soft = [...avoid];
  const placed: PlacedLabel[] = [];
  return wishes.map((wish) => {
    let best: PlacedLabel | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const candidate of candidates(wish)) {
      if (!isFree(candidate.label, wish.anchor, placed, anchors, frame)) continue;
      const covered = soft.filter((point) => contains(candidate.label, point, 2)).length;
      const cost = candidate.cost + 2 * covered + crossings(candidate.label, wish.anchor, soft);
      if (cost >= bestCost) continue;
      best = candidate.label;
      bestCost = cost;
    }
    if (best === undefined) return undefined;
    placed.push(best);
    soft.push(...leaderPoints(best));
    return best;
  });
}

export function overlaps(one: Box, other: Box, gap: number): boolean {
  return (
    one.x < other.x + other.width + gap &&
    other.x < one.x + one.width + gap &&
    one.y < other.y + other.height + gap &&
    other.y < one.y + one.height + gap
  );
}

function* candidates({ anchor, width, height }: LabelWish): Generator<{ label: PlacedLabel; cost: number }> {
  for (const [ring, distance] of DISTANCES_PX.entries()) {
    for (const direction of DIRECTIONS) {
      const cos = Math.cos((direction.angle * Math.PI) / 4);
      const sin = Math.sin((direction.angle * Math.PI) / 4);
      const x = anchor.x + cos * (distance + width / 2) - width / 2;
      const y = anchor.y + sin * (distance + height / 2) - height / 2;
      const end = { x: clamp(anchor.x, x, x + width), y: clamp(anchor.y, y, y + height) };
      const leader: [Point, Point] | undefined = distance < LEADER_FROM_PX ? undefined : [anchor, end];
      yield { label: { x, y, width, height, leader }, cost: direction.cost + 4 * ring };
    }
  }
}

function isFree(
  label: PlacedLabel,
  own: Point,
  placed: readonly PlacedLabel[],
  anchors: readonly Point[],
  frame: { width: number; height: number },
): boolean {
  const inFrame =
    label.x >= 3 &&
    label.y >= 3 &&
    label.x + label.width <= frame.width - 3 &&
    label.y + label.height <= frame.height - 3;
  if (!inFrame || anchors.some((anchor) => anchor !== own && contains(label, anchor, ANCHOR_PX)))
    return false;
  const leader = leaderPoints(label);
  const others = anchors.filter((anchor) => distance(anchor, own) > ANCHOR_PX);
  if (others.some((anchor) => leader.some((point) => distance(anchor, point) < ANCHOR_PX))) return false;
  return !placed.some(
    (other) =>
      overlaps(label, other, 2) ||
      leader.some((point) => contains(other, point, 1)) ||
      leaderPoints(other).some((point) => contains(label, point, 1)),
  );
}

/** Points that the leader runs over, apart from those around its own anchor. */
function crossings(label: PlacedLabel, own: Point, points: readonly Point[]): number {
  const leader = leaderPoints(label).filter((point) => distance(point, own) > 2 * ANCHOR_PX);
  return points.filter((point) => leader.some((passed) => distance(point, passed) < 4)).length;
}

function leaderPoints({ leader }: PlacedLabel): Point[] {
  if (leader === undefined) return [];
  const [from, to] = leader;
  return Array.from({ length: 12 }, (_, index) => ({
    x: from.x + ((to.x - from.x) * (index + 1)) / 12,
    y: from.y + ((to.y - from.y) * (index + 1)) / 12,
  }));
}

function contains(box: Box, { x, y }: Point, margin: number): boolean {
  return (
    x > box.x - margin &&
    x < box.x + box.width + margin &&
    y > box.y - margin &&
    y < box.y + box.height + margin
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
