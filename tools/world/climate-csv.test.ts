import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { type ClimateColumns, readClimateCsv } from './climate-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'climate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, columns?: Partial<ClimateColumns>) {
  const path = join(folder, 'series.csv');
  writeFileSync(path, text);
  return readClimateCsv(path, columns);
}

function failure(text: string, columns?: Partial<ClimateColumns>): ColdrailError {
  try {
    read(text, columns);
  } catch (error) {
    if (error instanceof ColdrailError) return error;
  }
  throw new Error('no ColdrailError');
}

const R_STYLE = `"date","Temperature","Humidity","Light"
"1",2015-02-11 14:48:00,21.76,31.1333333333333,437.3
"2",2015-02-11 14:49:00,21.79,31,437.3
"3",2015-02-11 14:51:00,21.5,30.5,434
`;

const PLAIN = 'time,temperature,humidity\n2026-01-01T00:00:00Z,-18,80\n2026-01-01T00:10:00Z,-17.5,81\n';

describe('a recorded series', () => {
  test('is read from a file whose rows begin with a row name that the header lacks', () => {
    const series = read(R_STYLE);
    expect(series).toMatchObject({ rows: 3, spacingS: 120, lapS: 300 });
    expect(series.at(0)).toEqual({ celsius: 21.76, humidityPct: 31.1333333333333, row: 0 });
  });

  test('holds each row until the next', () => {
    const series = read(R_STYLE);
    expect(series.at(59.9).row).toBe(0);
    expect(series.at(60).row).toBe(1);
    expect(series.at(179).row).toBe(1);
    expect(series.at(299).row).toBe(2);
  });

  test('begins again when the ride outlasts it', () => {
    const series = read(R_STYLE);
    expect(series.at(300).row).toBe(0);
    expect(series.at(361).row).toBe(1);
    expect(series.laps(300)).toBe(1);
    expect(series.laps(301)).toBe(2);
  });

  test('may have plain rows, CRLF, a byte order mark, and no break after the last line', () => {
    expect(read(PLAIN).at(600).celsius).toBe(-17.5);
    expect(read(`\uFEFF${PLAIN.trimEnd().replaceAll('\n', '\r\n')}`).rows).toBe(2);
  });

  test('may name its columns as it likes', () => {
    const text = PLAIN.replace('time,temperature,humidity', 'at,T_air,RH');
    expect(read(text, { time: 'AT', temperature: 't_air', humidity: 'rh' }).rows).toBe(2);
  });

  const real = fileURLToPath(
    new URL('../../../shared/data/occupancy-t-rh-1min/datatest2.txt', import.meta.url),
  );
  test.runIf(existsSync(real))('is read whole from the public room-climate data', () => {
    const series = readClimateCsv(real);
    expect(series).toMatchObject({ rows: 9752, spacingS: 60 });
    expect(series.at(3 * 60)).toEqual({ celsius: 21.7675, humidityPct: 31.1225, row: 3 });
    expect(series.laps(25 * 86_400)).toBe(4);
    const cut = failure(readFileSync(real, 'utf8').slice(0, -20));
    expect(cut.id).toBe('climate.half-line');
  });
});

describe('a bad series is refused', () => {
  const row = (text: string) => `${PLAIN}${text}\n`;

  test.each([
    ['an empty file', '', 'climate.empty', '0 rows'],
    ['a header alone', 'time,temperature,humidity\n', 'climate.empty', '0 rows'],
    ['a single row', PLAIN.split('\n').slice(0, 2).join('\n'), 'climate.empty', '1 rows'],
    ['no header', PLAIN.split('\n').slice(1).join('\n'), 'climate.no-column', 'no column "date" or "time"'],
    ['no humidity column', PLAIN.replace('humidity', 'light'), 'climate.no-column', 'no column "humidity"'],
    ['text for a temperature', row('2026-01-01 00:20:00,warm,80'), 'climate.not-a-number', 'Line 4'],
    ['nothing for a temperature', row('2026-01-01 00:20:00,,80'), 'climate.not-a-number', 'temperature'],
    ['hexadecimal', row('2026-01-01 00:20:00,0x10,80'), 'climate.not-a-number', '"0x10"'],
    ['text for a humidity', row('2026-01-01 00:20:00,4,NA'), 'climate.not-a-number', '"NA" in its humidity'],
    ['a time that stands still', row('2026-01-01 00:10:00,4,80'), 'climate.time-order', 'Line 4'],
    ['a time that goes back', row('2026-01-01 00:05:00,4,80'), 'climate.time-order', 'Line 4'],
    ['a day that does not exist', row('2026-02-30 00:00:00,4,80'), 'climate.bad-time', '2026-02-30'],
    ['a time of another form', row('1/2/2026 0:20,4,80'), 'climate.bad-time', '1/2/2026'],
    [
      'a temperature above the sensor',
      row('2026-01-01 00:20:00,125.1,80'),
      'climate.out-of-range',
      '-40 to 125',
    ],
    ['a temperature below the sensor', row('2026-01-01 00:20:00,-40.1,80'), 'climate.out-of-range', '-40.1'],
    ['a humidity above 100 %', row('2026-01-01 00:20:00,4,101'), 'climate.out-of-range', '0 to 100'],
    ['a row with too few fields', row('2026-01-01 00:20:00,4'), 'climate.field-count', '2 fields, not 3'],
    ['an open quote', row('"2026-01-01 00:20:00,4,80'), 'climate.field-count', 'open quote'],
    ['half a last line', `${PLAIN}2026-01-01 00:2`, 'climate.half-line', 'line 4'],
    [
      'a last line cut before its last field',
      `${PLAIN}2026-01-01 00:20:00,4,`,
      'climate.half-line',
      'line 4',
    ],
    ['half a last line behind row names', R_STYLE.slice(0, -5), 'climate.half-line', 'line 4'],
  ])('for %s', (_what, text, id, words) => {
    const error = failure(text);
    expect(error.id).toBe(id);
    expect(error.message).toContain(words);
  });

  test('when it cannot be read at all', () => {
    expect(() => readClimateCsv(join(folder, 'none.csv'))).toThrow(ColdrailError);
    expect(() => readClimateCsv(folder)).toThrow('cannot be read');
  });

  test('without letting the file write to the terminal', () => {
    expect(failure(`${PLAIN}2026-01-01 00:20:00,\u001b[2J,80\n`).message).not.toContain('\u001b');
  });
});
