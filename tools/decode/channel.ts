const places = ['supply', 'return', 'ambient', 'cargo1', 'cargo2', 'cargo3', 'cargo4'] as const;

type Place = (typeof places)[number];

/** A channel of a reading by its name: where it is measured, and in degrees Celsius or percent relative humidity. */
export type Channel = `${Place}${'C' | 'Rh'}`;

/** Channels that a reading has at most. */
export const MAX_CHANNELS = 8;

/**
 * The names of the channels that a page declares, a byte each, up to the first 00. Undefined when there is none, or one
 * is unknown or named twice, or something stands behind the first 00: then what the numbers mean can't be told.
 */
export function channelNames(codes: Uint8Array): readonly Channel[] | undefined {
  const used = [...codes, 0].indexOf(0);
  const names = [...codes.subarray(0, used)].map(nameOf);
  if (used === 0 || used > MAX_CHANNELS || codes.subarray(used).some((code) => code !== 0)) return undefined;
  if (new Set(names).size < names.length) return undefined;
  return names.every((name) => name !== undefined) ? names : undefined;
}

export function isHumidity(channel: Channel): boolean {
  return channel.endsWith('Rh');
}

function nameOf(code: number): Channel | undefined {
  const place = places[(code & 15) - 1];
  if (place === undefined || code >> 4 > 1) return undefined;
  return `${place}${code >> 4 === 0 ? 'C' : 'Rh'}`;
}
