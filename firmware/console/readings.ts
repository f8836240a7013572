import { CODE_BIAS, MISSING } from '../journal/format.ts';
import type { Row } from '../journal/row.ts';
import { isHumidity, type Scale } from '../journal/scale.ts';
import type { Field } from './reply.ts';

/** The column of names in what a person sees, characters. */
export const WIDTH = 16;

const PLACES = ['', 'supply', 'return', 'ambient', 'cargo 1', 'cargo 2', 'cargo 3', 'cargo 4'];

/** What a place of docs/journal.md is called. */
export function placeName(place: number): string {
  return PLACES[place] || `place ${place}`;
}

/** Thousandths as a person reads them, with one decimal; `-` for none. */
export function tenths(thousandths: number | null, unit: string): string {
  if (thousandths === null) return '-';
  const all = Math.round(Math.abs(thousandths) / 100);
  const sign = thousandths < 0 && all > 0 ? '-' : '';
  return `${sign}${Math.floor(all / 10)}.${all % 10} ${unit}`;
}

/** The values of a reading: arrays of place, `t` or `h`, and thousandths or null. */
export function valuesOfRow(row: Row, scale: Scale): Field[] {
  const values: Field[] = [];
  for (let i = 0; i < scale.channels.length; i++) {
    const channel = scale.channels[i];
    const step = isHumidity(channel) ? scale.humidityStep : scale.tempStep;
    const value = row[i] >= MISSING ? null : (row[i] - CODE_BIAS) * step;
    values.push([channel & 15, isHumidity(channel) ? 'h' : 't', value]);
  }
  return values;
}
