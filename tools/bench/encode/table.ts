import type { Measurement } from './measure.ts';
import type { Series } from './series.ts';

const durability = { checked: 'yes, with a check', unchecked: 'yes, no check', no: 'no' };

function describe({ rows, intervalS, tempStep, humidityStep, positions }: Series): string {
  const where = positions > 0 ? `${positions} positions in steps of 0.00001 degrees` : 'no positions';
  return `${rows.length} readings, nominally one in ${intervalS} s; temperature in steps of ${tempStep / 1000} C, humidity of ${humidityStep / 1000} %; ${where}`;
}

const NOTES = `Ours holds times within 1 s and why a value is missing; the others hold times to the second and that it is missing.
In flash: headers, seals, keys, records and checks, with nothing sent; "full pages" adds what is left over in them. "-": too short to fill a page.
Our messages: all that the sessions after so many readings send, with what a session itself puts into the journal; MQTT and TLS come on top, as for every encoding here.`;

/** One line for each measurement, in columns for a person. */
export function table(series: Series, measurements: readonly Measurement[]): string {
  const lines = [
    ['', 'batch', 'B/reading', 'names its fields', 'each reading durable', 'read by'],
    ...measurements.map(({ encoding, batch, bytesPerReading, selfDescribing, durable, readBy }) => [
      encoding,
      String(batch),
      bytesPerReading?.toFixed(2) ?? '-',
      selfDescribing ? 'yes' : 'no',
      durability[durable],
      readBy,
    ]),
  ];
  const widths = (lines[0] as string[]).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const isNumber = (column: number): boolean => column === 1 || column === 2;
  const laidOut = lines.map((line) =>
    line
      .map((cell, i) => {
        const width = widths[i] as number;
        return isNumber(i) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const partly = measurements
    .filter(({ readings }) => readings < series.rows.length)
    .map(({ encoding, batch, readings }) => `${encoding}, ${batch} each: the first ${readings} readings.`);
  return [describe(series), '', ...laidOut, '', NOTES, ...partly].join('\n');
}

/** The same for a program. */
export function asJson(series: Series, measurements: readonly Measurement[]): string {
  const { rows, intervalS, tempStep, humidityStep, positions } = series;
  return JSON.stringify(
    {
      readings: rows.length,
      intervalS,
      tempStepC: tempStep / 1000,
      humidityStepPct: humidityStep / 1000,
      positions,
      encodings: measurements,
    },
    null,
    2,
  );
}
