import type { TrackPoint } from '../ride/result.ts';

/** Runs of track without a cell, each from the last point before it to the first after: none is too short to show. */
export function uncovered(track: readonly TrackPoint[]): TrackPoint[][] {
  const found: TrackPoint[][] = [];
  let current: TrackPoint[] | undefined;
  let before: TrackPoint | undefined;
  for (const point of track) {
    if (!point.covered && current === undefined) {
      current = before === undefined ? [] : [before];
      found.push(current);
    }
    current?.push(point);
    if (point.covered) current = undefined;
    before = point;
  }
  return found;
}
