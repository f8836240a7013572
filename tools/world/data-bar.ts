import type { Corridor, SimBar } from './corridor.ts';
import type { Journey } from './journey.ts';

/** A time in which the SIM was seen again and again, hours since departure. */
interface Stay {
  readonly fromHour: number;
  lastHour: number;
}

/** A country that refuses data to a foreign SIM, and what it has seen of this one. */
export class DataBar {
  readonly rule: SimBar;
  readonly #enterHour: number;
  readonly #leaveHour: number;
  readonly #stays: Stay[] = [];

  constructor(rule: SimBar, enterHour: number, leaveHour: number) {
    this.rule = rule;
    this.#enterHour = enterHour;
    this.#leaveHour = leaveHour;
  }

  /** The SIM has registered; hours come in order. */
  joined(hour: number): void {
    const stay = this.#stays.at(-1);
    if (stay && hour <= stay.lastHour + this.rule.idleHours) stay.lastHour = hour;
    else this.#stays.push({ fromHour: hour, lastHour: hour });
  }

  /** Whether a SIM that is registered here, or registers now, is refused data. */
  refuses(hour: number): boolean {
    if (hour < this.#enterHour || hour >= this.#leaveHour) return false;
    const stay = this.#stays.findLast(({ fromHour }) => fromHour <= hour);
    return !stay || hour < stay.fromHour + this.rule.hours || hour > stay.lastHour + this.rule.idleHours;
  }

  /** When nothing gets through for that reason. For a SIM that has not registered yet: as if it did on entering. */
  times(): { fromHour: number; toHour: number }[] {
    const { hours, idleHours } = this.rule;
    const stays =
      this.#stays.length > 0 ? this.#stays : [{ fromHour: this.#enterHour, lastHour: this.#leaveHour }];
    let fromHour = this.#enterHour;
    const times = stays.map((stay) => {
      const time = { fromHour, toHour: Math.min(stay.fromHour + hours, this.#leaveHour) };
      fromHour = stay.lastHour + idleHours;
      return time;
    });
    return fromHour < this.#leaveHour ? [...times, { fromHour, toHour: this.#leaveHour }] : times;
  }
}

/** The bar of a country on this road, with the hours at which the train enters and leaves it. */
export function barOf(rule: SimBar, journey: Journey, corridor: Corridor): DataBar {
  const zones = corridor.zones;
  const fromKm = zones.find((zone) => zone.country === rule.country)?.fromKm ?? 0;
  const behind = zones[zones.findLastIndex((zone) => zone.country === rule.country) + 1];
  const leaveHour = behind ? journey.hoursBetween(behind.fromKm, behind.fromKm).fromHour : journey.hours;
  return new DataBar(rule, journey.hoursBetween(fromKm, fromKm).fromHour, leaveHour);
}
