import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ColdrailError } from '../../errors/error.ts';
import { randomStream } from '../../sim/random.ts';
import type { ColumnNames } from './columns.ts';
import { readSeries } from './read-series.ts';
import { COARSE, FINE, type Series } from './series.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-encode-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(text: string | Uint8Array, names: ColumnNames = {}, delimiter?: string): Series {
  const file = join(folder, 'series.csv');
  writeFileSync(file, text);
  return readSeries(file, names, COARSE, delimiter);
}

function refusal(text: string | Uint8Array, names: ColumnNames = {}): { id: string; message: string } {
  try {
    read(text, names);
  } catch (error) {
    if (error instanceof ColdrailError) return { id: error.id, message: error.message };
    throw error;
  }
  throw new Error('the series was taken');
}

const first = { timeS: 1423666080, temperature: 21800, humidity: 31000, latE5: null, lonE5: null };

describe('a series is found', () => {
  const ways: [string, string][] = [
    ['by the usual names', 'time,temperature,humidity\n2015-02-11 14:48:00,21.76,31.13\n'],
    ['by short ones', 'Date,Temp,RH\n2015-02-11 14:48:00,21.76,31.13\n'],
    ['with units', 'Timestamp (UTC),T [C],Humidity (%)\n2015-02-11T14:48:00Z,21.76,31.13\n'],
    ['in any order', 'rh;other;datetime;temp\n31.13;x;2015-02-11T15:48:00+01:00;21.76\n'],
    ['under quotes', '"date","Temperature","Hum."\r\n"2015-02-11 14:48","21.76","31.13"\r\n'],
    ['behind the row names of R', '"date","temp","hum","x"\n"1",2015-02-11 14:48:00,21.76,31.13,0\n'],
    ['with seconds since 1970', 't,time,h,rh\n21.76,1423666080,1,31.13\n'],
    ['with milliseconds since 1970', 'time\tt\trh\n1423666080999\t21.76\t31.13\n'],
  ];
  test.each(ways)('%s', (_, text) => {
    const [header, row] = text.split(/\r?\n/) as [string, string];
    const later = row
      .replace('2015-02-11', '2015-02-12')
      .replace('1423666080', '1423752480')
      .replace('"1",', '"2",');
    const { rows, intervalS, positions } = read([header, row, later, ''].join('\n'));
    expect(rows).toEqual([first, { ...first, timeS: first.timeS + 86400 }]);
    expect(intervalS).toBe(65535);
    expect(positions).toBe(0);
  });

  test('by the names that the user gives', () => {
    const text = 'when,in,out,time,wet\n2015-02-11 14:48:00,21.76,3,0,31.13\n2015-02-11 14:49:00,21,3,0,31\n';
    expect(read(text, { time: 'When', temperature: 'in', humidity: 'wet' }).rows[0]).toEqual(first);
  });

  test('with the delimiter that the user gives', () => {
    const text = 'time|t|rh\n2015-02-11 14:48:00|21.76|31.13\n2015-02-11 14:49:00|21|31\n';
    expect(read(text, {}, '|').rows[0]).toEqual(first);
  });
});

test('positions come along where there are some, below zero too', () => {
  const { rows, positions } = read(
    'time,t,rh,lat,lng\n0,4,80,21.02851,-105.8\n300,4,80,,\n600,4,80,50.4,\n900,4,80,0,0\n',
  );
  expect(rows.map(({ latE5, lonE5 }) => [latE5, lonE5])).toEqual([
    [2102851, -10580000],
    [null, null],
    [null, null],
    [0, 0],
  ]);
  expect(positions).toBe(2);
});

test('what was not measured is missing', () => {
  const { rows } = read('time,t,rh\n0,,80\n300,NA,NaN\n600,-4.04,80.3\n');
  expect(rows.map(({ temperature, humidity }) => [temperature, humidity])).toEqual([
    [null, 80000],
    [null, null],
    [-4000, 80500],
  ]);
});

test('the fine resolution keeps more', () => {
  const file = join(folder, 'fine.csv');
  writeFileSync(file, 'time,t,rh\n0,21.764,31.13\n60,21,31\n');
  expect(readSeries(file, {}, FINE).rows[0]).toMatchObject({ temperature: 21760, humidity: 31100 });
});

