import { createRequire } from 'node:module';
import type { Feature, FeatureCollection, GeoJsonProperties, Geometry, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { ColdrailError } from '../errors/error.ts';

export type Country = Feature<Geometry, { name: string }>;

/** Natural Earth 1:50m: the coast, the lines between countries, and the countries. */
export interface World {
  land: Feature<Geometry, GeoJsonProperties> | FeatureCollection<Geometry, GeoJsonProperties>;
  borders: MultiLineString;
  countries: Country[];
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;

let loaded: World | undefined;

/** @throws {ColdrailError} `report.no-map-data` when the package world-atlas is not installed */
export function world(): World {
  loaded ??= load();
  return loaded;
}

function load(): World {
  const atlas = read();
  const { land, countries } = atlas.objects;
  return {
    land: feature(atlas, land),
    borders: mesh(atlas, countries, (one, other) => one !== other),
    countries: feature(atlas, countries).features,
  };
}

function read(): Atlas {
  try {
    return createRequire(import.meta.url)('world-atlas/countries-50m.json') as Atlas;
  } catch (error) {
    throw new ColdrailError('report.no-map-data', {
      detail: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    });
  }
}
