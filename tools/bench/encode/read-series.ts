import { readFileSync } from 'node:fs';
import { ColdrailError } from '../../errors/error.ts';
import { type ColumnNames, type Columns, findColumns } from './columns.ts';
import { csvFields, delimiterOf } from './csv-fields.ts';
import { quantise, type Resolution, type Row, type Series, seriesOf } from './series.ts';
import { shown } from './shown.ts';
import { readTime } from './time.ts';

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;
/** What stands for a value that was not measured. */
const MISSING = /^(|na|n\/a|nan|null)$/i;

/** For the message: which line of which file. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Read a series of temperature (C), relative humidity (%) and, where it has them, positions (degrees) against time.
 * The header names the columns; a row with one field more than the header begins with a row name, as R writes it. A
 * value that is empty or NA is missing; anything else that is no number refuses the file, and so do times that do not
 * grow. Throws `climate.*`, which names the line, counted from 1 at the header.
 *
 * `delimiter` is one character; without it, the header tells.
 */
export function readSeries(
  file: string,
  names: ColumnNames,
  resolution: Resolution,
  delimiter?: string,
): Series {
  const lines = readLines(file);
  const separator = delimiter ?? delimiterOf(lines[0] as string);
  const header = csvFields(lines[0] as string, separator) ?? [];
  const columns = findColumns(file, header, names);
  const hasRowNames = csvFields(lines[1] ?? '', separator)?.length === header.length + 1;
  const shift = hasRowNames ? 1 : 0;
  const rows: Row[] = [];
  let beforeMs = -1;
  for (let line = 2; line <= lines.length; line++) {
    const at = { file, line };
    const content = lines[line - 1] as string;
    const fields = csvFields(content, separator);
    const wanted = header.length + shift;
    if (fields?.length !== wanted) {
      const count = fields?.length ?? 'an open quote among its';
      throw new ColdrailError('climate.field-count', {
        ...at,
        content: shown(content),
        fields: count,
        wanted,
      });
    }
    const timeMs = timeIn(fields[columns.time + shift] as string, at);
    if (timeMs <= beforeMs) throw new ColdrailError('climate.time-order', { ...at });
    beforeMs = timeMs;
    rows.push(rowOf(timeMs, fields, shift, columns, resolution, at));
  }
  if (rows.length < 2) throw new ColdrailError('climate.empty', { file, rows: rows.length });
  return seriesOf(rows, resolution);
}

function readLines(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ColdrailError('climate.unreadable', { file, detail: (error as Error).message });
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  if (lines.length === 0) throw new ColdrailError('climate.empty', { file, rows: 0 });
  return lines;
}

function timeIn(content: string, at: Place): number {
  const timeMs = readTime(content);
  if (timeMs === undefined) throw new ColdrailError('climate.bad-time', { ...at, content: shown(content) });
  return timeMs;
}

function rowOf(
  timeMs: number,
  fields: readonly string[],
  shift: number,
  columns: Columns,
  { tempStep, humidityStep }: Resolution,
  at: Place,
): Row {
  const number = (column: keyof Columns): number | null => {
    const content = columns[column] < 0 ? '' : (fields[columns[column] + shift] as string);
    if (MISSING.test(content)) return null;
    if (!NUMBER.test(content))
      throw new ColdrailError('climate.not-a-number', { ...at, column, content: shown(content) });
    return Number(content);
  };
  const sensed = (column: 'temperature' | 'humidity', low: number, high: number): number | null => {
    const value = number(column);
    if (value !== null && (value < low || value > high))
      throw new ColdrailError('climate.out-of-range', { ...at, column, value, low, high });
    return value;
  };
  const degrees = (column: 'lat' | 'lon', most: number): number | null => {
    const value = number(column);
    if (value !== null && Math.abs(value) > most)
      throw new ColdrailError('climate.not-a-place', { ...at, column, value });
    return value === null ? null : Math.floor(value * 1e5 + 0.5);
  };
  const temperature = sensed('temperature', -40, 125);
  const humidity = sensed('humidity', 0, 100);
  const latE5 = degrees('lat', 90);
  const lonE5 = degrees('lon', 180);
  const isPlace = latE5 !== null && lonE5 !== null;
  return {
    timeS: Math.floor(timeMs / 1000),
    temperature: temperature === null ? null : quantise(temperature, tempStep),
    humidity: humidity === null ? null : quantise(humidity, humidityStep),
    latE5: isPlace ? latE5 : null,
    lonE5: isPlace ? lonE5 : null,
  };
}
