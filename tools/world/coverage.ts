import type { Cell, RadioTechnology } from '../sim/chips/radio.ts';
import type { Corridor, Network, SimBar, SimProfile } from './corridor.ts';
import { barOf, type DataBar } from './data-bar.ts';
import type { Journey } from './journey.ts';
import { type Noise, smoothNoise } from './noise.ts';
import { type Outage, outagesOf } from './outage.ts';

export interface Coverage {
  readonly covered: boolean;
  /** Why not, when not covered. */
  readonly reason: string | undefined;
  /** What this modem could attach to here; empty when not covered. */
  readonly technologies: readonly RadioTechnology[];
  /** Null when not covered. */
  readonly rssiDbm: number | null;
}

/**
 * Which cell answers at which hour, for one SIM profile and one modem. The road is fixed; how long a country refuses data
 * follows from when the SIM registered there.
 */
export class CoverageMap {
  readonly #physical: readonly Outage[];
  readonly #without: readonly Outage[];
  readonly #bars: readonly DataBar[];
  #outages: readonly Outage[];
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
    this.#physical = corridor.holes.flatMap((hole) =>
      hole.kind === 'sim-barred' ? [] : outagesOf(hole, journey, seed),
    );
    this.#without = this.#countriesWithout(corridor, profile.name);
    this.#bars = corridor.holes
      .filter((hole): hole is SimBar => hole.kind === 'sim-barred')
      .map((rule) => barOf(rule, journey, corridor));
    this.#outages = this.#explained();
  }

  /** In the order in which they explain an hour: what is physical comes before what is contractual. */
  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** The SIM has registered in a cell: some countries count from here. Hours come in order. */
  joined(cell: Cell, hour: number): void {
    const { country, mcc } = this.#journey.at(hour);
    const bar = this.#bars.find(({ rule }) => rule.country === country);
    if (!bar || cell.mcc !== mcc) return;
    bar.joined(hour);
    this.#outages = this.#explained();
  }

  at(hour: number): Coverage {
    const outage = this.outages.find((candidate) => holds(candidate, hour));
    if (outage) return { covered: false, reason: outage.reason, technologies: [], rssiDbm: null };
    const technologies = this.#offered(this.#journey.at(hour).country);
    return { covered: true, reason: undefined, technologies, rssiDbm: this.#rssiDbm(hour) };
  }

  /** What `Air.cell` gives; also for technologies that this modem does not have. */
  cell(technology: RadioTechnology, hour: number): Cell | undefined {
    if (this.#physical.some((outage) => holds(outage, hour))) return undefined;
    const { country, mcc, km } = this.#journey.at(hour);
    const network = this.#networks.find(
      (one) => one.country === country && one.technologies.includes(technology),
    );
    if (!network) return undefined;
    const rssiDbm = this.#rssiDbm(hour);
    // Tracking areas of about 100 km and cells of about 8 km.
    const area = Math.floor(km / 100);
    const cell = {
      mcc,
      mnc: network.mnc,
      roaming: true,
      rssiDbm,
      tac: 0x1000 + area,
      cellId: 0x10000 + Math.floor(km / 8),
    };
    return this.#bars.some((bar) => bar.refuses(hour)) ? { ...cell, refuses: 'data' } : cell;
  }

  /** True under a roof of rock or steel, where no satellite is seen. */
  isShaded(hour: number): boolean {
    return this.#physical.some(
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

  #explained(): readonly Outage[] {
    const barred = this.#bars.flatMap((bar) => {
      const { kind, reason, mark } = bar.rule;
      return bar.times().map((time) => ({ ...time, kind, reason: `${reason} (${mark})` }));
    });
    return [...this.#physical, ...this.#without, ...barred];
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
