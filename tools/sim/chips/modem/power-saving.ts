import type { RadioTechnology } from '../radio.ts';
import type { Core } from './core.ts';
import type { PsmTimers } from './flash.ts';

/** Timers that the network has not granted: bits 8 to 6 all set. */
const OFF: PsmTimers = { tau: '11100000', active: '11100000' };

/** Access technology as CEDRXS counts it. */
const edrxTypes: Partial<Record<RadioTechnology, number>> = { 'LTE-M': 4, 'NB-IoT': 5 };

/** What the modem asks the network for, and what it gets. The model never sleeps: it runs on at full readiness. */
export class PowerSaving {
  readonly #core: Core;
  readonly #technology: () => RadioTechnology | undefined;
  #requested: PsmTimers | undefined;

  constructor(core: Core, technology: () => RadioTechnology | undefined) {
    this.#core = core;
    this.#technology = technology;
    this.#requested = core.flash.psm;
  }

  /** Ask for PSM; undefined: no longer. */
  requestPsm(timers: PsmTimers | undefined): void {
    this.#core.flash.psm = timers;
    if (!this.#core.family.psmAfterReboot) this.#requested = timers;
  }

  /** What the network has granted. One that refuses still answers with the active time, and with the TAU timer off. */
  get granted(): PsmTimers {
    if (!this.#requested || this.#edrxType === undefined) return OFF;
    return this.#core.grants.psm === false ? { ...this.#requested, tau: OFF.tau } : this.#requested;
  }

  get psmRequested(): PsmTimers | undefined {
    return this.#requested;
  }

  /** Access technology and value of eDRX as granted; undefined where it is not. */
  get edrx(): { readonly type: number; readonly value: string } | undefined {
    const type = this.#edrxType;
    const value = type === undefined ? undefined : this.#core.flash.edrx.get(type);
    if (type === undefined || value === undefined || this.#core.grants.edrx === false) return undefined;
    return { type, value };
  }

  get #edrxType(): number | undefined {
    const technology = this.#technology();
    return technology && edrxTypes[technology];
  }
}

const tauUnitsS = [600, 3600, 36_000, 2, 30, 60, 1_152_000, 0];
const activeUnitsS = [2, 60, 360, 0, 0, 0, 0, 0];

/** T3412 extended in seconds, 3GPP TS 24.008 10.5.7.4a; 0: off. */
export function tauSeconds(bits: string): number {
  return seconds(bits, tauUnitsS);
}

/** T3324 in seconds, 3GPP TS 24.008 10.5.7.3; 0: off. */
export function activeSeconds(bits: string): number {
  return seconds(bits, activeUnitsS);
}

function seconds(bits: string, unitsS: readonly number[]): number {
  const value = parseInt(bits, 2);
  return (unitsS[value >> 5] ?? 0) * (value & 31);
}
