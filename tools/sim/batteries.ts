import { readFileSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';

/** Pairs of x and y with growing x. */
type Curve = readonly (readonly [number, number])[];

/** A kind of battery. The file says of each figure where it comes from. */
export interface BatteryKind {
  /** For people. */
  readonly name: string;
  readonly capacity: { readonly milliampHours: number };
  /** Coldest at which it may be charged; null for a primary cell. */
  readonly charge: { readonly fromCelsius: number | null };
  readonly openCircuit: { readonly percentToMillivolts: Curve };
  readonly resistance: { readonly celsiusToMilliohms: Curve };
  readonly usable: { readonly celsiusToShare: Curve };
  /** Passivation, where the chemistry has it. */
  readonly film?: {
    /** What a full film adds to the resistance at 20 C. */
    readonly milliohms: number;
    /** Rest after which it is full. */
    readonly growsInHours: number;
    /** Load that breaks a full one. */
    readonly clearedByMilliampHours: number;
    /** Anything below this is rest. */
    readonly fromMilliamps: number;
  };
}

interface Batteries {
  readonly boards: Readonly<Record<string, { readonly battery: string }>>;
  readonly batteries: Readonly<Record<string, BatteryKind>>;
}

const file: Batteries = JSON.parse(
  readFileSync(new URL('../data/batteries-2026-11.json', import.meta.url), 'utf8'),
);

export const BATTERY_NAMES = Object.keys(file.batteries);

/** Throws `sim.unknown-battery`, which lists the known ones. */
export function findBattery(name: string): BatteryKind {
  const kind = Object.hasOwn(file.batteries, name) ? file.batteries[name] : undefined;
  if (!kind) throw new ColdrailError('sim.unknown-battery', { name, known: BATTERY_NAMES.join(', ') });
  return kind;
}

/** What a board is usually fitted with. Throws `sim.no-battery` for a board that the data file does not have. */
export function batteryOf(board: string): BatteryKind {
  const fitted = Object.hasOwn(file.boards, board) ? file.boards[board] : undefined;
  if (!fitted) throw new ColdrailError('sim.no-battery', { board });
  return findBattery(fitted.battery);
}

/** What a full one gives at this temperature, mAh. */
export function usableMilliampHours({ capacity, usable }: BatteryKind, celsius: number): number {
  return capacity.milliampHours * along(usable.celsiusToShare, celsius);
}

/** Straight between the points of a curve, and flat beyond its ends. */
export function along(curve: Curve, x: number): number {
  const next = curve.findIndex(([at]) => at >= x);
  const to = curve[next] ?? curve.at(-1);
  const from = curve[next - 1] ?? to;
  if (!from || !to || next < 1) return (next === 0 ? curve[0] : curve.at(-1))?.[1] ?? Number.NaN;
  return from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0]);
}
