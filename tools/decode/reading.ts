/**
 * Packed channels of a reading (docs/journal.md, "Readings").
 *
 *   1 byte   TTTHHRRR                    zigzag deltas
 *   2 bytes  0TTTTTHH HHHRRRRR           zigzag deltas
 *   3 bytes  TTTTTTTT HHHHHHHH RRRRRRRR  zigzag deltas
 *   6 bytes  T, H, R as 16 bits each     count + 16384, or 65504 + reason
 */
const channels = ['supplyC', 'supplyRh', 'returnC'] as const;
const ABSOLUTE_BIAS = 16384;
const FIRST_REASON = 65504;

const reasons = ['not-answering', 'bad-check-digit', 'not-ready', 'out-of-range', 'bus-stuck', 'not-fitted'];

export type Channel = (typeof channels)[number];

/** One step of each channel, in thousandths: of a degree Celsius, of a percent of relative humidity. */
export interface Steps {
  readonly temperatureMilliC: number;
  readonly humidityMilliPercent: number;
}

export interface Values {
  /** Supply air, degrees Celsius at its step; null when missing. */
  supplyC: number | null;
  /** Supply air, percent relative humidity at its step; null when missing. */
  supplyRh: number | null;
  /** Return air, degrees Celsius at its step; null when missing. */
  returnC: number | null;
  /** Why a channel is null, as "not-answering"; a code that this decoder does not know is "reason-17". */
  reasons: Partial<Record<Channel, string>>;
}

export interface Reading extends Values {
  seq: number;
  powerOn: number;
  /** Seconds since that power-on. */
  monoS: number;
}

/** Counts of steps for each channel, or the reason why there is none. */
export type Counts = readonly ({ count: number } | { reason: number })[];

/**
 * Unpack a payload. Undefined when its length is none of the four, when the 2-byte form has its top bit set, or when
 * it holds deltas without a whole reading to hold them against.
 */
export function unpackCounts(payload: Uint8Array, previous: Counts | undefined): Counts | undefined {
  const packed = payload.reduce((sum, byte) => sum * 256 + byte, 0);
  switch (payload.length) {
    case 1:
      return addDeltas(previous, [packed >> 5, (packed >> 3) & 3, packed & 7]);
    case 2:
      return packed >> 15 ? undefined : addDeltas(previous, [packed >> 10, (packed >> 5) & 31, packed & 31]);
    case 3:
      return addDeltas(previous, [packed >> 16, (packed >> 8) & 255, packed & 255]);
    case 6:
      return [0, 2, 4].map((at) => absolute((payload[at] as number) * 256 + (payload[at + 1] as number)));
    default:
      return undefined;
  }
}

/** Values in the channels' units. Each is the double nearest to the decimal, so 41 steps of 0.1 are 4.1. */
export function toValues(counts: Counts, steps: Steps): Values {
  const values: Values = { supplyC: null, supplyRh: null, returnC: null, reasons: {} };
  channels.forEach((channel, index) => {
    const entry = counts[index] as Counts[number];
    const step = channel === 'supplyRh' ? steps.humidityMilliPercent : steps.temperatureMilliC;
    if ('count' in entry) values[channel] = (entry.count * step) / 1000;
    else values.reasons[channel] = reasons[entry.reason] ?? `reason-${entry.reason}`;
  });
  return values;
}

function absolute(code: number): Counts[number] {
  return code >= FIRST_REASON ? { reason: code - FIRST_REASON } : { count: code - ABSOLUTE_BIAS };
}

function addDeltas(previous: Counts | undefined, zigzags: number[]): Counts | undefined {
  const counts: { count: number }[] = [];
  for (const [index, zigzag] of zigzags.entries()) {
    const base = previous?.[index];
    if (!base || !('count' in base)) return undefined;
    counts.push({ count: base.count + ((zigzag >>> 1) ^ -(zigzag & 1)) });
  }
  return counts;
}
