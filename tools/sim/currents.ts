import { readFileSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';
import type { FamilyName } from './chips/modem/family.ts';
import type { ModemState } from './chips/modem/options.ts';
import type { RadioTechnology } from './chips/radio.ts';
import type { BoardState } from './tracker.ts';

/** What a modem does, as far as its current is concerned; `psm`: it sleeps with its supply on, and the network knows. */
export type ModemDrawState = ModemState | 'psm';

/** A state by its name for people, "modem transmitting LTE-M", and its supply current at 3.8 V. */
export interface Draw {
  readonly state: string;
  readonly mA: number;
}

/** A supply current at 3.8 V. The file says of each where it comes from. */
interface Current {
  readonly mA: number;
}
type ByTechnology = Readonly<Partial<Record<RadioTechnology, Current>>>;
type OnAir = 'connected' | 'transmitting';
type Family = Readonly<Record<Exclude<ModemDrawState, OnAir>, Current> & Record<OnAir, ByTechnology>>;

interface Currents {
  readonly boards: Readonly<Record<string, Record<Exclude<BoardState, 'unpowered'>, Current>>>;
  readonly families: Readonly<Record<FamilyName, Family>>;
}

const currents: Currents = JSON.parse(
  readFileSync(new URL('../data/currents-2026-11.json', import.meta.url), 'utf8'),
);

const ABBREVIATIONS: Partial<Record<ModemDrawState, string>> = { gnss: 'GNSS', psm: 'PSM' };

/** What a family's modems can do, as far as their currents are known. */
export function technologiesOf(family: FamilyName): RadioTechnology[] {
  return Object.keys(currents.families[family].transmitting) as RadioTechnology[];
}

/** A board without its modem. Throws `sim.no-currents` for a board that the data file does not have. */
export function boardDraw(board: string, state: BoardState): Draw {
  const figures = Object.hasOwn(currents.boards, board) ? currents.boards[board] : undefined;
  if (!figures) throw new ColdrailError('sim.no-currents', { board });
  return { state: `board ${state}`, mA: state === 'unpowered' ? 0 : figures[state].mA };
}

/**
 * A modem. The technology in use counts where it is on the air; without one, or with one that the family lacks, it is the
 * first that it has.
 */
export function modemDraw(
  family: FamilyName,
  state: ModemDrawState,
  technology?: RadioTechnology | undefined,
): Draw {
  const figures = currents.families[family];
  if (state !== 'connected' && state !== 'transmitting')
    return { state: `modem ${ABBREVIATIONS[state] ?? state}`, mA: figures[state].mA };
  const byTechnology = figures[state];
  const used = technology && byTechnology[technology] ? technology : technologiesOf(family)[0];
  return { state: `modem ${state} ${used}`, mA: (used && byTechnology[used]?.mA) ?? Number.NaN };
}

/** Current of a board without its modem, mA, see `boardDraw`. */
export function boardMilliamps(board: string, state: BoardState): number {
  return boardDraw(board, state).mA;
}

/** Current of a modem, mA, see `modemDraw`. */
export function modemMilliamps(
  family: FamilyName,
  state: ModemDrawState,
  technology?: RadioTechnology | undefined,
): number {
  return modemDraw(family, state, technology).mA;
}
