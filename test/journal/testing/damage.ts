import type { CutDamage, MockFlash } from '../../../hal/mock/flash.ts';
import { type Random, randomStream } from '../../../tools/sim/random.ts';

/** What a cut does to the cells that hal/flash.ts leaves open. `clean`: nothing, they stay as they were. */
export type Aftermath = 'clean' | 'scrambled';

/** Let every cut scramble, each in its own way, which follows from `seed` and `cut` alone. */
export function scrambleCuts(flash: MockFlash, seed: number, cut: number): void {
  const random = randomStream(seed ^ Math.imul(cut, 0x9e3779b1), 'cut');
  flash.afterCut = (damage) => {
    const styles = damage.during === 'program' ? programStyles : eraseStyles;
    (styles[random.int(0, styles.length - 1)] as Style)(damage, random);
  };
}

type Style = (damage: CutDamage, random: Random) => void;

/** Noise in which a bit is set with a chance of 1/2, 7/8 or all but one in 256. */
function noise(random: Random): () => number {
  const byte = (): number => random.int(0, 255);
  const density = random.int(0, 2);
  if (density === 0) return byte;
  if (density === 1) return () => byte() | byte() | byte();
  return () => (random.int(0, 31) === 0 ? ~(1 << random.int(0, 7)) & 255 : 255);
}

function clearBits({ cells, from, to }: CutDamage, next: () => number): void {
  for (let at = from; at < to; at++) cells[at] = (cells[at] as number) & next();
}

/** Programming only clears bits; it may have been at work anywhere in the rest of its 256 bytes. */
const programStyles: readonly Style[] = [
  (damage, random) => clearBits(damage, noise(random)),
  // The chip programs all bytes of a page at once: some of the right bits are there, and nothing else.
  (damage, random) => {
    const next = noise(random);
    const { intended, from } = damage;
    for (let i = 0; i < intended.length; i++) {
      damage.cells[from + i] = (damage.cells[from + i] as number) & ((intended[i] as number) | next());
    }
  },
  // Both: half-programmed bytes of the record, then noise.
  (damage, random) => {
    const { cells, intended, from } = damage;
    for (let i = 0; i < intended.length; i++) {
      cells[from + i] = (cells[from + i] as number) & ((intended[i] as number) | random.int(0, 255));
    }
    clearBits({ ...damage, from: from + intended.length }, noise(random));
  },
];

/** An erase first programs everything, then lifts bits; it may stop at any point of either. */
const eraseStyles: readonly Style[] = [
  (damage, random) => clearBits(damage, noise(random)),
  ({ cells, from, to }, random) => {
    const next = noise(random);
    for (let at = from; at < to; at++) cells[at] = (cells[at] as number) | (~next() & 255);
  },
  ({ cells, from, to }, random) => {
    for (let at = from; at < to; at++) cells[at] = random.int(0, 255);
  },
];
