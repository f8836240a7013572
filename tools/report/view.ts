import {
  type GeoContext,
  type GeoPermissibleObjects,
  type GeoProjection,
  geoCentroid,
  geoMercator,
  geoPath,
} from 'd3-geo';
import type { Point } from './labels.ts';
import { Pen } from './pen.ts';

export interface Position {
  latDeg: number;
  lonDeg: number;
}

/** The part of the world that a map shows, and the way from degrees to its pixels. */
export interface View {
  width: number;
  height: number;
  project(position: Position): Point;
  /** What lies in the view as rings of pixels. */
  rings(shape: GeoPermissibleObjects): Point[][];
  /** Path data of what lies in the view; steps below `minStep` pixels are left out. */
  draw(shape: GeoPermissibleObjects, minStep: number): string;
}

const NORTHMOST_DEG = 84;
const MARGIN_PX = 70;
const LOWEST_PX = 420;
const HIGHEST_PX = 680;
/** Lines are cut this far outside the picture, so that no cut shows as a coast. */
const OVERDRAW_PX = 4;

/**
 * A view around all positions, `width` pixels wide. Mercator: north is up at both ends of a ride over a continent, so
 * each station lies where its reader looks for it. The seam is on the far side of the Earth from the ride.
 */
export function fitView(positions: readonly Position[], width: number): View {
  const [lon, lat] = geoCentroid({ type: 'MultiPoint', coordinates: positions.map(coordinates) });
  const projection = geoMercator().rotate([-lon, 0]);
  const shape: GeoPermissibleObjects = {
    type: 'MultiPoint',
    coordinates: [...positions.map(coordinates), ...around(lon, lat)],
  };
  projection.fitExtent(extent(width, HIGHEST_PX, MARGIN_PX), shape);
  const [[, top], [, bottom]] = geoPath(projection).bounds(shape);
  const height = Math.max(LOWEST_PX, Math.min(HIGHEST_PX, Math.round(bottom - top + 2 * MARGIN_PX)));
  projection.fitExtent(extent(width, height, MARGIN_PX), shape);
  projection.clipExtent(extent(width, height, -OVERDRAW_PX));
  return {
    width,
    height,
    project: (position) => toPoint(projection, position),
    rings: (shape) => {
      const rings: Point[][] = [];
      geoPath(projection, ringContext(rings))(shape);
      return rings;
    },
    draw: (drawn, minStep) => {
      const pen = new Pen(minStep);
      geoPath(projection, pen)(drawn);
      return pen.toString();
    },
  };
}

/** As GeoJSON writes a position. Mercator has no poles, so the map ends before them. */
export function coordinates({ latDeg, lonDeg }: Position): [number, number] {
  return [lonDeg, Math.max(-NORTHMOST_DEG, Math.min(NORTHMOST_DEG, latDeg))];
}

/** Half a degree each way: a ride within one yard is still shown with its surroundings. */
function around(lon: number, lat: number): [number, number][] {
  return [
    [lon - 0.5, lat],
    [lon + 0.5, lat],
    [lon, lat - 0.5],
    [lon, lat + 0.5],
  ];
}

function extent(width: number, height: number, margin: number): [[number, number], [number, number]] {
  return [
    [margin, margin],
    [width - margin, height - margin],
  ];
}

function toPoint(projection: GeoProjection, position: Position): Point {
  const [x, y] = projection(coordinates(position)) ?? [Number.NaN, Number.NaN];
  return { x, y };
}

function ringContext(rings: Point[][]): GeoContext {
  return {
    beginPath() {},
    moveTo: (x, y) => rings.push([{ x, y }]),
    lineTo: (x, y) => rings.at(-1)?.push({ x, y }),
    arc() {},
    closePath() {},
  };
}
