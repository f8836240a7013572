import { BYTES, getBigEndian } from '../cbor.ts';
import { CODE_BIAS, MISSING, OUT_OF_RANGE } from './format.ts';

/**
 * A reading as it stands in flash: for each channel of the page its code, which is the count of its step plus CODE_BIAS, or
 * MISSING plus the reason for no value.
 */
export type Row = readonly number[];

/** Forms of differences that are numbers in a base: one byte as a CBOR integer, and byte strings of 1 to 6. */
const INTEGER_FORM = 0;
const LONGEST_NUMBER = 6;
/** Numbers that a CBOR integer of one byte can stand for: 0 to 23 and -1 to -24. */
const INTEGERS = 48;
const POSITIVE_INTEGERS = 24;
const NEGATIVE_BYTE = 0x20;

/** `value` in thousandths to the nearest step, halves up; null becomes `MISSING + reason`, and so does what has no code. */
export function toCode(value: number | null, step: number, reason: number): number {
  if (value === null) return MISSING + reason;
  const code = Math.floor(value / step + 0.5) + CODE_BIAS;
  return code >= 0 && code < MISSING ? code : MISSING + OUT_OF_RANGE;
}

function zigzag(delta: number): number {
  return delta < 0 ? -2 * delta - 1 : 2 * delta;
}

function unzigzag(digit: number): number {
  return digit & 1 ? -((digit + 1) >> 1) : digit >> 1;
}

/** The bases for two and three channels, which most boards have. */
const BASES_2 = [6, 16, 256];
const BASES_3 = [3, 6, 40, 256];

/** The base of each form of differences for readings of `channels` channels; 0 where there is no such form. */
export function basesFor(channels: number): readonly number[] {
  if (channels === 3) return BASES_3;
  if (channels === 2) return BASES_2;
  const bases: number[] = [];
  for (let form = 0; form <= channels; form++) {
    const bits = form === INTEGER_FORM ? Math.log(INTEGERS) : form * Math.log(256);
    // No root is within a millionth of a whole number without being that number.
    const base = Math.floor(Math.exp(bits / channels) + 0.000001);
    bases.push(form <= LONGEST_NUMBER || form === channels ? base : 0);
  }
  return bases;
}

/**
 * Write a row with its head. `previous` is the row before it in the same block, or null; `bases` are those for its
 * channels. Returns the next free position.
 */
export function putRow(
  out: Uint8Array,
  at: number,
  row: Row,
  previous: Row | null,
  bases: readonly number[],
): number {
  const channels = row.length;
  if (previous !== null) {
    let widest = 0;
    for (let i = 0; i < channels; i++) widest = Math.max(widest, zigzag(row[i] - previous[i]));
    for (let form = 0; form < bases.length; form++)
      if (widest < bases[form]) return putDifferences(out, at, row, previous, form, bases[form]);
  }
  out[at++] = BYTES + 2 * channels;
  for (let i = 0; i < channels; i++) {
    out[at++] = row[i] >> 8;
    out[at++] = row[i] & 255;
  }
  return at;
}

function putDifferences(
  out: Uint8Array,
  at: number,
  row: Row,
  previous: Row,
  form: number,
  base: number,
): number {
  let number = 0;
  if (form === row.length) {
    out[at] = BYTES + form;
    for (let i = 0; i < form; i++) out[at + 1 + i] = zigzag(row[i] - previous[i]);
    return at + 1 + form;
  }
  for (let i = 0; i < row.length; i++) number = number * base + zigzag(row[i] - previous[i]);
  if (form === INTEGER_FORM) {
    out[at] = number < POSITIVE_INTEGERS ? number : number - POSITIVE_INTEGERS + NEGATIVE_BYTE;
    return at + 1;
  }
  out[at] = BYTES + form;
  for (let i = form; i > 0; i--) {
    out[at + i] = number % 256;
    number = Math.floor(number / 256);
  }
  return at + 1 + form;
}

/** Whether a row of `channels` channels can be a byte string of `length`. */
export function isRowLength(length: number, channels: number): boolean {
  if (length === 2 * channels || length === channels) return true;
  return length > 0 && length < channels && length <= LONGEST_NUMBER;
}

/** Above every byte that is a whole row by itself, of readings with these bases. */
export function rowBytesEnd(bases: readonly number[], channels: number): number {
  let numbers = 1;
  for (let i = 0; i < channels; i++) numbers *= bases[INTEGER_FORM];
  return numbers > POSITIVE_INTEGERS ? numbers - POSITIVE_INTEGERS + NEGATIVE_BYTE : numbers;
}

/** Whether a byte is a CBOR integer of one byte. */
export function isInteger(byte: number): boolean {
  return (byte & 0xdf) < POSITIVE_INTEGERS;
}

/** Take the differences that the one byte `byte` stands for `times` times as a change to `row`. */
export function takeRowByte(byte: number, times: number, row: number[], bases: readonly number[]): void {
  const number = byte < NEGATIVE_BYTE ? byte : byte - NEGATIVE_BYTE + POSITIVE_INTEGERS;
  addDigits(number, times, row, bases[INTEGER_FORM]);
}

/** False when the number has a digit too many. */
function addDigits(number: number, times: number, row: number[], base: number): boolean {
  let rest = number;
  for (let i = row.length - 1; i >= 0 && rest > 0; i--) {
    const digit = rest % base;
    if (digit > 0) row[i] += times * unzigzag(digit);
    rest = (rest - digit) / base;
  }
  return rest === 0;
}

/** Read the byte string of `length` at `at` as a change to `row`, which holds the row before it. False when it is none. */
export function takeRow(
  bytes: Uint8Array,
  at: number,
  length: number,
  row: number[],
  bases: readonly number[],
): boolean {
  const channels = row.length;
  if (length === 2 * channels) {
    for (let i = 0; i < channels; i++) row[i] = getBigEndian(bytes, at + 2 * i, 2);
    return true;
  }
  if (length === channels) {
    for (let i = 0; i < channels; i++) row[i] += unzigzag(bytes[at + i]);
    return true;
  }
  return addDigits(getBigEndian(bytes, at, length), 1, row, bases[length]);
}
