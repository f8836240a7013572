import type { ThermoHygrometer } from './thermo-hygrometer.ts';

/** Places of probes, as docs/journal.md numbers them. Cargo probes 1 to 4 are 4 to 7. */
export const SUPPLY = 1;
export const RETURN = 2;
export const AMBIENT = 3;
export const CARGO = 4;
export const LAST_PLACE = 7;

/**
 * A sensor and what it is there for. Probes are the tracker's own, never those that the reefer controls by: EN 12830 asks
 * for that.
 */
export interface Probe {
  /** SUPPLY to LAST_PLACE; no two probes of a tracker have the same. */
  readonly place: number;
  /** Whether its humidity belongs into a reading. */
  readonly measuresHumidity: boolean;
  readonly sensor: ThermoHygrometer;
}
