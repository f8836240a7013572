import { type Random, randomStream } from '../sim/random.ts';
import type { Air } from './ambient.ts';
import { relativeHumidityPct, saturationHpa } from './moist-air.ts';
import { bell, bellNoise, type Noise } from './noise.ts';
import { Tape } from './tape.ts';

const STEP_S = 60;
export const NOISE_C = 0.02;
export const NOISE_PCT = 0.15;

/** 1 and 2 stand in the outer layer of the cargo, 3 and 4 in its core. */
export type CargoProbe = 1 | 2 | 3 | 4;
const AIR_LAG = lag(120);
/** A probe in glycol or between cartons takes 20 to 40 min; which takes how long is assumed. */
const CARGO_PROBES = [
  { probe: 1, inShell: true, lag: lag(1200) },
  { probe: 2, inShell: true, lag: lag(2100) },
  { probe: 3, inShell: false, lag: lag(1500) },
  { probe: 4, inShell: false, lag: lag(2400) },
] as const;

export interface BoxAir {
  readonly supply: Air;
  readonly return: Air;
}

/** Temperature and humidity of supply and return air as the probes see them, a minute after the other. */
export class AirProbes {
  readonly #noise: Random;
  readonly #seen = new Tape(4);
  readonly #probes: number[];

  constructor(seed: number, startC: number) {
    this.#noise = randomStream(seed, 'probes');
    this.#probes = [startC, 90, startC, 90];
  }

  step(supplyC: number, returnC: number, vapourHpa: number): void {
    const air = [
      supplyC,
      relativeHumidityPct(vapourHpa, supplyC),
      returnC,
      relativeHumidityPct(vapourHpa, returnC),
    ];
    const seen = air.map((value, channel) => {
      const before = this.#probes[channel] as number;
      const probe = before + (value - before) * AIR_LAG;
      this.#probes[channel] = probe;
      const isHumidity = channel % 2 === 1;
      const noisy = probe + bell(this.#noise) * (isHumidity ? NOISE_PCT : NOISE_C);
      return isHumidity ? Math.min(100, Math.max(0, noisy)) : noisy;
    });
    this.#seen.push(seen);
  }

  at(minute: number): BoxAir {
    const [supplyC, supplyPct, returnC, returnPct] = this.#seen.at(minute);
    return {
      supply: { celsius: supplyC as number, humidityPct: supplyPct as number },
      return: { celsius: returnC as number, humidityPct: returnPct as number },
    };
  }
}

/** Temperature of the cargo as its four probes see it. Noise comes from streams of their own. */
export class CargoProbes {
  readonly #felt = new Tape(CARGO_PROBES.length);
  readonly #noises: readonly Noise[];
  #probes: readonly number[];

  constructor(seed: number, startC: number) {
    this.#probes = CARGO_PROBES.map(() => startC);
    this.#noises = CARGO_PROBES.map(({ probe }) => bellNoise(seed, `cargo probe ${probe}`));
  }

  step(shellC: number, coreC: number): void {
    this.#probes = CARGO_PROBES.map(({ inShell, lag }, index) => {
      const before = this.#probes[index] as number;
      return before + ((inShell ? shellC : coreC) - before) * lag;
    });
    this.#felt.push(this.#probes);
  }

  /** @param around air near the cargo: what it holds of vapour, the probe's humidity follows from. */
  at(minute: number, probe: CargoProbe, around: Air): Air {
    const noise = this.#noises[probe - 1] as Noise;
    const celsius = (this.#felt.at(minute)[probe - 1] as number) + NOISE_C * noise(minute);
    const vapourHpa = (around.humidityPct / 100) * saturationHpa(around.celsius);
    return { celsius, humidityPct: relativeHumidityPct(vapourHpa, celsius) };
  }
}

/** Share of the way that a first-order lag goes in one step of the box. */
export function lag(seconds: number): number {
  return 1 - Math.exp(-STEP_S / seconds);
}
