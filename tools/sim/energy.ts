import { findBoardHardware } from './board-hardware.ts';
import type { FamilyName } from './chips/modem/family.ts';
import type { ModemState } from './chips/modem/options.ts';
import type { RadioTechnology } from './chips/radio.ts';
import { boardMilliamps, modemMilliamps } from './currents.ts';
import type { Kernel } from './kernel.ts';
import type { BoardState } from './tracker.ts';

const US_PER_HOUR = 3_600_000_000;

/** Integrates the supply current over the states that board and modem pass through. */
export class EnergyAccount {
  readonly #kernel: Kernel;
  readonly #boardName: string;
  readonly #family: FamilyName;
  #board: BoardState = 'unpowered';
  #boardMilliamps = 0;
  #modemMilliamps = 0;
  #sinceUs = 0;
  #milliampHours = 0;

  /** @param family of the modem; without it the one on that board. */
  constructor(kernel: Kernel, board = 't-sim7080g-s3', family: FamilyName = findBoardHardware(board).modem) {
    this.#kernel = kernel;
    this.#boardName = board;
    this.#family = family;
    boardMilliamps(board, 'unpowered');
  }

  board(state: BoardState): void {
    this.#integrate();
    this.#board = state;
    this.#boardMilliamps = boardMilliamps(this.#boardName, state);
  }

  /** @param technology in use, where the modem is on the air. */
  modem(state: ModemState, technology?: RadioTechnology | undefined): void {
    this.#integrate();
    this.#modemMilliamps = modemMilliamps(this.#family, state, technology);
  }

  milliampHours(): number {
    this.#integrate();
    return this.#milliampHours;
  }

  #integrate(): void {
    const { nowUs } = this.#kernel;
    const modem = this.#board === 'unpowered' ? 0 : this.#modemMilliamps;
    this.#milliampHours += ((this.#boardMilliamps + modem) * (nowUs - this.#sinceUs)) / US_PER_HOUR;
    this.#sinceUs = nowUs;
  }
}
