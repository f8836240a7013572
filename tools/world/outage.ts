import { randomStream } from '../sim/random.ts';
import type { Hole, LineHole, SimBar } from './corridor.ts';
import type { Journey } from './journey.ts';

/** Hours since departure during which nothing gets through. */
export interface Outage {
  readonly fromHour: number;
  readonly toHour: number;
  readonly kind: Hole['kind'] | 'no-network';
  /** For people, and whether it is a source's or our own assumption: "steel stack in the yard (assumption)". */
  readonly reason: string;
}

/** The hours of a hole in coverage that the road itself makes. */
export function outagesOf(hole: Exclude<Hole, SimBar>, journey: Journey, seed: number): Outage[] {
  const common = { kind: hole.kind, reason: `${hole.reason} (${hole.mark})` };
  if (hole.kind === 'yard-stack') return [{ ...journey.hoursAt(hole), ...common }];
  return stretches(hole, seed).map(([fromKm, toKm]) => ({
    ...journey.hoursBetween(fromKm, toKm),
    ...common,
  }));
}

/** One stretch, or one drawn piece in each of `count` equal parts, so that pieces never overlap. */
function stretches(hole: LineHole, seed: number): [number, number][] {
  const { fromKm, toKm, pieces } = hole;
  if (!pieces) return [[fromKm, toKm]];
  const random = randomStream(seed, `pieces of ${fromKm}`);
  const partKm = (toKm - fromKm) / pieces.count;
  return Array.from({ length: pieces.count }, (_, index) => {
    const lengthKm = pieces.minKm + random.next() * (pieces.maxKm - pieces.minKm);
    const start = fromKm + index * partKm + random.next() * (partKm - lengthKm);
    return [start, start + lengthKm];
  });
}
