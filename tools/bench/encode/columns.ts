import { ColdrailError } from '../../errors/error.ts';
import { shown } from './shown.ts';

/** Header names that the user gave, which then must be there. */
export interface ColumnNames {
  readonly time?: string | undefined;
  readonly temperature?: string | undefined;
  readonly humidity?: string | undefined;
  readonly lat?: string | undefined;
  readonly lon?: string | undefined;
}

/** Where the columns stand in a row; lat and lon are -1 when there is no position. */
export interface Columns {
  readonly time: number;
  readonly temperature: number;
  readonly humidity: number;
  readonly lat: number;
  readonly lon: number;
}

/** What people call them, the most telling first; compared in lower case, without units in brackets and punctuation. */
const usual: Record<keyof Columns, readonly string[]> = {
  time: ['time', 'timestamp', 'datetime', 'date'],
  temperature: ['temperature', 'temp', 't'],
  humidity: ['humidity', 'relativehumidity', 'hum', 'rh'],
  lat: ['latitude', 'lat'],
  lon: ['longitude', 'lon', 'lng'],
};

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[([].*$/, '')
    .replace(/[^a-z0-9]/g, '');
}

/** Find the columns in a header. Throws `climate.no-column` for one that is asked for, or needed, and not there. */
export function findColumns(file: string, header: readonly string[], asked: ColumnNames): Columns {
  const missing = (column: string): never => {
    throw new ColdrailError('climate.no-column', { file, column, columns: shown(header.join(', ')) });
  };
  const find = (what: keyof Columns): number => {
    const name = asked[what];
    if (name !== undefined) {
      const index = header.findIndex((field) => field.toLowerCase() === name.toLowerCase());
      return index < 0 ? missing(shown(name)) : index;
    }
    const names = header.map(plain);
    return usual[what].map((word) => names.indexOf(word)).find((index) => index >= 0) ?? -1;
  };
  const need = (what: keyof Columns): number => {
    const index = find(what);
    return index < 0 ? missing(usual[what].join('" or "')) : index;
  };
  const [time, temperature, humidity] = [need('time'), need('temperature'), need('humidity')];
  const [lat, lon] = [find('lat'), find('lon')];
  // Half a position is none, unless the user asked for it.
  if (lat < 0 !== lon < 0) {
    if (asked.lat !== undefined || asked.lon !== undefined) need(lat < 0 ? 'lat' : 'lon');
    return { time, temperature, humidity, lat: -1, lon: -1 };
  }
  return { time, temperature, humidity, lat, lon };
}
