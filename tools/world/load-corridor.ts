import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ColdrailError } from '../errors/error.ts';
import type { Climate, Corridor, Hole, Normals } from './corridor.ts';
import { Fields } from './fields.ts';
import { COUNTRY, MAX_KM, readProfiles, readStations, readZones } from './read-line.ts';
import { timetable } from './timetable.ts';

const FILE = fileURLToPath(new URL('../data/corridor-2026-11.json', import.meta.url));
const MIN_STAY_HOURS = 24;

/**
 * Read and check a corridor file; without a path, the one that ships with Coldrail. Throws `corridor.unreadable` or
 * `corridor.invalid`, which names the field.
 */
export function loadCorridor(path: string = FILE): Corridor {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ColdrailError('corridor.unreadable', { file: path, detail: (error as Error).message });
  }
  const root = new Fields(content, '', (detail) => {
    throw new ColdrailError('corridor.invalid', { file: path, detail });
  });
  return readCorridor(root);
}

function readCorridor(root: Fields): Corridor {
  root.object('rideHoursMark').mark();
  const rideHours = root.number('rideHours', 1, 24 * 365);
  const stations = readStations(root.object('stations'));
  const kmOf = new Map(stations.map((station) => [station.name, station.km]));
  if (kmOf.size < stations.length) root.fail('stations', 'has a name twice');
  const arriveHour = timetable(stations, rideHours).at(-1)?.arriveHour ?? 0;
  if (rideHours - arriveHour < MIN_STAY_HOURS) {
    root.fail(
      'rideHours',
      `leaves ${(rideHours - arriveHour).toFixed(1)} h at the terminal, not ${MIN_STAY_HOURS}`,
    );
  }
  const zones = readZones(root.object('zones'));
  const countries = new Set(zones.map((zone) => zone.country));
  return {
    title: root.text('title'),
    dated: root.text('dated', /^\d{4}-\d\d-\d\d$/),
    rideHours,
    stations,
    zones,
    simProfiles: readProfiles(root, countries),
    holes: root.list('holes').map((fields) => readHole(fields, kmOf, countries)),
    events: root.list('events').map((fields) => {
      const note = fields.text(fields.mark());
      return { kind: fields.oneOf('kind', ['power-off', 'door-open']), note, ...yardTime(fields, kmOf) };
    }),
    climate: readClimate(root.object('climate'), kmOf),
  };
}

function readHole(fields: Fields, kmOf: ReadonlyMap<string, number>, countries: ReadonlySet<string>): Hole {
  const kind = fields.oneOf('kind', ['hole', 'tunnel', 'yard-stack', 'sim-barred']);
  const common = { reason: fields.text('reason'), mark: fields.mark() };
  if (kind === 'yard-stack') return { kind, ...yardTime(fields, kmOf), ...common };
  if (kind === 'sim-barred') {
    const country = fields.text('country', COUNTRY);
    if (!countries.has(country)) fields.fail('country', `is ${country}, where no zone is`);
    const hours = fields.number('hours', 0, 24 * 60);
    return { kind, country, hours, idleHours: fields.number('idleHours', 0, 24 * 60), ...common };
  }
  const fromKm = fields.number('fromKm', 0, MAX_KM);
  const toKm = fields.number('toKm', fromKm, MAX_KM);
  return { kind, fromKm, toKm, pieces: readPieces(fields, toKm - fromKm), ...common };
}

function readPieces(fields: Fields, lengthKm: number) {
  if (!fields.has('pieces')) return undefined;
  const pieces = fields.object('pieces');
  const count = pieces.number('count', 1, 1000);
  const minKm = pieces.number('minKm', 0, lengthKm / count);
  return { count, minKm, maxKm: pieces.number('maxKm', minKm, lengthKm / count) };
}

function readClimate(group: Fields, kmOf: ReadonlyMap<string, number>): Climate {
  group.marks('figures', ['normals', 'weather', 'humidity']);
  const weather = group.object('weather');
  const humidity = group.object('humidity');
  let km = -1;
  return {
    weather: { swingK: weather.number('swingK', 0, 20), periodHours: weather.number('periodHours', 1, 1000) },
    humidity: { meanPct: humidity.number('meanPct', 0, 100), pctPerK: humidity.number('pctPerK', -20, 20) },
    points: group.list('items').map((fields) => {
      const at = kmOf.get(stationName(fields, kmOf)) ?? 0;
      if (at <= km) fields.fail('station', 'does not lie behind the one before it');
      km = at;
      return { km, january: readNormals(fields.object('january')), july: readNormals(fields.object('july')) };
    }),
  };
}

function readNormals(fields: Fields): Normals {
  const low = fields.number('low', -70, 60);
  const mean = fields.number('mean', low, 60);
  return { low, mean, high: fields.number('high', mean, 60) };
}

function yardTime(fields: Fields, kmOf: ReadonlyMap<string, number>) {
  const fromHour = fields.number('fromHour', 0, 24 * 60);
  return { station: stationName(fields, kmOf), fromHour, toHour: fields.number('toHour', fromHour, 24 * 60) };
}

function stationName(fields: Fields, kmOf: ReadonlyMap<string, number>): string {
  const name = fields.text('station');
  return kmOf.has(name) ? name : fields.fail('station', `is "${name}", which is not on the line`);
}
