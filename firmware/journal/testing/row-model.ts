/**
 * How docs/journal.md says that a reading is written, in big integers and searches: slow, and nothing of row.ts in it.
 */

/** The largest r with r^n <= limit. */
export function largestBase(limit: bigint, n: number): bigint {
  let r = 1n;
  while ((r + 1n) ** BigInt(n) <= limit) r++;
  return r;
}

function baseOf(length: number, n: number): bigint {
  if (length === n) return 256n;
  return largestBase(length === 0 ? 48n : 256n ** BigInt(length), n);
}

/** 0, -1, 1, -2, 2 ... */
function delta(digit: bigint): number {
  return Number(digit % 2n === 0n ? digit / 2n : -(digit + 1n) / 2n);
}

function digitOf(difference: number): bigint {
  let digit = 0n;
  while (delta(digit) !== difference) digit++;
  return digit;
}

/** Lengths of the byte strings that may hold differences of n channels; 0 stands for the integer. */
export function formsOf(n: number): number[] {
  return [0, 1, 2, 3, 4, 5, 6].filter((length) => length < n).concat(n);
}

function numberIn(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

/** The codes that a reading's item stands for, behind a reading with the codes `previous`. */
export function codesOf(item: number | Uint8Array, previous: readonly number[]): number[] {
  const n = previous.length;
  if (typeof item !== 'number' && item.length === 2 * n)
    return previous.map((_, i) => item[2 * i] * 256 + item[2 * i + 1]);
  const length = typeof item === 'number' ? 0 : item.length;
  let number = typeof item !== 'number' ? numberIn(item) : BigInt(item < 0 ? 23 - item : item);
  const base = baseOf(length, n);
  const digits = previous.map(() => {
    const digit = number % base;
    number /= base;
    return digit;
  });
  return previous.map((code, i) => code + delta(digits[n - 1 - i]));
}

/** The bytes of a reading in the shortest form. */
export function readingBytes(codes: readonly number[], previous: readonly number[] | null): number[] {
  const n = codes.length;
  const near = previous !== null && codes.every((code, i) => Math.abs(code - previous[i]) <= 128);
  const digits = near ? codes.map((code, i) => digitOf(code - previous[i])) : [];
  const length = near
    ? formsOf(n).find((form) => digits.every((digit) => digit < baseOf(form, n)))
    : undefined;
  if (length === undefined) return [0x40 + 2 * n, ...codes.flatMap((code) => [code >> 8, code & 255])];
  let number = digits.reduce((all, digit) => all * baseOf(length, n) + digit, 0n);
  if (length === 0) return [Number(number < 24n ? number : number + 8n)];
  const bytes: number[] = [];
  for (let i = 0; i < length; i++, number /= 256n) bytes.unshift(Number(number % 256n));
  return [0x40 + length, ...bytes];
}
