import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressedColumns } from './compressed.ts';
import { deltaVarints, varints } from './differences.ts';
import type { Encoding } from './encoding.ts';
import type { Row, Series } from './series.ts';
import { columnsOfBytes, rowsOfColumns, transposed } from './testing/from-differences.ts';
import { samples } from './testing/generated.ts';

const widthOf = (series: Series): number => (series.positions > 0 ? 5 : 3);

test.each(samples)('varints of differences give %s back', (_, series) => {
  const back: Row[] = [];
  for (let from = 0; from < series.rows.length; from += 288) {
    const message = deltaVarints.encode(series.rows.slice(from, from + 288), series);
    back.push(...rowsOfColumns(transposed(message, widthOf(series)), series));
  }
  expect(back).toEqual(series.rows);
});

test.each(samples)('brotli gives the columns of %s back', (_, series) => {
  const message = brotliDecompressSync((compressedColumns[0] as Encoding).encode(series.rows, series));
  expect(rowsOfColumns(columnsOfBytes(message, widthOf(series)), series)).toEqual(series.rows);
});

test('a steady reading on the grid takes three bytes', () => {
  const row: Row = { timeS: 1767225600, temperature: 4100, humidity: 85500, latE5: null, lonE5: null };
  const series = { ...samples[0]?.[1], positions: 0 } as Series;
  const rows = [0, 300, 600, 900].map((later) => ({ ...row, timeS: row.timeS + later }));
  const [three, four] = [rows.slice(0, 3), rows].map((some) => deltaVarints.encode(some, series).length);
  expect((four as number) - (three as number)).toBe(3);
});

test('numbers beyond 32 bits keep their digits', () => {
  expect([...varints([2 ** 33])]).toEqual([128, 128, 128, 128, 32]);
});
