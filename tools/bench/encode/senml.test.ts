import { Decoder } from 'cbor-x';
import { describe, expect, test } from 'vitest';
import type { Encoding } from './encoding.ts';
import { type SenmlRecord, senmlJson } from './senml.ts';
import { senmlCbor } from './senml-cbor.ts';
import type { Row, Series } from './series.ts';
import { samples } from './testing/generated.ts';
import { type Resolved, resolveSenml } from './testing/resolve-senml.ts';

/** What a receiver must end up with, in any order. */
function expected({ rows }: Series): Resolved[] {
  const values = (row: Row): [string, string, number | null][] => [
    ['t', 'Cel', row.temperature === null ? null : row.temperature / 1000],
    ['h', '%RH', row.humidity === null ? null : row.humidity / 1000],
    ['a', 'lat', row.latE5 === null ? null : row.latE5 / 1e5],
    ['o', 'lon', row.lonE5 === null ? null : row.lonE5 / 1e5],
  ];
  return rows.flatMap((row) =>
    values(row).flatMap(([n, u, v]) => (v === null ? [] : [{ n: `bench-0001/${n}`, t: row.timeS, u, v }])),
  );
}

const byNameAndTime = (a: Resolved, b: Resolved): number => (a.n < b.n ? -1 : a.n > b.n ? 1 : a.t - b.t);

function received(encoding: Encoding, decode: (bytes: Uint8Array) => SenmlRecord[], batch: number) {
  return (series: Series): Resolved[] => {
    const all: Resolved[] = [];
    for (let from = 0; from < series.rows.length; from += batch)
      all.push(...resolveSenml(decode(encoding.encode(series.rows.slice(from, from + batch), series))));
    return all.sort(byNameAndTime);
  };
}

const json = (bytes: Uint8Array): SenmlRecord[] => JSON.parse(new TextDecoder().decode(bytes));

const names: Record<string, keyof SenmlRecord> = {
  '-2': 'bn',
  '-3': 'bt',
  '-4': 'bu',
  0: 'n',
  1: 'u',
  6: 't',
  2: 'v',
};
const decoder = new Decoder({ mapsAsObjects: false });
const cbor = (bytes: Uint8Array): SenmlRecord[] =>
  decoder
    .decode(bytes)
    .map((map: Map<number, unknown>) =>
      Object.fromEntries([...map].map(([label, item]) => [names[String(label)], item])),
    );

describe.each(samples)('of %s', (_, series) => {
  test.each([1, 288])('SenML-JSON in packs of %i holds every value to the last digit', (batch) => {
    expect(received(senmlJson, json, batch)(series)).toEqual(expected(series).sort(byNameAndTime));
  });

  test.each([1, 288])('SenML-CBOR in packs of %i holds every value to the last digit', (batch) => {
    expect(received(senmlCbor, cbor, batch)(series)).toEqual(expected(series).sort(byNameAndTime));
  });
});

const row: Row = { timeS: 1767225600, temperature: 4100, humidity: 85500, latE5: null, lonE5: null };
const later: Row = { ...row, timeS: 1767225900, temperature: -100 };
const series = samples[0]?.[1] as Series;
const text = (rows: readonly Row[]): string => new TextDecoder().decode(senmlJson.encode(rows, series));

test('a pack of one reading names the tracker and the time once', () => {
  expect(text([row])).toBe(
    '[{"bn":"bench-0001/","bt":1767225600,"n":"t","u":"Cel","v":4.1},{"n":"h","u":"%RH","v":85.5}]',
  );
});

test('a pack of more names each quantity and its unit once', () => {
  expect(text([row, later])).toBe(
    '[{"bn":"bench-0001/t","bt":1767225600,"bu":"Cel","v":4.1},{"t":300,"v":-0.1},{"bn":"bench-0001/h","bu":"%RH","v":85.5},{"t":300,"v":85.5}]',
  );
});

test('a number in SenML-CBOR takes the least bytes that hold it exactly', () => {
  const bytesOf = (humidity: number): number =>
    senmlCbor.encode([{ ...row, temperature: null, humidity }], series).length;
  const integer = bytesOf(85000);
  expect(bytesOf(85500) - integer).toBe(1); // half float: 3 bytes against 2
  expect(bytesOf(85100) - integer).toBe(4); // decimal fraction of 851: 6 bytes
  expect(bytesOf(10100) - integer).toBe(3); // of 101: 5 bytes
});
