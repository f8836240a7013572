import { readFileSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';
import { type ClimateRow, ClimateSeries } from './climate-series.ts';
import { csvFields } from './csv-line.ts';

export { ClimateSeries } from './climate-series.ts';

/** Names in the header line, compared without regard to case. */
export interface ClimateColumns {
  readonly time: string;
  readonly temperature: string;
  readonly humidity: string;
}

/** Where the columns stand in a row, and how many fields a row has. */
interface Columns {
  readonly time: number;
  readonly temperature: number;
  readonly humidity: number;
  readonly count: number;
}

/** For the message: which line of which file. */
interface Place {
  readonly file: string;
  readonly line: number;
}

const TIME_NAMES = ['date', 'time'];
const NUMBER = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/;
const TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?$/;

/**
 * Read a recorded series of temperature (C) and relative humidity (%) against time. The header names the columns; a
 * row with one field more than the header begins with a row name, as R writes it. Times are "2015-02-11 14:48:00",
 * taken as UTC, and must grow. Throws `climate.*`, which names the line, counted from 1 at the header.
 */
export function readClimateCsv(path: string, columns: Partial<ClimateColumns> = {}): ClimateSeries {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ColdrailError('climate.unreadable', { file: path, detail: (error as Error).message });
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const endsInBreak = lines.at(-1) === '';
  while (lines.at(-1)?.trim() === '') lines.pop();
  if (lines.length === 0) throw new ColdrailError('climate.empty', { file: path, rows: 0 });
  const header = csvFields(lines[0] as string) ?? [];
  const inHeader = findColumns(path, header, columns);
  const hasRowNames = csvFields(lines[1] ?? '')?.length === header.length + 1;
  const inRow = hasRowNames ? shifted(inHeader) : inHeader;

  const rows: ClimateRow[] = [];
  for (let line = 2; line <= lines.length; line++) {
    const content = lines[line - 1] as string;
    if (line === lines.length && !endsInBreak && isCutOff(content, inRow.count)) {
      throw new ColdrailError('climate.half-line', { file: path, line, content: shown(content) });
    }
    rows.push(readRow(content, inRow, rows.at(-1), { file: path, line }));
  }
  if (rows.length < 2) throw new ColdrailError('climate.empty', { file: path, rows: rows.length });
  return new ClimateSeries(rows);
}

function readRow(content: string, columns: Columns, before: ClimateRow | undefined, at: Place): ClimateRow {
  const fields = csvFields(content);
  if (fields?.length !== columns.count) {
    const count = fields?.length ?? 'an open quote among its';
    throw new ColdrailError('climate.field-count', {
      ...at,
      content: shown(content),
      fields: count,
      wanted: columns.count,
    });
  }
  const field = (column: 'time' | 'temperature' | 'humidity') => fields[columns[column]] as string;
  const timeMs = readTime(field('time'), at);
  if (before && timeMs <= before.timeMs) throw new ColdrailError('climate.time-order', { ...at });
  return {
    timeMs,
    celsius: readNumber(field('temperature'), -40, 125, { ...at, column: 'temperature' }),
    humidityPct: readNumber(field('humidity'), 0, 100, { ...at, column: 'humidity' }),
  };
}

function isCutOff(content: string, count: number): boolean {
  return content.endsWith(',') || (csvFields(content)?.length ?? 0) < count;
}

function shifted({ time, temperature, humidity, count }: Columns): Columns {
  return { time: time + 1, temperature: temperature + 1, humidity: humidity + 1, count: count + 1 };
}

function findColumns(file: string, header: readonly string[], asked: Partial<ClimateColumns>): Columns {
  const names = header.map((name) => name.toLowerCase());
  const find = (wanted: readonly string[]): number => {
    const lower = wanted.map((name) => name.toLowerCase());
    const index = names.findIndex((name) => lower.includes(name));
    if (index < 0) {
      const column = wanted.join('" or "');
      throw new ColdrailError('climate.no-column', { file, column, columns: shown(header.join(', ')) });
    }
    return index;
  };
  return {
    time: find(asked.time ? [asked.time] : TIME_NAMES),
    temperature: find([asked.temperature ?? 'temperature']),
    humidity: find([asked.humidity ?? 'humidity']),
    count: header.length,
  };
}

function readTime(content: string, at: Place): number {
  const parts = TIME.exec(content)
    ?.slice(1, 7)
    .map((part) => Number(part ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts ?? [];
  const timeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = new Date(timeMs).getUTCDate() === day && month >= 1 && month <= 12 && hour < 24;
  if (!parts || !isReal || minute > 59 || second > 59) {
    throw new ColdrailError('climate.bad-time', { ...at, content: shown(content) });
  }
  return timeMs;
}

function readNumber(
  content: string,
  low: number,
  high: number,
  at: Place & { readonly column: string },
): number {
  const value = NUMBER.test(content) ? Number(content) : Number.NaN;
  if (Number.isNaN(value)) {
    throw new ColdrailError('climate.not-a-number', { ...at, content: shown(content) });
  }
  if (value < low || value > high) {
    throw new ColdrailError('climate.out-of-range', { ...at, value: content, low, high });
  }
  return value;
}

/** File content for a message: short, and without anything that a terminal would obey. */
function shown(content: string): string {
  const plain = content.replace(/[^\x20-\x7e]/g, '?');
  return plain.length > 60 ? `${plain.slice(0, 60)}...` : plain;
}
