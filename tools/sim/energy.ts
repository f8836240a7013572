import { readFileSync } from 'node:fs';
import type { ModemState } from './chips/sim7080/options.ts';
import type { Kernel } from './kernel.ts';
import type { BoardState } from './tracker.ts';

interface Currents {
  board: Record<'asleep' | 'awake', { mA: number }>;
  modem: Record<ModemState, { mA: number }>;
}

const currents: Currents = JSON.parse(
  readFileSync(new URL('../data/currents-2026-11.json', import.meta.url), 'utf8'),
);

const US_PER_HOUR = 3_600_000_000;

/** Integrates the supply current over the states that board and modem pass through. */
export class EnergyAccount {
  readonly #kernel: Kernel;
  #board: BoardState = 'unpowered';
  #modem: ModemState = 'off';
  #sinceUs = 0;
  #milliampHours = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  board(state: BoardState): void {
    this.#integrate();
    this.#board = state;
  }

  modem(state: ModemState): void {
    this.#integrate();
    this.#modem = state;
  }

  milliampHours(): number {
    this.#integrate();
    return this.#milliampHours;
  }

  #integrate(): void {
    const { nowUs } = this.#kernel;
    const board = this.#board === 'unpowered' ? 0 : currents.board[this.#board].mA;
    const modem = this.#board === 'unpowered' ? 0 : currents.modem[this.#modem].mA;
    this.#milliampHours += ((board + modem) * (nowUs - this.#sinceUs)) / US_PER_HOUR;
    this.#sinceUs = nowUs;
  }
}
