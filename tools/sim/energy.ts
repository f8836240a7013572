import { findBoardHardware } from './board-hardware.ts';
import type { FamilyName } from './chips/modem/family.ts';
import type { RadioTechnology } from './chips/radio.ts';
import { boardDraw, type Draw, type ModemDrawState, modemDraw } from './currents.ts';
import { HOUR_US, type Kernel } from './kernel.ts';
import type { BoardState } from './tracker.ts';

/** What one state has taken. Board and modem go on at the same time, so their hours overlap. */
export interface StateCharge {
  /** "board asleep", "modem transmitting LTE-M". */
  readonly state: string;
  readonly hours: number;
  readonly milliampHours: number;
}

/** Told of each stretch of time in which the supply current was the same. */
export type Stretch = (fromUs: number, toUs: number, milliamps: number) => void;

/** In this order the states are told, and added. */
const ORDER = [
  'board asleep',
  'board awake',
  'modem PSM',
  'modem booting',
  'modem idle',
  'modem searching',
  'modem registered',
  'modem connected',
  'modem transmitting',
  'modem GNSS',
];

/** By the state, and then by the technology. */
export function inOrder(charges: readonly StateCharge[]): StateCharge[] {
  const rank = (state: string): number => ORDER.findIndex((start) => state.startsWith(start));
  return [...charges].sort(
    (one, other) => rank(one.state) - rank(other.state) || (one.state < other.state ? -1 : 1),
  );
}

/** Integrates the supply current over the states that board and modem pass through. */
export class EnergyAccount {
  readonly #kernel: Kernel;
  readonly #boardName: string;
  readonly #family: FamilyName;
  /** Whole microseconds by state: sums of these are exact, so what is told does not depend on when it was asked before. */
  readonly #spent = new Map<string, { readonly mA: number; us: number }>();
  readonly #watchers: Stretch[] = [];
  #board: Draw;
  #modem: Draw;
  #isPowered = false;
  #sinceUs = 0;

  /** @param family of the modem; without it the one on that board. */
  constructor(kernel: Kernel, board = 't-sim7080g-s3', family: FamilyName = findBoardHardware(board).modem) {
    this.#kernel = kernel;
    this.#boardName = board;
    this.#family = family;
    this.#board = boardDraw(board, 'unpowered');
    this.#modem = modemDraw(family, 'off');
  }

  board(state: BoardState): void {
    this.settle();
    this.#isPowered = state !== 'unpowered';
    this.#board = boardDraw(this.#boardName, state);
  }

  /** @param technology in use, where the modem is on the air. */
  modem(state: ModemDrawState, technology?: RadioTechnology | undefined): void {
    this.settle();
    this.#modem = modemDraw(this.#family, state, technology);
  }

  milliampHours(): number {
    return this.byState().reduce((sum, { milliampHours }) => sum + milliampHours, 0);
  }

  /** States that have taken something, board first. */
  byState(): StateCharge[] {
    this.settle();
    const charges = [...this.#spent].map(([state, { mA, us }]) => ({
      state,
      hours: us / HOUR_US,
      milliampHours: (mA * us) / HOUR_US,
    }));
    return inOrder(charges.filter(({ milliampHours }) => milliampHours > 0));
  }

  /** Supply current now, mA. */
  milliamps(): number {
    return this.#isPowered ? this.#board.mA + this.#modem.mA : 0;
  }

  /** Tell this of each stretch from now on, in order; of the one that still goes on at `settle`, and when figures are asked. */
  watch(watcher: Stretch): void {
    this.settle();
    this.#watchers.push(watcher);
  }

  /** Bring the account, and who watches it, up to now. */
  settle(): void {
    const { nowUs } = this.#kernel;
    const fromUs = this.#sinceUs;
    if (nowUs === fromUs) return;
    this.#sinceUs = nowUs;
    if (this.#isPowered) for (const draw of [this.#board, this.#modem]) this.#spend(draw, nowUs - fromUs);
    for (const watcher of this.#watchers) watcher(fromUs, nowUs, this.milliamps());
  }

  #spend({ state, mA }: Draw, us: number): void {
    const spent = this.#spent.get(state);
    if (spent) spent.us += us;
    else this.#spent.set(state, { mA, us });
  }
}