test('the interval is the median of what is there', () => {
  expect(read('time,t,rh\n0,4,80\n60,4,80\n119,4,80\n7000,4,80\n7060,4,80\n').intervalS).toBe(60);
});

describe('is refused', () => {
  const good = 'time,t,rh\n2015-02-11 14:48:00,4,80\n';
  const cases: [string, string | Uint8Array, string, RegExp][] = [
    ['an empty file', '', 'climate.empty', /0 rows/],
    ['a file of line breaks', '\n\n\n', 'climate.empty', /0 rows/],
    ['only a header', 'time,t,rh\n', 'climate.empty', /0 rows/],
    ['a single reading', good, 'climate.empty', /1 rows/],
    ['a file without a column', 'time,t,pressure\n0,4,1013\n', 'climate.no-column', /"humidity" or/],
    ['text for a number', `${good}2015-02-11 14:49:00,warm,80\n`, 'climate.not-a-number', /Line 3 .*"warm"/],
    ['a decimal comma', 'time;t;rh\n0;4,1;80\n', 'climate.not-a-number', /Line 2/],
    [
      'a number that no sensor gives',
      `${good}2015-02-11 14:49:00,400,80\n`,
      'climate.out-of-range',
      /Line 3/,
    ],
    ['a time that is none', `${good}yesterday,4,80\n`, 'climate.bad-time', /Line 3 .*"yesterday"/],
    ['a day that is none', `${good}2015-02-30 00:00:00,4,80\n`, 'climate.bad-time', /Line 3/],
    ['a time before 1970', 'time,t,rh\n1815-02-11 14:48:00,4,80\n', 'climate.bad-time', /Line 2/],
    ['time that goes back', `${good}2015-02-11 14:47:00,4,80\n`, 'climate.time-order', /Line 3/],
    ['time that stands', `${good}2015-02-11 14:48:00,4,80\n`, 'climate.time-order', /Line 3/],
    ['a line that breaks off', `${good}2015-02-11 14:49:00,4\n`, 'climate.field-count', /Line 3 .* 2 fields/],
    ['a quote that stays open', `${good}"2015-02-11 14:49:00,4,80\n`, 'climate.field-count', /open quote/],
    ['a place that is none', 'time,t,rh,lat,lon\n0,4,80,91,0\n', 'climate.not-a-place', /Line 2 .*91/],
  ];
  test.each(cases)('%s', (_, text, id, message) => {
    const refused = refusal(text);
    expect(refused.id).toBe(id);
    expect(refused.message).toMatch(message);
  });

  test('a column that the user names and that is not there', () => {
    const refused = refusal(`${good}2015-02-11 14:49:00,4,80\n`, { lat: 'Breite' });
    expect(refused).toMatchObject({ id: 'climate.no-column', message: expect.stringContaining('"Breite"') });
  });

  test('half a position that the user asks for', () => {
    const text = 'time,t,rh,y\n0,4,80,50\n300,4,80,50\n';
    expect(refusal(text, { lat: 'y' }).id).toBe('climate.no-column');
  });

  test.each([1, 2, 3, 4, 5])('noise (%i), in words that a terminal can show', (seed) => {
    const random = randomStream(seed, 'noise');
    const refused = refusal(Uint8Array.from({ length: 5000 }, () => random.int(0, 255)));
    expect(refused.id).toMatch(/^climate\./);
    expect(refused.message).toMatch(/^[\x20-\x7e]*$/);
  });

  test('noise behind a good header', () => {
    const random = randomStream(6, 'noise');
    const noise = Array.from({ length: 5000 }, () => String.fromCharCode(random.int(0, 255))).join('');
    expect(refusal(`${good}${noise}`).id).toMatch(/^climate\./);
  });

  test('a file that is not there, and a folder', () => {
    for (const path of [join(folder, 'none.csv'), folder])
      expect(() => readSeries(path, {}, COARSE)).toThrow(
        expect.objectContaining({ id: 'climate.unreadable' }),
      );
  });
});
