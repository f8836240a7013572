import type { RadioTechnology } from '../radio.ts';

/** Settings that a power-on starts from; AT&W makes the running ones the stored ones. */
export interface Profile {
  echo: boolean;
  /** Error reporting, CMEE. */
  cmee: number;
  /** 0 is autobaud: the modem stays silent until it has seen a command. */
  ipr: 0 | 115200;
  /** Take the network's time, CLTS. */
  clts: boolean;
}

export type BandedTechnology = 'CAT-M' | 'NB-IOT';

/** Bands of the SIM7080G; also what CBANDCFG accepts. */
export const supportedBands: Record<BandedTechnology, readonly number[]> = {
  'CAT-M': [1, 2, 3, 4, 5, 8, 12, 13, 14, 18, 19, 20, 25, 26, 27, 28, 66, 85],
  'NB-IOT': [1, 2, 3, 4, 5, 8, 12, 13, 18, 19, 20, 25, 26, 28, 66, 71, 85],
};

/** What the modem keeps without supply. A new one is as it leaves the factory. */
export class ModemFlash {
  profile: Profile = { echo: true, cmee: 0, ipr: 0, clts: false };
  /** Preferred mode: 2 automatic, 13 GSM, 38 LTE, 51 GSM and LTE. */
  cnmp = 2;
  /** 1 LTE-M, 2 NB-IoT, 3 both. */
  cmnb = 3;
  readonly bands: Record<BandedTechnology, readonly number[]> = { ...supportedBands };
  readonly files = new Map<string, Uint8Array>();
  /** CA files that CONVERT has made usable for TLS. */
  readonly convertedCas = new Set<string>();

  /** The technologies that may be searched, in the order in which they are. The SIM7080 has no GSM. */
  get technologies(): readonly RadioTechnology[] {
    if (this.cnmp === 13) return [];
    const technologies: RadioTechnology[] = [];
    if (this.cmnb !== 2) technologies.push('LTE-M');
    if (this.cmnb !== 1) technologies.push('NB-IoT');
    return technologies;
  }
}

/** What the modem keeps while it is off with the supply on: what GNSS needs for a hot start. */
export interface Backup {
  /** When the last fix was, virtual time. */
  lastFixUs: number | undefined;
  /** Latitude and longitude as last printed. */
  lastPosition: readonly [string, string] | undefined;
}
