import type { FamilyName } from '../sim/chips/modem/families/index.ts';
import type { ModemState } from '../sim/chips/modem/modem.ts';
import type { RadioTechnology } from '../sim/chips/radio.ts';
import { modemMilliamps } from '../sim/currents.ts';
import { HOUR_US, type Kernel } from '../sim/kernel.ts';

/** What the radio has done in one country in one way. */
export interface RadioRow {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** The technology that it was registered on; `none`: switched on and registered nowhere; `gnss`: locating. */
  use: RadioTechnology | 'none' | 'gnss';
  /** Bytes on the air, IP headers included. */
  bytesUp: number;
  bytesDown: number;
  milliampHours: number;
}

/** Keeps account of bytes on the air and of the modem's charge, by country and technology. */
export class RadioLedger {
  readonly #kernel: Kernel;
  readonly #family: FamilyName;
  readonly #country: () => string;
  readonly #rows = new Map<string, RadioRow>();
  #use: RadioRow['use'] = 'none';
  #milliamps = 0;
  #sinceUs = 0;

  constructor(kernel: Kernel, family: FamilyName, country: () => string) {
    this.#kernel = kernel;
    this.#family = family;
    this.#country = country;
  }

  /** The modem is in another state from now on. */
  modem(state: ModemState, technology: RadioTechnology | undefined): void {
    this.#settle();
    this.#milliamps = modemMilliamps(this.#family, state, technology);
    this.#use = state === 'gnss' ? 'gnss' : (technology ?? 'none');
  }

  traffic(bytesUp: number, bytesDown: number, technology: RadioTechnology | undefined): void {
    const row = this.#row(technology ?? 'none');
    row.bytesUp += bytesUp;
    row.bytesDown += bytesDown;
  }

  /** In the order in which the countries were entered. */
  rows(): RadioRow[] {
    this.#settle();
    return [...this.#rows.values()].map((row) => ({
      ...row,
      milliampHours: Math.round(row.milliampHours * 100) / 100,
    }));
  }

  #settle(): void {
    const { nowUs } = this.#kernel;
    const charge = (this.#milliamps * (nowUs - this.#sinceUs)) / HOUR_US;
    this.#sinceUs = nowUs;
    if (charge > 0) this.#row(this.#use).milliampHours += charge;
  }

  #row(use: RadioRow['use']): RadioRow {
    const country = this.#country();
    const key = `${country} ${use}`;
    const row = this.#rows.get(key) ?? { country, use, bytesUp: 0, bytesDown: 0, milliampHours: 0 };
    this.#rows.set(key, row);
    return row;
  }
}
