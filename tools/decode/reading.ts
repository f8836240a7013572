/**
 * Readings, whichever of their forms they stand in (docs/journal.md, "Readings"). A code is what a channel is stored as:
 * the count of its step plus 16384, or 65504 plus the reason why there is none.
 */
import { type Channel, isHumidity } from './channel.ts';

const BIAS = 16384;
const FIRST_REASON = 65504;
const MAX_CODE = 0xffff;

/** Values of an integer of one byte: 0 to 23, and -1 to -24 as 24 to 47. */
const ONE_BYTE_VALUES = 48;
const MAX_NUMBER_BYTES = 6;

const reasons = ['not-answering', 'bad-check-digit', 'not-ready', 'out-of-range', 'bus-stuck', 'not-fitted'];

/** One step of each kind of channel, in thousandths: of a degree Celsius, of a percent of relative humidity. */
export interface Steps {
  readonly temperatureMilliC: number;
  readonly humidityMilliPercent: number;
}

/** What codes mean in a page. */
export interface Scale {
  readonly steps: Steps;
  /** The channels of a reading, in their order. */
  readonly channels: readonly Channel[];
}

/** Each channel of the page at its step, null when missing. A channel that the page has not got is not there. */
export type Values = Partial<Record<Channel, number | null>> & {
  /** Why a channel is null, as "not-answering"; a code that this decoder does not know is "reason-17". */
  reasons: Partial<Record<Channel, string>>;
};

/** A reading's number, and when it was taken. */
export interface ReadingTime {
  seq: number;
  powerOn: number;
  /** Seconds since that power-on. */
  monoS: number;
}

export interface Reading extends ReadingTime, Values {}

/** The codes of a reading's channels. */
export type Codes = readonly number[];

/**
 * The codes of a reading of `count` channels, from the integer or the byte string that it is. Undefined when it is no
 * reading: in no form of this many channels, differences with nothing to hold them against, or beyond a code's 16 bits.
 */
export function unpackCodes(
  item: number | Uint8Array,
  count: number,
  previous: Codes | undefined,
): Codes | undefined {
  if (typeof item === 'number') {
    if (item < -24 || item > 23) return undefined;
    return addDigits(previous, digitsOf(item < 0 ? 23 - item : item, 0, count));
  }
  const { length } = item;
  if (length === 2 * count) {
    return Array.from(
      { length: count },
      (_, i) => (item[2 * i] as number) * 256 + (item[2 * i + 1] as number),
    );
  }
  if (length === count) return addDigits(previous, [...item]);
  if (length === 0 || length > MAX_NUMBER_BYTES || length > count) return undefined;
  const number = item.reduce((sum, byte) => sum * 256 + byte, 0);
  return addDigits(previous, digitsOf(number, length, count));
}

/** The reading with these codes. Each value is the double nearest to the decimal, so 41 steps of 0.1 are 4.1. */
export function readingOf(at: ReadingTime, codes: Codes, { channels, steps }: Scale): Reading {
  const reading = { seq: at.seq, powerOn: at.powerOn, monoS: at.monoS } as Reading;
  const missing: Values['reasons'] = {};
  for (const [index, channel] of channels.entries()) {
    const code = codes[index];
    if (code < FIRST_REASON) {
      const step = isHumidity(channel) ? steps.humidityMilliPercent : steps.temperatureMilliC;
      reading[channel] = ((code - BIAS) * step) / 1000;
    } else {
      reading[channel] = null;
      missing[channel] = reasons[code - FIRST_REASON] ?? `reason-${code - FIRST_REASON}`;
    }
  }
  reading.reasons = missing;
  return reading;
}

function addDigits(previous: Codes | undefined, zigzags: readonly number[] | undefined): Codes | undefined {
  if (!previous || !zigzags) return undefined;
  const codes = previous.map((code, i) => {
    const zigzag = zigzags[i] as number;
    return code + ((zigzag >>> 1) ^ -(zigzag & 1));
  });
  return codes.every((code) => code >= 0 && code <= MAX_CODE) ? codes : undefined;
}

/** The `count` digits of a number, the most significant first; undefined when it has more. */
function digitsOf(number: number, length: number, count: number): number[] | undefined {
  const base = bases[length]?.[count] as number;
  const digits = new Array<number>(count);
  let rest = number;
  for (let i = count - 1; i >= 0; i--) {
    digits[i] = rest % base;
    rest = Math.floor(rest / base);
  }
  return rest === 0 ? digits : undefined;
}

/** By bytes of the number (0: the integer of one byte) and channels. */
const bases = Array.from({ length: MAX_NUMBER_BYTES + 1 }, (_, length) =>
  Array.from({ length: 9 }, (_, count) => largestBase(length === 0 ? ONE_BYTE_VALUES : 256 ** length, count)),
);

/** The largest base in which every number of `count` digits is below `values`. */
function largestBase(values: number, count: number): number {
  let base = 1;
  while (base < 256 && power(base + 1, count) <= values) base++;
  return base;
}

/** Exact, as `**` need not be. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}
