import type { Air, Ambient } from './ambient.ts';
import type { Box } from './box.ts';
import { bellNoise } from './noise.ts';
import { type CargoProbe, NOISE_C, NOISE_PCT } from './probes.ts';

/** What the probes at the box feel now. */
export interface Chips {
  supply(): Air;
  return(): Air;
  /** Outside the box, at the tracker. */
  ambient(): Air;
  /** In the cargo. */
  cargo(probe: CargoProbe): Air;
}

/** @param minute the one under way, whole minutes since departure. */
export function boxChips(box: Box, ambient: Ambient, seed: number, minute: () => number): Chips {
  return {
    supply: () => box.at(minute()).supply,
    return: () => box.at(minute()).return,
    ambient: outside(ambient, seed, minute),
    cargo: (probe) => box.cargo(minute(), probe),
  };
}

/** A recorded series stands for all that is in the box. */
export function recordedChips(now: () => Air, ambient: Ambient, seed: number, minute: () => number): Chips {
  return { supply: now, return: now, ambient: outside(ambient, seed, minute), cargo: now };
}

function outside(ambient: Ambient, seed: number, minute: () => number): () => Air {
  const noiseC = bellNoise(seed, 'ambient probe temperature');
  const noisePct = bellNoise(seed, 'ambient probe humidity');
  return () => {
    const now = minute();
    const { celsius, humidityPct } = ambient.at(now / 60);
    const pct = humidityPct + NOISE_PCT * noisePct(now);
    return { celsius: celsius + NOISE_C * noiseC(now), humidityPct: Math.min(100, Math.max(0, pct)) };
  };
}
