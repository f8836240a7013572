/** The forms of a reading, from docs/journal.md alone, in numbers of any size. */

/** A channel as a count of its step, or why it is missing. */
export type ChannelInput = number | { reason: number };

function codeOf(channel: ChannelInput): number {
  return typeof channel === 'number' ? channel + 16384 : 65504 + channel.reason;
}

/** The codes one behind the other. */
export function absoluteForm(channels: ChannelInput[]): Buffer {
  return Buffer.concat(channels.map((channel) => Buffer.of(codeOf(channel) >> 8, codeOf(channel) & 255)));
}

/** 0, -1, 1, -2, 2 ... are 0, 1, 2, 3, 4 ... */
export function zigzagsOf(channels: ChannelInput[], previous: ChannelInput[]): number[] {
  return channels.map((channel, i) => {
    const difference = codeOf(channel) - codeOf(previous[i] as ChannelInput);
    return difference < 0 ? -2 * difference - 1 : 2 * difference;
  });
}

/** The integer or byte string that holds these differences in the fewest bytes; undefined when none of them does. */
export function shortestForm(zigzags: number[]): number | Buffer | undefined {
  const count = zigzags.length;
  const one = numberIn(zigzags, 48n);
  if (one !== undefined) return one < 24n ? Number(one) : 23 - Number(one);
  for (let length = 1; length <= 6 && length < count; length++) {
    const form = numberForm(zigzags, length);
    if (form) return form;
  }
  return zigzags.every((zigzag) => zigzag < 256) ? Buffer.from(zigzags) : undefined;
}

/** One number in a byte string of `length`; undefined when a digit is too large for it. */
export function numberForm(zigzags: number[], length: number): Buffer | undefined {
  const number = numberIn(zigzags, 256n ** BigInt(length));
  return number === undefined ? undefined : Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');
}

/** The digits as one number below `limit`, in the largest base that allows for any. */
function numberIn(zigzags: number[], limit: bigint): bigint | undefined {
  const count = BigInt(zigzags.length);
  let base = 1n;
  while ((base + 1n) ** count <= limit) base++;
  if (zigzags.some((zigzag) => BigInt(zigzag) >= base)) return undefined;
  return zigzags.reduce((number, zigzag) => number * base + BigInt(zigzag), 0n);
}
