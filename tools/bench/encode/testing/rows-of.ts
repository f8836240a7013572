import type { ReadingObject } from '../objects.ts';
import { quantise, type Resolution, type Row } from '../series.ts';

/** Readings as a receiver has them, floats of 32 bits rounded to the resolution. */
export function rowsOf(objects: readonly ReadingObject[], { tempStep, humidityStep }: Resolution): Row[] {
  return objects.map(({ t, c, h, a, o }) => ({
    timeS: t,
    temperature: c === null ? null : quantise(c, tempStep),
    humidity: h === null ? null : quantise(h, humidityStep),
    latE5: a === undefined ? null : Math.round(a * 1e5),
    lonE5: o === undefined ? null : Math.round(o * 1e5),
  }));
}
