import { ARRAY, MAP, putBigEndian, putHead, putInteger, putText } from '../../../firmware/cbor.ts';
import type { Encoding } from './encoding.ts';
import { type SenmlRecord, senmlPack } from './senml.ts';

/** Labels of RFC 8428, table 4. */
const labels = { bn: -2, bt: -3, bu: -4, n: 0, u: 1, t: 6, v: 2 } as const;
type Label = keyof typeof labels;

/** A record at its longest: a map head, 7 labels, three texts of up to 24 bytes and four numbers of up to 9. */
const LONGEST_RECORD = 128;
const DECIMAL_FRACTION = 0xc4;
const HALF = 0xf9;

/** The bytes of `value` as a float of 16 bits (RFC 8949, appendix D); null when it is not exactly one that is normal. */
function halfFloat(value: number): number | null {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const exponent = ((bits >>> 23) & 255) - 127;
  if (view.getFloat32(0) !== value || (bits & 0x1fff) !== 0 || exponent < -14 || exponent > 15) return null;
  return ((bits >>> 16) & 0x8000) | ((exponent + 15) << 10) | ((bits >>> 13) & 1023);
}

/** A number as the RFC wants it, exact, in the shortest form that does: integer, half float or decimal fraction. */
function putNumber(out: Uint8Array, at: number, value: number): number {
  if (Number.isInteger(value)) return putInteger(out, at, value);
  const half = halfFloat(value);
  if (half !== null) {
    out[at] = HALF;
    return putBigEndian(out, at + 1, half, 2);
  }
  const decimals = (String(value).split('.')[1] as string).length;
  out[at] = DECIMAL_FRACTION;
  let next = putHead(out, at + 1, ARRAY, 2);
  next = putInteger(out, next, -decimals);
  return putInteger(out, next, Math.round(value * 10 ** decimals));
}

function putRecord(out: Uint8Array, start: number, record: SenmlRecord): number {
  const entries = Object.entries(record) as [Label, string | number][];
  let at = putHead(out, start, MAP, entries.length);
  for (const [label, item] of entries) {
    at = putInteger(out, at, labels[label]);
    at = typeof item === 'string' ? putText(out, at, item) : putNumber(out, at, item);
  }
  return at;
}

export const senmlCbor: Encoding = {
  name: 'SenML-CBOR (RFC 8428)',
  batches: [1, 288],
  readBy: 'any SenML reader',
  selfDescribing: true,
  encode: (rows) => {
    const pack = senmlPack(rows);
    const out = new Uint8Array(5 + pack.length * LONGEST_RECORD);
    let at = putHead(out, 0, ARRAY, pack.length);
    for (const record of pack) at = putRecord(out, at, record);
    return out.subarray(0, at);
  },
};
