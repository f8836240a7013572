import { readFileSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';
import type { FamilyName } from './chips/modem/family.ts';
import type { ModemState } from './chips/modem/options.ts';
import type { RadioTechnology } from './chips/radio.ts';
import type { BoardState } from './tracker.ts';

/** A supply current at 3.8 V. The file says of each where it comes from. */
interface Current {
  readonly mA: number;
}
type ByTechnology = Readonly<Partial<Record<RadioTechnology, Current>>>;
type OnAir = 'connected' | 'transmitting';
type Family = Readonly<Record<Exclude<ModemState, OnAir>, Current> & Record<OnAir, ByTechnology>>;

interface Currents {
  readonly boards: Readonly<Record<string, Record<Exclude<BoardState, 'unpowered'>, Current>>>;
  readonly families: Readonly<Record<FamilyName, Family>>;
}

const currents: Currents = JSON.parse(
  readFileSync(new URL('../data/currents-2026-11.json', import.meta.url), 'utf8'),
);

/** What a family's modems can do, as far as their currents are known. */
export function technologiesOf(family: FamilyName): RadioTechnology[] {
  return Object.keys(currents.families[family].transmitting) as RadioTechnology[];
}

/** Current of a board without its modem, mA. Throws `sim.no-currents` for a board that the data file does not have. */
export function boardMilliamps(board: string, state: BoardState): number {
  const figures = Object.hasOwn(currents.boards, board) ? currents.boards[board] : undefined;
  if (!figures) throw new ColdrailError('sim.no-currents', { board });
  return state === 'unpowered' ? 0 : figures[state].mA;
}

/**
 * Current of a modem, mA. The technology in use counts where the modem is on the air; without one, or with one that the
 * family lacks, it is the first that it has.
 */
export function modemMilliamps(
  family: FamilyName,
  state: ModemState,
  technology?: RadioTechnology | undefined,
): number {
  const figures = currents.families[family];
  if (state !== 'connected' && state !== 'transmitting') return figures[state].mA;
  const byTechnology = figures[state];
  const current = (technology && byTechnology[technology]) ?? Object.values(byTechnology)[0];
  return current?.mA ?? Number.NaN;
}
