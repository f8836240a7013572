import { readFileSync } from 'node:fs';
import { randomStream } from './random.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

interface RcClock {
  readonly at25C: Range;
  readonly perKelvin: Range;
}

const { at25C, perKelvin }: RcClock = JSON.parse(
  readFileSync(new URL('../data/rc-clock-2026-11.json', import.meta.url), 'utf8'),
);

/** How much faster a board's RC clock runs than time at a temperature, in degrees Celsius: 0.002 is 0.2 %. */
export function rcDrift(seed: number): (celsius: number) => number {
  const random = randomStream(seed, 'rtc');
  const draw = ({ least, most }: Range): number => least + random.next() * (most - least);
  const base = draw(at25C);
  const coefficient = draw(perKelvin);
  return (celsius) => base + coefficient * (celsius - 25);
}
