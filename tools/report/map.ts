import { type GeoPermissibleObjects, geoGraticule10 } from 'd3-geo';
import type { RideResult } from '../ride/result.ts';
import { placeCountryNames } from './country-names.ts';
import { uncovered } from './coverage.ts';
import { quantity } from './format.ts';
import type { Point } from './labels.ts';
import { element, type Markup } from './markup.ts';
import { drawStations } from './stations.ts';
import { path, picture, px } from './svg.ts';
import { coordinates, fitView, type Position } from './view.ts';
import { world } from './world.ts';

const WIDTH_PX = 1000;
/** Finer steps are lost in print, and are most of the file. */
const COAST_STEP_PX = 0.7;
const ROUTE_STEP_PX = 0.4;
/** Distance of the points that stand for the route where labels look for a place. */
const OBSTACLE_STEP_PX = 5;

/** The route on land and borders; undefined when the ride has neither a track nor a stop. */
export function routeMap(result: RideResult): Markup | undefined {
  const { track, stops, departure } = result;
  const positions: Position[] = [...track, ...stops];
  if (positions.length === 0) return undefined;
  const view = fitView(positions, WIDTH_PX);
  const route = spaced((track.length > 0 ? track : stops).map(view.project));
  const { land, borders, countries } = world();
  const stations = drawStations(stops, view, { departure, avoid: route });
  const names = placeCountryNames(countries, route, view, stations.taken);
  const holes = uncovered(track);

  return picture(
    {
      id: 'map',
      title: 'Map of the route',
      description: describe(result, holes.length),
      width: view.width,
      height: view.height,
    },
    element('rect', { class: 'sea', width: view.width, height: view.height }),
    path(view.draw(land, COAST_STEP_PX), 'land'),
    path(view.draw(geoGraticule10(), 1), 'graticule'),
    path(view.draw(borders, COAST_STEP_PX), 'border'),
    names.map(({ name, at, fontPx }) =>
      element('text', { class: 'country', x: px(at.x), y: px(at.y + fontPx / 3), 'font-size': fontPx }, name),
    ),
    path(view.draw(lineString(track), ROUTE_STEP_PX), 'route'),
    path(holes.map((hole) => view.draw(lineString(hole), ROUTE_STEP_PX)).join(''), 'uncovered'),
    stations.markup,
  );
}

function lineString(positions: readonly Position[]): GeoPermissibleObjects {
  const points = positions.map(coordinates);
  // GeoJSON wants two positions in a line; one alone is a line that stands still.
  return { type: 'LineString', coordinates: points.length === 1 ? [...points, ...points] : points };
}

/** Points with at least a few pixels between neighbours. */
function spaced(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last !== undefined && Math.hypot(point.x - last.x, point.y - last.y) < OBSTACLE_STEP_PX) continue;
    kept.push(point);
  }
  return kept;
}

function describe({ stops, track }: RideResult, holes: number): string {
  const first = stops[0]?.name ?? 'the first point';
  const last = stops.at(-1)?.name ?? 'the last point';
  const km = track.at(-1)?.km ?? stops.at(-1)?.km ?? 0;
  const facts = `Stops: ${stops.length}. Stretches without coverage, drawn thicker: ${holes}.`;
  return `From ${first} to ${last}, ${quantity(Math.round(km))} km. ${facts}`;
}
