import { Decoder, decodeMultiple } from 'cbor-x';
import { expect, test } from 'vitest';
import type { Encoding } from './encoding.ts';
import { objectEncodings } from './objects.ts';
import type { Row, Series } from './series.ts';
import { samples } from './testing/generated.ts';
import { rowsOf } from './testing/rows-of.ts';

const [json, maps, records] = objectEncodings as [Encoding, Encoding, Encoding];

function encode(encoding: Encoding, { rows, ...series }: Series): Uint8Array {
  return encoding.encode(rows, { rows, ...series });
}

test.each(samples)('JSON gives %s back', (_, series) => {
  const lines = new TextDecoder().decode(encode(json, series)).split('\n');
  expect(
    rowsOf(
      lines.map((line) => JSON.parse(line)),
      series,
    ),
  ).toEqual(series.rows);
});

test.each(samples)('CBOR maps give %s back to a decoder that knows nothing', (_, series) => {
  const objects = decodeMultiple(encode(maps, series)) as Parameters<typeof rowsOf>[0];
  expect(rowsOf(objects, series)).toEqual(series.rows);
});

test.each(samples)('CBOR records give %s back, message by message', (_, series) => {
  const back: Row[] = [];
  for (let from = 0; from < series.rows.length; from += 288) {
    const message = records.encode(series.rows.slice(from, from + 288), series);
    back.push(...rowsOf(new Decoder().decode(message), series));
  }
  expect(back).toEqual(series.rows);
});

test('one reading in JSON is one line of the shortest keys', () => {
  const row: Row = {
    timeS: 1767225600,
    temperature: 4100,
    humidity: 85500,
    latE5: 2102851,
    lonE5: 10580000,
  };
  const series = { ...samples[0]?.[1], positions: 1 } as Series;
  expect(new TextDecoder().decode(json.encode([row], series))).toBe(
    '{"t":1767225600,"c":4.1,"h":85.5,"a":21.02851,"o":105.8}',
  );
});
