import type { Resolution, Row } from '../series.ts';

function numbersIn(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let [number, weight] = [0, 1];
  for (const byte of bytes) {
    number += (byte & 127) * weight;
    weight *= 128;
    if (byte > 127) continue;
    numbers.push(number);
    [number, weight] = [0, 1];
  }
  return numbers;
}

/** Columns that stand one behind the other. */
export function columnsOfBytes(bytes: Uint8Array, width: number): number[][] {
  const numbers = numbersIn(bytes);
  const height = numbers.length / width;
  return Array.from({ length: width }, (_, i) => numbers.slice(i * height, (i + 1) * height));
}

/** Columns that stand row by row. */
export function transposed(bytes: Uint8Array, width: number): number[][] {
  const numbers = numbersIn(bytes);
  return Array.from({ length: width }, (_, i) => numbers.filter((__, at) => at % width === i));
}

const unzigzag = (number: number): number => (number % 2 === 1 ? -(number + 1) / 2 : number / 2);

function sums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number) => {
    sum += number;
    return sum;
  });
}

function counts(column: readonly number[] | undefined): (number | null)[] {
  let sum = 0;
  return (column ?? []).map((number) => {
    if (number === 0) return null;
    sum += unzigzag(number - 1);
    return sum;
  });
}

export function rowsOfColumns(columns: readonly number[][], { tempStep, humidityStep }: Resolution): Row[] {
  const times = sums(sums((columns[0] ?? []).map(unzigzag)));
  const [temperatures, humidities, lats, lons] = columns.slice(1).map(counts);
  const scaled = (count: number | null | undefined, step: number): number | null =>
    count === null || count === undefined ? null : count * step;
  return times.map((timeS, i) => ({
    timeS,
    temperature: scaled(temperatures?.[i], tempStep),
    humidity: scaled(humidities?.[i], humidityStep),
    latE5: lats?.[i] ?? null,
    lonE5: lons?.[i] ?? null,
  }));
}
