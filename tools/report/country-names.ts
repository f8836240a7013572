import { type Box, overlaps, type Point } from './labels.ts';
import { textWidthPx } from './svg.ts';
import type { View } from './view.ts';
import type { Country } from './world.ts';

export interface PlacedName {
  name: string;
  /** Middle of the text. */
  at: Point;
  fontPx: number;
}

/** A name that does not fit large is tried small, then left out. */
const FONTS_PX = [15, 11];
const GRID_PX = 12;
const CLEAR_OF_ROUTE_PX = 14;
/** Beyond this, being farther from the route makes a place no better. */
const FAR_FROM_ROUTE_PX = 50;

/** A place for the name of each country that the route crosses: inside it, and clear of the route and of `taken`. */
export function placeCountryNames(
  countries: readonly Country[],
  route: readonly Point[],
  view: View,
  taken: readonly Box[],
): PlacedName[] {
  const boxes = [...taken];
  const placed: PlacedName[] = [];
  for (const country of countries) {
    const rings = view.rings(country);
    if (!route.some((point) => isInside(rings, point))) continue;
    const found = placeName(country.properties.name, rings, route, view, boxes);
    if (found === undefined) continue;
    boxes.push(found.box);
    placed.push(found);
  }
  return placed;
}

function placeName(
  name: string,
  rings: readonly Point[][],
  route: readonly Point[],
  view: View,
  taken: readonly Box[],
): (PlacedName & { box: Box }) | undefined {
  const inside = gridInside(rings, view);
  const middle = centre(inside);
  for (const fontPx of FONTS_PX) {
    const width = textWidthPx(name, fontPx) * 1.25;
    let best: { at: Point; box: Box } | undefined;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const at of inside) {
      const box = { x: at.x - width / 2, y: at.y - fontPx / 2, width, height: fontPx };
      if (!fits(box, rings, view) || taken.some((other) => overlaps(box, other, 4))) continue;
      const clearance = clearanceOf(box, route);
      const score = Math.min(clearance, FAR_FROM_ROUTE_PX) - distance(at, middle) / 6;
      if (clearance < CLEAR_OF_ROUTE_PX || score <= bestScore) continue;
      best = { at, box };
      bestScore = score;
    }
    if (best !== undefined) return { name, fontPx, ...best };
  }
  return undefined;
}

function gridInside(rings: readonly Point[][], view: View): Point[] {
  const found: Point[] = [];
  for (let y = GRID_PX; y < view.height; y += GRID_PX) {
    for (let x = GRID_PX; x < view.width; x += GRID_PX) if (isInside(rings, { x, y })) found.push({ x, y });
  }
  return found;
}

function fits(box: Box, rings: readonly Point[][], view: View): boolean {
  const [left, right] = [box.x, box.x + box.width];
  const middle = box.y + box.height / 2;
  if (left < 4 || right > view.width - 4 || box.y < 4 || box.y + box.height > view.height - 4) return false;
  return isInside(rings, { x: left, y: middle }) && isInside(rings, { x: right, y: middle });
}

/** Even-odd rule over all rings, so lakes and enclaves are outside. */
function isInside(rings: readonly Point[][], { x, y }: Point): boolean {
  let inside = false;
  for (const ring of rings) {
    let before = ring.at(-1);
    for (const corner of ring) {
      if (before !== undefined && corner.y > y !== before.y > y) {
        const crossing = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x);
        if (x < crossing) inside = !inside;
      }
      before = corner;
    }
  }
  return inside;
}

/** Distance of the nearest route point from the box's middle line. */
function clearanceOf(box: Box, route: readonly Point[]): number {
  const y = box.y + box.height / 2;
  return route.reduce((least, point) => {
    const x = Math.max(box.x, Math.min(box.x + box.width, point.x));
    return Math.min(least, distance(point, { x, y }));
  }, Number.POSITIVE_INFINITY);
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((all, point) => ({ x: all.x + point.x, y: all.y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
