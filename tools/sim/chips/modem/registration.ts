import type { Timer } from '../../kernel.ts';
import type { Cell, RadioTechnology } from '../radio.ts';
import type { Core } from './core.ts';
import type { PsmTimers } from './flash.ts';
import { between, S } from './scope.ts';

/** 0 not searching, 1 home, 2 searching, 3 denied, 5 roaming. */
export type RegistrationStat = 0 | 1 | 2 | 3 | 5;
export type RegistrationDomain = 'CREG' | 'CGREG' | 'CEREG';

const domains: readonly RegistrationDomain[] = ['CREG', 'CGREG', 'CEREG'];
/** How often a search looks at all bands again, and a camping modem at its cell. */
const LOOK_US = 2 * S;
const WATCH_US = 3 * S;
/** Bytes of signalling that attach and its answers take. Assumed. */
const ATTACH = { up: 600, down: 600 };

export interface Camping {
  readonly technology: RadioTechnology;
  readonly cell: Cell;
}

export interface RegistrationEvents {
  /** True while something else has the radio: no search gets anywhere then. */
  radioTaken(): boolean;
  /** The timers that the network has granted, for reports of mode 4. */
  granted(): PsmTimers;
  onJoined(): void;
  onLost(): void;
}

/** MCC and MNC as digits, such as 26201. */
export function networkOf(cell: Cell): string {
  return `${cell.mcc}${cell.mnc}`;
}

/** Finds a cell, registers or is refused, and notices when the cell is gone. */
export class Registration {
  readonly #core: Core;
  readonly #events: RegistrationEvents;
  readonly #modes: Record<RegistrationDomain, number> = { CREG: 0, CGREG: 0, CEREG: 0 };
  readonly #told: Record<RegistrationDomain, RegistrationStat> = { CREG: 0, CGREG: 0, CEREG: 0 };
  #stat: RegistrationStat = 0;
  #camping: Camping | undefined;
  #refusedOn: RadioTechnology | undefined;
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
    return `+${domain}: ${this.#modes[domain]},${this.#status(domain)}`;
  }

  start(): void {
    if (this.#stat === 0) this.searchAnew();
  }

  stop(): void {
    this.#leave(0);
  }

  /** The allowed technologies have changed. */
  reselect(): void {
    if (this.#stat === 0) return;
    const current = this.#camping?.technology;
    if (!current || !this.#technologies.includes(current)) this.searchAnew();
  }

  searchAnew(): void {
    this.#leave(2);
    this.#look();
  }

  get #technologies(): readonly RadioTechnology[] {
    return this.#core.family.search(this.#core.flash);
  }

  #look(): void {
    const offers = this.#events.radioTaken() ? [] : this.#offers();
    const welcome = offers.find(({ cell }) => !this.#core.sim.forbidden.includes(networkOf(cell)));
    this.#refusedOn = welcome ? undefined : offers[0]?.technology;
    this.#setStat(this.#refusedOn ? 3 : 2);
    if (welcome) {
      const joinUs = between(this.#core.random, 4 * S, 30 * S);
      this.#timer = this.#core.scope.after(joinUs, () => this.#join(welcome.technology));
    } else {
      this.#lookAgain();
    }
  }

  #lookAgain(): void {
    this.#timer = this.#core.scope.after(LOOK_US, () => this.#look());
  }

  #offers(): readonly Camping[] {
    return this.#technologies.flatMap((technology) => {
      const cell = this.#cell(technology);
      return cell ? [{ technology, cell }] : [];
    });
  }

  #cell(technology: RadioTechnology): Cell | undefined {
    if (this.#core.faults.neverRegisters) return undefined;
    const cell = this.#core.air.cell(technology);
    const { operator } = this.#core.flash;
    return cell && (operator === undefined || operator === networkOf(cell)) ? cell : undefined;
  }

  #join(technology: RadioTechnology): void {
    const cell = this.#events.radioTaken() ? undefined : this.#cell(technology);
    if (!cell) {
      this.#look();
      return;
    }
    if (this.#core.faults.denied || cell.refuses === 'registration') {
      this.#core.traffic(ATTACH, technology);
      this.#core.sim.forbid(networkOf(cell));
      this.#refusedOn = technology;
      this.#setStat(3);
      this.#lookAgain();
      return;
    }
    this.#camping = { technology, cell };
    this.#core.traffic(ATTACH);
    this.#setStat(cell.roaming ? 5 : 1);
    this.#timer = this.#core.scope.after(WATCH_US, () => this.#watch());
    this.#core.air.joined?.(cell);
    this.#events.onJoined();
  }

  #watch(): void {
    const before = this.#camping;
    if (!before) return;
    const cell = this.#core.air.cell(before.technology);
    if (!cell || networkOf(cell) !== networkOf(before.cell)) {
      this.searchAnew();
      return;
    }
    this.#camping = { technology: before.technology, cell };
    if (cell.cellId !== before.cell.cellId || cell.tac !== before.cell.tac) this.#announceCell();
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
    for (const domain of domains) {
      const shown = this.#shown(domain);
      if (shown === this.#told[domain]) continue;
      this.#told[domain] = shown;
      if (this.#modes[domain] >= 1) this.#core.urc(`+${domain}: ${this.#status(domain)}`);
    }
    this.#core.changed();
  }

  #announceCell(): void {
    for (const domain of domains) {
      const camps = this.#shown(domain) !== 0;
      if (camps && this.#modes[domain] >= 2) this.#core.urc(`+${domain}: ${this.#status(domain)}`);
    }
  }

  /** A registration on one technology does not show in every domain. */
  #shown(domain: RegistrationDomain): RegistrationStat {
    const technology = this.#camping?.technology ?? this.#refusedOn;
    if (this.#stat === 0 || this.#stat === 2 || !technology) return this.#stat;
    return this.#core.family.domains[technology].includes(domain) ? this.#stat : 0;
  }

  #status(domain: RegistrationDomain): string {
    const camping = this.#camping;
    const mode = this.#modes[domain];
    const stat = this.#shown(domain);
    if (mode < 2 || !camping || stat === 0) return String(stat);
    const tac = camping.cell.tac.toString(16).toUpperCase().padStart(4, '0');
    const cellId = camping.cell.cellId.toString(16).toUpperCase();
    const where = `${stat},"${tac}","${cellId}",${this.#core.family.accessCodes[camping.technology]}`;
    if (mode < 4) return where;
    const { active, tau } = this.#events.granted();
    return `${where},,,"${active}","${tau}"`;
  }
}
