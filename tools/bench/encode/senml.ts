import { DEVICE, type Encoding, inUnit } from './encoding.ts';
import type { Row } from './series.ts';

/** A record of a SenML pack (RFC 8428, section 4): base name, time and unit hold from where they stand on. */
export interface SenmlRecord {
  bn?: string;
  bt?: number;
  bu?: string;
  n?: string;
  u?: string;
  t?: number;
  v: number;
}

interface Quantity {
  readonly name: string;
  readonly unit: string;
  value(row: Row): number | null;
}

const degrees = (e5: number | null): number | null => (e5 === null ? null : e5 / 1e5);

/** Units of the IANA registry of SenML units. */
const quantities: readonly Quantity[] = [
  { name: 't', unit: 'Cel', value: ({ temperature }) => inUnit(temperature) },
  { name: 'h', unit: '%RH', value: ({ humidity }) => inUnit(humidity) },
  { name: 'a', unit: 'lat', value: ({ latE5 }) => degrees(latE5) },
  { name: 'o', unit: 'lon', value: ({ lonE5 }) => degrees(lonE5) },
];

/**
 * The shortest pack we know of. One reading: base name and time once, a name and a unit in each record. More: quantity
 * by quantity, so that name and unit are bases, and a record has a time and a value. A missing value has no record.
 */
export function senmlPack(rows: readonly Row[]): SenmlRecord[] {
  const bt = rows[0]?.timeS ?? 0;
  const pack: SenmlRecord[] = [];
  for (const { name, unit, value } of quantities) {
    let isFirst = true;
    for (const row of rows) {
      const v = value(row);
      if (v === null) continue;
      const base = pack.length === 0 ? { bt } : {};
      const time = row.timeS === bt ? {} : { t: row.timeS - bt };
      if (rows.length === 1) {
        const bn = pack.length === 0 ? { bn: `${DEVICE}/` } : {};
        pack.push({ ...bn, ...base, n: name, u: unit, ...time, v });
      } else {
        const bases = isFirst ? { bn: `${DEVICE}/${name}`, ...base, bu: unit } : {};
        pack.push({ ...bases, ...time, v });
      }
      isFirst = false;
    }
  }
  return pack;
}

export const senmlJson: Encoding = {
  name: 'SenML-JSON (RFC 8428)',
  batches: [1, 288],
  readBy: 'any SenML reader',
  selfDescribing: true,
  encode: (rows) => Buffer.from(JSON.stringify(senmlPack(rows))),
};
