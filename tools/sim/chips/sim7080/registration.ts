import type { Timer } from '../../kernel.ts';
import type { Cell, RadioTechnology } from '../radio.ts';
import type { Core } from './core.ts';
import { between, S } from './scope.ts';

/** 0 not searching, 1 home, 2 searching, 5 roaming. */
export type RegistrationStat = 0 | 1 | 2 | 5;
export type RegistrationDomain = 'CREG' | 'CGREG' | 'CEREG';

/** How often a search looks at all bands again, and a camping modem at its cell. */
const LOOK_US = 2 * S;
const WATCH_US = 3 * S;
/** Bytes of signalling that attach and its answers take. Assumed. */
const ATTACH = { up: 600, down: 600 };

/** Access technology as SIMCom counts it in CEREG and COPS. */
export const accessCodes: Record<RadioTechnology, number> = { GSM: 0, 'LTE-M': 7, 'NB-IoT': 9 };

export interface Camping {
  readonly technology: RadioTechnology;
  readonly cell: Cell;
}

export interface RegistrationEvents {
  /** True while something else has the radio: no search gets anywhere then. */
  radioTaken(): boolean;
  onJoined(): void;
  onLost(): void;
}

/** Finds a cell, registers, and notices when the cell is gone. */
export class Registration {
  readonly #core: Core;
  readonly #events: RegistrationEvents;
  readonly #modes: Record<RegistrationDomain, number> = { CREG: 0, CGREG: 0, CEREG: 0 };
  #stat: RegistrationStat = 0;
  #camping: Camping | undefined;
  #timer: Timer | undefined;

  constructor(core: Core, events: RegistrationEvents) {
    this.#core = core;
    this.#events = events;
  }

  get stat(): RegistrationStat {
    return this.#stat;
  }

  get camping(): Camping | undefined {
    return this.#camping;
  }

  /** What is reported unasked: 0 nothing, 1 changes, 2 and 4 with the cell. */
  setMode(domain: RegistrationDomain, mode: number): void {
    this.#modes[domain] = mode;
  }

  /** The answer to `AT+CEREG?` and its siblings. */
  report(domain: RegistrationDomain): string {
    return `+${domain}: ${this.#modes[domain]},${this.#status(this.#modes[domain])}`;
  }

  start(): void {
    if (this.#stat === 0) this.#search();
  }

  stop(): void {
    this.#leave(0);
  }

  /** The allowed technologies have changed. */
  reselect(): void {
    if (this.#stat === 0) return;
    const current = this.#camping?.technology;
    if (!current || !this.#core.flash.technologies.includes(current)) this.#search();
  }

  #search(): void {
    this.#leave(2);
    this.#look();
  }

  #look(): void {
    const found = this.#events.radioTaken() ? undefined : this.#best();
    if (found) {
      const joinUs = between(this.#core.random, 4 * S, 30 * S);
      this.#timer = this.#core.scope.after(joinUs, () => this.#join(found.technology));
    } else {
      this.#timer = this.#core.scope.after(LOOK_US, () => this.#look());
    }
  }

  #best(): Camping | undefined {
    for (const technology of this.#core.flash.technologies) {
      const cell = this.#core.air.cell(technology);
      if (cell) return { technology, cell };
    }
    return undefined;
  }

  #join(technology: RadioTechnology): void {
    const cell = this.#events.radioTaken() ? undefined : this.#core.air.cell(technology);
    if (!cell) {
      this.#look();
      return;
    }
    this.#camping = { technology, cell };
    this.#core.traffic(ATTACH);
    this.#setStat(cell.roaming ? 5 : 1);
    this.#timer = this.#core.scope.after(WATCH_US, () => this.#watch());
    this.#events.onJoined();
  }

  #watch(): void {
    const before = this.#camping;
    if (!before) return;
    const cell = this.#core.air.cell(before.technology);
    if (!cell || cell.mcc !== before.cell.mcc || cell.mnc !== before.cell.mnc) {
      this.#search();
      return;
    }
    this.#camping = { technology: before.technology, cell };
    if (cell.cellId !== before.cell.cellId || cell.tac !== before.cell.tac) this.#announce(2);
    this.#timer = this.#core.scope.after(WATCH_US, () => this.#watch());
  }

  #leave(stat: 0 | 2): void {
    this.#core.scope.cancel(this.#timer);
    const camped = this.#camping !== undefined;
    this.#camping = undefined;
    if (camped) this.#events.onLost();
    this.#setStat(stat);
  }

  #setStat(stat: RegistrationStat): void {
    if (stat === this.#stat) return;
    this.#stat = stat;
    this.#announce(1);
    this.#core.changed();
  }

  #announce(lowestMode: number): void {
    for (const domain of ['CREG', 'CGREG', 'CEREG'] as const) {
      const mode = this.#modes[domain];
      if (mode >= lowestMode) this.#core.urc(`+${domain}: ${this.#status(mode)}`);
    }
  }

  #status(mode: number): string {
    const camping = this.#camping;
    if (mode < 2 || !camping) return String(this.#stat);
    const tac = camping.cell.tac.toString(16).toUpperCase().padStart(4, '0');
    const cellId = camping.cell.cellId.toString(16).toUpperCase();
    const where = `${this.#stat},"${tac}","${cellId}",${accessCodes[camping.technology]}`;
    return mode < 4 ? where : `${where},,,"11100000","11100000"`;
  }
}
