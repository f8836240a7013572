import { type Random, randomStream } from '../sim/random.ts';

/** A random number for any index, in any order: what makes a moment's noise the same whoever asks, and when. */
export type Noise = (index: number) => number;

function streamAt(seed: number, name: string) {
  const key = randomStream(seed, name).int(0, 0xffff_ffff);
  return (index: number) => randomStream((key + Math.imul(index, 0x9e37_79b1)) >>> 0, '');
}

/** Uniform in [0, 1). */
export function uniformNoise(seed: number, name: string): Noise {
  const at = streamAt(seed, name);
  return (index) => at(index).next();
}

/** Bell-shaped, mean 0 and standard deviation 1, never beyond 3.5. */
export function bell(random: Random): number {
  // Four uniforms have the variance 4/12.
  return (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3);
}

/** `bell` for any index. */
export function bellNoise(seed: number, name: string): Noise {
  const at = streamAt(seed, name);
  return (index) => bell(at(index));
}

/** Smooth in its argument, in [-1, 1], with an independent value every `period`. */
export function smoothNoise(seed: number, name: string, period: number): Noise {
  const knot = uniformNoise(seed, name);
  // Askers mostly move on slowly, and drawing two knots costs more than the rest.
  let left = Number.NaN;
  let from = 0;
  let to = 0;
  return (x) => {
    const index = Math.floor(x / period);
    if (index !== left) {
      left = index;
      from = knot(index);
      to = knot(index + 1);
    }
    const rise = (1 - Math.cos(Math.PI * (x / period - index))) / 2;
    return 2 * (from * (1 - rise) + to * rise) - 1;
  };
}
