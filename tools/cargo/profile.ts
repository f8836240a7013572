/** Places of measurement by name, with their numbers in docs/journal.md. */
export const PLACES = {
  supply: 1,
  return: 2,
  ambient: 3,
  'probe-1': 4,
  'probe-2': 5,
  'probe-3': 6,
  'probe-4': 7,
} as const;

export type Place = keyof typeof PLACES;

export const PLACE_NAMES = Object.keys(PLACES) as Place[];
export const CARGO_PROBES: readonly Place[] = ['probe-1', 'probe-2', 'probe-3', 'probe-4'];

export const JUDGES = ['event', 'total', 'mean-kinetic'] as const;
export const SIDES = ['above', 'below'] as const;
export const GROUPS = ['frozen', 'chilled', 'produce', 'pharma', 'other'] as const;

/** Where a figure comes from: at least one of the two. */
export interface Origin {
  readonly source: string | null;
  readonly assumption: string | null;
}

export interface Range extends Origin {
  readonly low: number;
  readonly high: number;
}

/** What counts as harm, as docs/cargo.md tells it. Whole thousandths and seconds, as on the device. */
export interface HarmRule {
  /** A single event, what adds up over the journey, or the mean kinetic temperature of a window. */
  readonly judge: (typeof JUDGES)[number];
  readonly side: (typeof SIDES)[number];
  readonly limitMilliC: number;
  /** Whether the limit itself is outside already. */
  readonly limitCounts: boolean;
  /** How long it takes to be an alarm; of `mean-kinetic`, the window. */
  readonly seconds: number;
  readonly hysteresisMilliK: number;
  /** By how much a defrost or an open door moves the limit of the return air. */
  readonly graceMilliK: number;
  readonly places: readonly Place[];
}

/** A rule as it stands in the file: its limit may go with the set point. */
export interface ProfileRule extends Omit<HarmRule, 'limitMilliC'>, Origin {
  readonly limit: { readonly milliC: number } | { readonly fromSetMilliK: number };
}

export interface CargoProfile {
  readonly name: string;
  readonly title: string;
  readonly group: (typeof GROUPS)[number];
  /** What may be set, and what usually is; degrees Celsius. */
  readonly setPointC: Range & { readonly usual: number };
  /** Relative, percent; null: it does not matter. */
  readonly humidityPct: Range | null;
  readonly ventM3h: Range;
  readonly rules: readonly ProfileRule[];
}

export interface CargoFile {
  readonly collected: string;
  readonly sources: readonly (readonly [name: string, text: string])[];
  readonly profiles: readonly CargoProfile[];
}
