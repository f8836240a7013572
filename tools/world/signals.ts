import type { JourneyPoint } from './journey.ts';
import type { Machine } from './machine.ts';
import { Tape } from './tape.ts';

/** Return air within this of the set point (Thermo King: in range below 1.5 K). */
const IN_RANGE_K = 1.5;
const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;
/** Yard lamps and torches at night, percent of what the light sensor can tell. */
const LAMPS_PCT = 8;

/** The four-pole socket of a reefer (compressor, defrost, temperature in range), and whether it has mains at all. */
export interface MachineSignals {
  readonly mains: boolean;
  /** Cooling; the compressor rests in a defrost, when it heats, and between two cycles of frozen control. */
  readonly compressor: boolean;
  readonly defrost: boolean;
  /** Return air within 1.5 K of what the machine is set to, right or wrong. Without mains nothing is signalled. */
  readonly inRange: boolean;
}

/** What can be told of the box besides its air. */
export interface Signals extends MachineSignals {
  readonly doorOpen: boolean;
  /** At a sensor inside that faces the doors: 0 in the dark, 100 in the sun at its highest. */
  readonly lightPct: number;
}

const MAINS = 1;
const COMPRESSOR = 2;
const DEFROST = 4;
const IN_RANGE = 8;

/** Signals of the machine, a minute after the other. */
export class SignalTape {
  readonly #bits = new Tape(1);

  /** @param offSetPointK return air above what the machine is set to. */
  push(powered: boolean, { coilW, defrosting }: Machine, offSetPointK: number): void {
    this.#bits.push([
      (powered ? MAINS : 0) +
        (coilW > 0 ? COMPRESSOR : 0) +
        (defrosting ? DEFROST : 0) +
        (powered && isInRange(offSetPointK) ? IN_RANGE : 0),
    ]);
  }

  at(minute: number): MachineSignals {
    const bits = this.#bits.at(minute)[0] as number;
    return {
      mains: (bits & MAINS) !== 0,
      compressor: (bits & COMPRESSOR) !== 0,
      defrost: (bits & DEFROST) !== 0,
      inRange: (bits & IN_RANGE) !== 0,
    };
  }
}

/** @param offSetPointK return air above what the machine is set to. */
export function isInRange(offSetPointK: number): boolean {
  return Math.abs(offSetPointK) <= IN_RANGE_K;
}

/** Light that falls through open doors: the sine of the sun's height, and never less than the lamps of the yard. */
export function lightThroughDoorsPct({ latDeg, lonDeg }: JourneyPoint, utcMs: number): number {
  const yearStart = Date.UTC(new Date(utcMs).getUTCFullYear(), 0, 1);
  const declination = -23.44 * RAD * Math.cos((2 * Math.PI * ((utcMs - yearStart) / DAY_MS + 10)) / 365.25);
  const sunAngle = ((utcMs % DAY_MS) / DAY_MS) * 2 * Math.PI + lonDeg * RAD - Math.PI;
  const height =
    Math.sin(latDeg * RAD) * Math.sin(declination) +
    Math.cos(latDeg * RAD) * Math.cos(declination) * Math.cos(sunAngle);
  return Math.round(Math.max(LAMPS_PCT, 100 * height));
}
