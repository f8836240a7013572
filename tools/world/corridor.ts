import type { RadioTechnology } from '../sim/chips/radio.ts';

/** Whether a figure was read somewhere or chosen. The file beside the figure says where, or why. */
export type Mark = 'source' | 'assumption';

export interface Station {
  readonly name: string;
  /** Chainage from the origin, km. */
  readonly km: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeM: number;
  /** Undefined at the last station: the ride ends there. */
  readonly dwellHours: number | undefined;
  /** Mean moving speed to the next station; undefined at the last. */
  readonly speedKmhToNext: number | undefined;
  /** Gauge break, border, terminal. */
  readonly note: string | undefined;
}

/** A stretch of line with one country code and one clock; it reaches to the next zone's `fromKm`. */
export interface Zone {
  readonly fromKm: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Mobile country code, three digits. */
  readonly mcc: string;
  /** Standard time, minutes east of UTC. */
  readonly utcOffsetMin: number;
  readonly euSummerTime: boolean;
}

export interface Network {
  readonly country: string;
  readonly operator: string;
  /** Mobile network code, two or three digits. */
  readonly mnc: string;
  readonly technologies: readonly RadioTechnology[];
}

/** Which networks take a SIM. The same ride is dark or covered depending on the contract behind the card. */
export interface SimProfile {
  readonly name: string;
  readonly networks: readonly Network[];
}

/** No network between two kilometres. `pieces`: that many gaps of a drawn length, spread over the stretch. */
export interface LineHole {
  readonly kind: 'hole' | 'tunnel';
  readonly fromKm: number;
  readonly toKm: number;
  readonly pieces: { readonly count: number; readonly minKm: number; readonly maxKm: number } | undefined;
  readonly reason: string;
  readonly mark: Mark;
}

/** Hours after arrival at a station. */
export interface YardTime {
  readonly station: string;
  readonly fromHour: number;
  readonly toHour: number;
}

export interface YardHole extends YardTime {
  readonly kind: 'yard-stack';
  readonly reason: string;
  readonly mark: Mark;
}

/**
 * A country whose networks refuse data to a foreign SIM for `hours` after its first registration, and again when it
 * comes back after more than `idleHours` without one.
 */
export interface SimBar {
  readonly kind: 'sim-barred';
  readonly country: string;
  readonly hours: number;
  readonly idleHours: number;
  readonly reason: string;
  readonly mark: Mark;
}

export type Hole = LineHole | YardHole | SimBar;

/** What happens to the box in a yard: the machine unplugged, or the doors opened. */
export interface YardEvent extends YardTime {
  readonly kind: 'power-off' | 'door-open';
  /** What the file's mark says of it: "customs opens the doors for 24 min". */
  readonly note: string;
}

/** Mean daily low, daily mean and mean daily high of a month, degrees Celsius. */
export interface Normals {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

export interface Climate {
  readonly weather: { readonly swingK: number; readonly periodHours: number };
  readonly humidity: { readonly meanPct: number; readonly pctPerK: number };
  readonly points: readonly { readonly km: number; readonly january: Normals; readonly july: Normals }[];
}

/** A dated file in tools/data: everything about the road that is a fact of the world and not code. */
export interface Corridor {
  readonly title: string;
  /** ISO date on which the figures were put together. */
  readonly dated: string;
  readonly rideHours: number;
  readonly stations: readonly Station[];
  readonly zones: readonly Zone[];
  readonly simProfiles: readonly SimProfile[];
  readonly holes: readonly Hole[];
  readonly events: readonly YardEvent[];
  readonly climate: Climate;
}
