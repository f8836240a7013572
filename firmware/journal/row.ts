import { BYTES } from '../cbor.ts';
import { CODE_BIAS, MISSING, OUT_OF_RANGE } from './format.ts';

/**
 * Readings as rows: three channels (supply air temperature, supply air humidity, return air temperature), each as the
 * code that stands in flash: the count of its step plus CODE_BIAS, or MISSING plus the reason for no value.
 */
export interface Row {
  t: number;
  h: number;
  r: number;
}

/** `value` in thousandths to the nearest step, halves up; null becomes `MISSING + reason`, and so does what has no code. */
export function toCode(value: number | null, step: number, reason: number): number {
  if (value === null) return MISSING + reason;
  const code = Math.floor(value / step + 0.5) + CODE_BIAS;
  return code >= 0 && code < MISSING ? code : MISSING + OUT_OF_RANGE;
}

function zigzag(delta: number): number {
  return delta < 0 ? -2 * delta - 1 : 2 * delta;
}

function unzigzag(code: number): number {
  return code & 1 ? -((code + 1) >> 1) : code >> 1;
}

function complete(row: Row): boolean {
  return row.t < MISSING && row.h < MISSING && row.r < MISSING;
}

/**
 * Write a row behind its byte-string head, without the check, whose two bytes the head counts. `previous` is the row
 * before it in the same block, or null. Returns the next free position.
 */
export function putRow(out: Uint8Array, at: number, row: Row, previous: Row | null): number {
  if (previous !== null && complete(previous) && complete(row)) {
    const t = zigzag(row.t - previous.t);
    const h = zigzag(row.h - previous.h);
    const r = zigzag(row.r - previous.r);
    if (t < 8 && h < 4 && r < 8) {
      out[at] = BYTES + 3;
      out[at + 1] = (t << 5) | (h << 3) | r;
      return at + 2;
    }
    if (t < 32 && h < 32 && r < 32) {
      const packed = (t << 10) | (h << 5) | r;
      out[at] = BYTES + 4;
      out[at + 1] = packed >> 8;
      out[at + 2] = packed & 255;
      return at + 3;
    }
    if (t < 256 && h < 256 && r < 256) {
      out[at] = BYTES + 5;
      out[at + 1] = t;
      out[at + 2] = h;
      out[at + 3] = r;
      return at + 4;
    }
  }
  out[at] = BYTES + 8;
  out[at + 1] = row.t >> 8;
  out[at + 2] = row.t & 255;
  out[at + 3] = row.h >> 8;
  out[at + 4] = row.h & 255;
  out[at + 5] = row.r >> 8;
  out[at + 6] = row.r & 255;
  return at + 7;
}

/** Whether a row's payload can be `length` bytes long. */
export function isRowLength(length: number): boolean {
  return length === 1 || length === 2 || length === 3 || length === 6;
}

/** Read the payload of `length` bytes at `at` as a change to `row`, which holds the row before it. */
export function takeRow(bytes: Uint8Array, at: number, length: number, row: Row): void {
  if (length === 1) {
    const packed = bytes[at];
    row.t += unzigzag(packed >> 5);
    row.h += unzigzag((packed >> 3) & 3);
    row.r += unzigzag(packed & 7);
  } else if (length === 2) {
    const packed = (bytes[at] << 8) | bytes[at + 1];
    row.t += unzigzag((packed >> 10) & 31);
    row.h += unzigzag((packed >> 5) & 31);
    row.r += unzigzag(packed & 31);
  } else if (length === 3) {
    row.t += unzigzag(bytes[at]);
    row.h += unzigzag(bytes[at + 1]);
    row.r += unzigzag(bytes[at + 2]);
  } else {
    row.t = (bytes[at] << 8) | bytes[at + 1];
    row.h = (bytes[at + 2] << 8) | bytes[at + 3];
    row.r = (bytes[at + 4] << 8) | bytes[at + 5];
  }
}
