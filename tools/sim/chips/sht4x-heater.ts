/** The heater of an SHT4x: what a pulse does to the air that the sensor sees. Datasheet version 6.5, table 8 and "heater". */
import type { SensedAir } from './sensor-faults.ts';

export interface Pulse {
  readonly milliwatts: number;
  readonly durationUs: number;
}

/** By command; durations at their maximum. */
export const PULSES: Readonly<Record<number, Pulse>> = {
  57: { milliwatts: 200, durationUs: 1_100_000 },
  50: { milliwatts: 200, durationUs: 110_000 },
  47: { milliwatts: 110, durationUs: 1_100_000 },
  36: { milliwatts: 110, durationUs: 110_000 },
  30: { milliwatts: 20, durationUs: 1_100_000 },
  21: { milliwatts: 20, durationUs: 110_000 },
};

/** Assumed for a sensor on a small board: 60 K at 200 mW, most of it in the first half second, gone after some ten more. */
const KELVIN_PER_MILLIWATT = 0.3;
const WARMS_US = 300_000;
const COOLS_US = 5_000_000;

export class Heater {
  #kelvin = 0;
  #atUs = 0;

  /** A pulse that starts now. */
  heat(pulse: Pulse, nowUs: number): void {
    const before = this.#left(nowUs);
    const rise = pulse.milliwatts * KELVIN_PER_MILLIWATT * (1 - Math.exp(-pulse.durationUs / WARMS_US));
    this.#kelvin = before + rise;
    this.#atUs = nowUs + pulse.durationUs;
  }

  /** The air at the sensor: warmer, with the same vapour in it. */
  around(air: SensedAir, nowUs: number): SensedAir {
    const kelvin = this.#left(nowUs);
    // Below what the converter can tell; 0 exactly keeps a sensor that never was heated as it is.
    if (kelvin < 0.001) return air;
    const celsius = air.celsius + kelvin;
    return { celsius, humidityPct: air.humidityPct * (saturation(air.celsius) / saturation(celsius)) };
  }

  #left(nowUs: number): number {
    return this.#kelvin * Math.exp(-Math.max(0, nowUs - this.#atUs) / COOLS_US);
  }
}

/** Vapour pressure over water in any unit: only ratios are used (Magnus). */
function saturation(celsius: number): number {
  return Math.exp((17.62 * celsius) / (243.12 + celsius));
}
