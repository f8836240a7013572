import { Encoder, FLOAT32_OPTIONS } from 'cbor-x';
import { type Encoding, inUnit } from './encoding.ts';
import type { Row } from './series.ts';

/** A reading as an object in the units of the world. Keys of one letter, to be fair to what repeats them. */
export interface ReadingObject {
  /** Seconds since 1970. */
  t: number;
  /** Degrees Celsius. */
  c: number | null;
  /** Percent relative humidity. */
  h: number | null;
  /** Degrees north and east. */
  a?: number;
  o?: number;
}

export function objectOf({ timeS, temperature, humidity, latE5, lonE5 }: Row): ReadingObject {
  const object: ReadingObject = { t: timeS, c: inUnit(temperature), h: inUnit(humidity) };
  if (latE5 === null || lonE5 === null) return object;
  return { ...object, a: latE5 / 1e5, o: lonE5 / 1e5 };
}

/** Whether floats of 32 bits, rounded to the resolution, give the rows back: all but positions beyond 128 degrees. */
export function fitsFloat32(rows: readonly Row[]): boolean {
  const fits = (e5: number | null): boolean =>
    e5 === null || Math.floor(Math.fround(e5 / 1e5) * 1e5 + 0.5) === e5;
  return rows.every(({ latE5, lonE5 }) => fits(latE5) && fits(lonE5));
}

function encoders(useRecords: boolean): (rows: readonly Row[]) => Encoder {
  const options = { useRecords, variableMapSize: true };
  const short = new Encoder({ ...options, useFloat32: FLOAT32_OPTIONS.ALWAYS });
  const long = new Encoder({ ...options, useFloat32: FLOAT32_OPTIONS.NEVER });
  return (rows) => (fitsFloat32(rows) ? short : long);
}

const maps = encoders(false);
const records = encoders(true);

export const objectEncodings: readonly Encoding[] = [
  {
    name: 'JSON objects, keys of one letter',
    batches: [1],
    readBy: 'any JSON parser',
    selfDescribing: true,
    encode: (rows) => Buffer.from(rows.map((row) => JSON.stringify(objectOf(row))).join('\n')),
  },
  {
    name: 'CBOR maps, keys of one letter (cbor-x)',
    batches: [1],
    readBy: 'any CBOR decoder',
    selfDescribing: true,
    encode: (rows) => Buffer.concat(rows.map((row) => maps([row]).encode(objectOf(row)))),
  },
  {
    name: 'CBOR records, structure shared (cbor-x)',
    batches: [288],
    readBy: 'cbor-x',
    selfDescribing: true,
    encode: (rows) => records(rows).encode(rows.map(objectOf)),
  },
];
