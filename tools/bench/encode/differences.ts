import type { Encoding } from './encoding.ts';
import type { Row, Series } from './series.ts';

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Differences of counts against the last one that is there, in zigzag form plus 1; 0 is a missing value. */
function differences(counts: readonly (number | null)[]): number[] {
  let last = 0;
  return counts.map((count) => {
    if (count === null) return 0;
    const difference = count - last;
    last = count;
    return zigzag(difference) + 1;
  });
}

/** A regular interval costs nothing but its first mention: differences of the differences. */
function secondDifferences(times: readonly number[]): number[] {
  let last = 0;
  let lastStep = 0;
  return times.map((time) => {
    const step = time - last;
    const difference = step - lastStep;
    last = time;
    lastStep = step;
    return zigzag(difference);
  });
}

/** Readings as columns of small numbers: time, temperature, humidity and, where the series has them, positions. */
export function columnsOf(rows: readonly Row[], series: Series): number[][] {
  const count = (value: number | null, step: number): number | null => (value === null ? null : value / step);
  const columns = [
    secondDifferences(rows.map(({ timeS }) => timeS)),
    differences(rows.map(({ temperature }) => count(temperature, series.tempStep))),
    differences(rows.map(({ humidity }) => count(humidity, series.humidityStep))),
  ];
  if (series.positions > 0)
    columns.push(differences(rows.map(({ latE5 }) => latE5)), differences(rows.map(({ lonE5 }) => lonE5)));
  return columns;
}

/** Seven bits a byte, the least significant first; the high bit says that more follow. */
export function varints(numbers: Iterable<number>): Uint8Array {
  const bytes: number[] = [];
  for (let number of numbers) {
    for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
    bytes.push(number);
  }
  return Uint8Array.from(bytes);
}

export const deltaVarints: Encoding = {
  name: 'zigzag varints of differences',
  batches: [288],
  readBy: 'its own decoder, told the steps',
  selfDescribing: false,
  encode: (rows, series) => {
    const columns = columnsOf(rows, series);
    return varints(rows.flatMap((_, i) => columns.map((column) => column[i] as number)));
  },
};
