import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { Journey } from './journey.ts';
import { loadCorridor } from './load-corridor.ts';

const shipped = new URL('../data/corridor-2026-11.json', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'corridor-'));
afterAll(() => rmSync(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: the tests break the file in ways that its type forbids
function broken(change: (file: any) => void): ColdrailError {
  const file = JSON.parse(readFileSync(shipped, 'utf8'));
  change(file);
  const path = join(folder, 'broken.json');
  writeFileSync(path, JSON.stringify(file));
  return failure(path);
}

function failure(path: string): ColdrailError {
  try {
    loadCorridor(path);
  } catch (error) {
    if (error instanceof ColdrailError) return error;
  }
  throw new Error('no ColdrailError');
}

describe('the corridor that ships', () => {
  const corridor = loadCorridor();
  const journey = new Journey(corridor, Date.UTC(2026, 0, 10, 6));

  test('takes 25 days, the last one and more of it at Duisburg', () => {
    const terminal = journey.calls.at(-1);
    expect(journey.hours).toBe(600);
    expect(terminal?.station.name).toBe('Duisburg');
    expect(journey.hours - (terminal?.arriveHour ?? Number.NaN)).toBeGreaterThanOrEqual(24);
  });

  test('crosses the 1520 mm network at a commercial speed of 45 to 55 km/h', () => {
    const call = (name: string) => journey.calls.find(({ station }) => station.name === name);
    const from = call('Dostyk');
    const to = call('Brest');
    const km = (to?.station.km ?? 0) - (from?.station.km ?? 0);
    const kmh = km / ((to?.arriveHour ?? 0) - (from?.departHour ?? 0));
    expect(kmh).toBeGreaterThan(45);
    expect(kmh).toBeLessThan(55);
  });

  test('never lays a leg shorter than the straight line between its stations', () => {
    for (const [index, to] of corridor.stations.entries()) {
      const from = corridor.stations[index - 1];
      if (from) expect(to.km - from.km, `${from.name} - ${to.name}`).toBeGreaterThan(straightKm(from, to));
    }
  });

  test('bars data to a foreign SIM for a day in Russia, and says that this has a source', () => {
    expect(corridor.holes).toContainEqual(
      expect.objectContaining({ kind: 'sim-barred', country: 'RU', hours: 24, mark: 'source' }),
    );
  });

  test('marks the SIM profile with NB-IoT everywhere as an assumption', () => {
    const file = JSON.parse(readFileSync(shipped, 'utf8'));
    const profile = file.simProfiles.find((one: { name: string }) => one.name === 'local-nb');
    expect(profile.assumption).toMatch(/NB-IoT/);
    expect(profile.source).toBeUndefined();
  });
});

describe('a broken corridor file', () => {
  test('that is not there or not JSON is unreadable', () => {
    expect(failure(join(folder, 'none.json')).id).toBe('corridor.unreadable');
    const path = join(folder, 'half.json');
    writeFileSync(path, '{"title": ');
    expect(failure(path).id).toBe('corridor.unreadable');
  });

  test.each([
    ['a hole without a mark', 'holes[0]', (file) => delete file.holes[0].assumption],
    [
      'a dwell without a mark',
      'stations.items[1].dwell',
      (file) => delete file.stations.items[1].dwell.assumption,
    ],
    ['a yard event without a mark', 'events[0]', (file) => delete file.events[0].assumption],
    ['figures without a mark', 'stations.figures.km', (file) => delete file.stations.figures.km.assumption],
    [
      'an empty mark',
      'climate.figures.normals.assumption',
      (file) => (file.climate.figures.normals.assumption = ''),
    ],
    ['a SIM profile without a mark', 'simProfiles[1]', (file) => delete file.simProfiles[1].assumption],
    ['a text for a number', 'stations.items[2].km is "far"', (file) => (file.stations.items[2].km = 'far')],
    [
      'a train faster than 120 km/h',
      'speedKmhToNext is 350',
      (file) => (file.stations.items[2].speedKmhToNext = 350),
    ],
    ['stations out of order', 'stations.items[3].km', (file) => (file.stations.items[3].km = 1)],
    ['one station twice', 'a name twice', (file) => (file.stations.items[3].name = 'Pingxiang')],
    ['no time left at the terminal', 'rideHours leaves', (file) => (file.rideHours = 580)],
    ['a line without a first zone', 'km 0', (file) => file.zones.items.shift()],
    ['a hole at no station', 'holes[3].station is "Nowhere"', (file) => (file.holes[3].station = 'Nowhere')],
    ['a bar in a country off the line', 'country is FR', (file) => (file.holes[9].country = 'FR')],
    ['tunnels longer than their stretch', 'maxKm', (file) => (file.holes[1].pieces.maxKm = 100)],
    [
      'an unknown technology',
      'technologies[0]',
      (file) => (file.simProfiles[0].networks[0].technologies = ['5G']),
    ],
    [
      'a profile that extends nothing',
      'simProfiles[1].extends',
      (file) => (file.simProfiles[1].extends = 'none'),
    ],
    ['a night warmer than the day', 'january.mean', (file) => (file.climate.items[0].january.low = 50)],
    [
      'climate out of order',
      'climate.items[2].station',
      (file) => file.climate.items.push(file.climate.items.shift()) && file.climate.items.splice(0, 11),
    ],
    ['nothing in a list', 'holes is not a list', (file) => (file.holes = [])],
    ['a list for an object', 'climate is not an object', (file) => (file.climate = [])],
    // biome-ignore lint/suspicious/noExplicitAny: as above
  ] as [string, string, (file: any) => unknown][])('is refused for %s', (_what, detail, change) => {
    const error = broken(change);
    expect(error.id).toBe('corridor.invalid');
    expect(error.message).toContain(detail);
  });
});

function straightKm(
  from: { latDeg: number; lonDeg: number },
  to: { latDeg: number; lonDeg: number },
): number {
  const rad = Math.PI / 180;
  const cosine =
    Math.sin(from.latDeg * rad) * Math.sin(to.latDeg * rad) +
    Math.cos(from.latDeg * rad) * Math.cos(to.latDeg * rad) * Math.cos((to.lonDeg - from.lonDeg) * rad);
  return 6371 * Math.acos(Math.min(1, cosine));
}
