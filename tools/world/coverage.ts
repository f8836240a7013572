import type { Cell, RadioTechnology } from '../sim/chips/radio.ts';
import { randomStream } from '../sim/random.ts';
import type { Corridor, Hole, LineHole, Network, SimProfile } from './corridor.ts';
import type { Journey } from './journey.ts';
import { type Noise, smoothNoise } from './noise.ts';

/** Hours since departure during which nothing gets through. */
export interface Outage {
  readonly fromHour: number;
  readonly toHour: number;
  readonly kind: Hole['kind'] | 'no-network';
  /** For people, and whether it is a source's or our own assumption: "steel stack in the yard (assumption)". */
  readonly reason: string;
}

export interface Coverage {
  readonly covered: boolean;
  /** Why not, when not covered. */
  readonly reason: string | undefined;
  /** What this modem could attach to here; empty when not covered. */
  readonly technologies: readonly RadioTechnology[];
  /** Null when not covered. */
  readonly rssiDbm: number | null;
}

/** Which cell answers at which hour, for one SIM profile and one modem. */
export class CoverageMap {
  /** In the order in which they explain an hour: what is physical comes before what is contractual. */
  readonly outages: readonly Outage[];
  readonly #journey: Journey;
  readonly #networks: readonly Network[];
  readonly #modem: readonly RadioTechnology[];
  readonly #fading: Noise;

  constructor(
    corridor: Corridor,
    journey: Journey,
    profile: SimProfile,
    modem: readonly RadioTechnology[],
    seed: number,
  ) {
    this.#journey = journey;
    this.#networks = profile.networks;
    this.#modem = modem;
    this.#fading = smoothNoise(seed, 'fading', 0.4);
    const holes = corridor.holes.flatMap((hole) => outagesOf(hole, journey, corridor, seed));
    const barred = holes.filter((outage) => outage.kind === 'sim-barred');
    const physical = holes.filter((outage) => outage.kind !== 'sim-barred');
    this.outages = [...physical, ...barred, ...this.#countriesWithout(corridor, profile.name)];
  }

  at(hour: number): Coverage {
    const outage = this.outages.find((candidate) => holds(candidate, hour));
    if (outage) return { covered: false, reason: outage.reason, technologies: [], rssiDbm: null };
    const technologies = this.#offered(this.#journey.at(hour).country);
    return { covered: true, reason: undefined, technologies, rssiDbm: this.#rssiDbm(hour) };
  }

  /** What `Air.cell` gives; also for technologies that this modem does not have. */
  cell(technology: RadioTechnology, hour: number): Cell | undefined {
    if (this.outages.some((outage) => outage.kind !== 'no-network' && holds(outage, hour))) return undefined;
    const { country, mcc, km } = this.#journey.at(hour);
    const network = this.#networks.find(
      (one) => one.country === country && one.technologies.includes(technology),
    );
    if (!network) return undefined;
    const rssiDbm = this.#rssiDbm(hour);
    // Tracking areas of about 100 km and cells of about 8 km.
    const area = Math.floor(km / 100);
    return {
      mcc,
      mnc: network.mnc,
      roaming: true,
      rssiDbm,
      tac: 0x1000 + area,
      cellId: 0x10000 + Math.floor(km / 8),
    };
  }

  /** True under a roof of rock or steel, where no satellite is seen. */
  isShaded(hour: number): boolean {
    return this.outages.some(
      ({ kind, ...time }) => (kind === 'tunnel' || kind === 'yard-stack') && holds(time, hour),
    );
  }

  /** The longest time without any coverage, hours. */
  longestOutageHours(): number {
    let longest = 0;
    let start = 0;
    let end = 0;
    for (const { fromHour, toHour } of this.outages.toSorted((a, b) => a.fromHour - b.fromHour)) {
      if (fromHour > end) start = fromHour;
      end = Math.max(end, toHour);
      longest = Math.max(longest, end - start);
    }
    return longest;
  }

  /** Why an uplink had to wait in a time: up to three reasons, the longest first; undefined when always covered. */
  reasonFor(fromHour: number, toHour: number): string | undefined {
    const hoursOf = new Map<string, number>();
    for (const outage of this.outages) {
      const hours = Math.min(outage.toHour, toHour) - Math.max(outage.fromHour, fromHour);
      if (hours > 0) hoursOf.set(outage.reason, (hoursOf.get(outage.reason) ?? 0) + hours);
    }
    const reasons = [...hoursOf].toSorted((a, b) => b[1] - a[1]).map(([reason]) => reason);
    return reasons.slice(0, 3).join('; ') || undefined;
  }

  #offered(country: string): RadioTechnology[] {
    const here = this.#networks.filter((network) => network.country === country);
    return this.#modem.filter((technology) =>
      here.some((network) => network.technologies.includes(technology)),
    );
  }

  #countriesWithout(corridor: Corridor, profile: string): Outage[] {
    const endKm = corridor.stations.at(-1)?.km ?? 0;
    return corridor.zones
      .map((zone, index) => ({ zone, toKm: corridor.zones[index + 1]?.fromKm ?? endKm }))
      .filter(({ zone }) => this.#offered(zone.country).length === 0)
      .map(({ zone, toKm }) => ({
        fromHour: zone.fromKm === 0 ? 0 : this.#journey.hoursBetween(zone.fromKm, toKm).fromHour,
        toHour: toKm === endKm ? this.#journey.hours : this.#journey.hoursBetween(zone.fromKm, toKm).toHour,
        kind: 'no-network',
        reason: `no ${this.#modem.join(' or ')} for SIM profile ${profile} in ${zone.country}`,
      }));
  }

  #rssiDbm(hour: number): number {
    return Math.round(-90 + 20 * this.#fading(hour));
  }
}

function holds({ fromHour, toHour }: { fromHour: number; toHour: number }, hour: number): boolean {
  return hour >= fromHour && hour < toHour;
}

function outagesOf(hole: Hole, journey: Journey, corridor: Corridor, seed: number): Outage[] {
  const common = { kind: hole.kind, reason: `${hole.reason} (${hole.mark})` };
  if (hole.kind === 'yard-stack') return [{ ...journey.hoursAt(hole), ...common }];
  if (hole.kind === 'sim-barred') {
    const border = corridor.zones.find((zone) => zone.country === hole.country)?.fromKm ?? 0;
    const { fromHour } = journey.hoursBetween(border, border);
    return [{ fromHour, toHour: fromHour + hole.hours, ...common }];
  }
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
