import { ColdrailError } from '../errors/error.ts';
import type { Stop, TrackPoint } from '../ride/result.ts';
import type { Air as RadioAir, RadioTechnology, Sky } from '../sim/chips/radio.ts';
import { HOUR_US } from '../sim/kernel.ts';
import { type Air, Ambient } from './ambient.ts';
import { Box } from './box.ts';
import type { ClimateSeries } from './climate-csv.ts';
import type { Corridor, YardEvent } from './corridor.ts';
import { type Coverage, CoverageMap } from './coverage.ts';
import { Journey, type JourneyPoint } from './journey.ts';
import type { Scenario } from './scenario.ts';
import { skyOver } from './sky.ts';

const MINUTE_US = 60_000_000;
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

export interface WorldOptions {
  readonly corridor: Corridor;
  readonly seed: number;
  readonly scenario: Scenario;
  /** Virtual time: microseconds since departure, whole and never negative. */
  readonly nowUs: () => number;
  /** UTC, ISO 8601; without it the scenario's. */
  readonly departure?: string;
  /** What the modem can do. Without it LTE-M and NB-IoT, which is a SIM7080G. */
  readonly technologies?: readonly RadioTechnology[];
  /** A recorded series that takes the place of the box model, the same for supply and return air. */
  readonly climate?: ClimateSeries;
}

/**
 * All that a container meets on its way. Everything follows from the options, and from when its SIM registered where: same
 * seed and same tracker, same world.
 */
export class World {
  readonly journey: Journey;
  readonly coverageMap: CoverageMap;
  readonly air: RadioAir;
  readonly sky: Sky;
  /** What the probes in the box feel now. */
  readonly chips: { supply(): Air; return(): Air };
  readonly days: number;
  readonly #ambient: Ambient;

  constructor({ corridor, seed, scenario, nowUs, departure, technologies, climate }: WorldOptions) {
    const leaves = departure ?? scenario.departure;
    const departureMs = UTC.test(leaves) ? Date.parse(leaves) : Number.NaN;
    if (Number.isNaN(departureMs)) throw new ColdrailError('world.departure', { departure: leaves });
    const profile = corridor.simProfiles.find(({ name }) => name === scenario.simProfile);
    if (!profile) {
      const known = corridor.simProfiles.map(({ name }) => name).join(', ');
      throw new ColdrailError('world.sim-profile', { name: scenario.simProfile, known });
    }
    this.journey = new Journey(corridor, departureMs);
    this.days = this.journey.hours / 24;
    this.#ambient = new Ambient(corridor.climate, this.journey, seed);
    const modem = technologies ?? ['LTE-M', 'NB-IoT'];
    this.coverageMap = new CoverageMap(corridor, this.journey, profile, modem, seed);
    const nowHour = () => nowUs() / HOUR_US;
    const utcMs = () => departureMs + Math.floor(nowUs() / 1000);
    this.air = {
      cell: (technology) => this.coverageMap.cell(technology, nowHour()),
      joined: (cell) => this.coverageMap.joined(cell, nowHour()),
      utcMs,
      utcOffsetMin: () => this.journey.at(nowHour()).utcOffsetMin,
    };
    this.sky = skyOver(this.journey, this.coverageMap, seed, nowUs);
    const box = new Box(scenario, seed, this.#surroundings(corridor.events));
    const boxNow = () => box.at(Math.floor(nowUs() / MINUTE_US));
    this.chips = climate
      ? { supply: () => climate.at(nowUs() / 1e6), return: () => climate.at(nowUs() / 1e6) }
      : { supply: () => boxNow().supply, return: () => boxNow().return };
  }

  at(hour: number): JourneyPoint {
    return this.journey.at(hour);
  }

  coverage(hour: number): Coverage {
    return this.coverageMap.at(hour);
  }

  ambientC(hour: number): number {
    return this.#ambient.at(hour).celsius;
  }

  ambientHumidityPct(hour: number): number {
    return this.#ambient.at(hour).humidityPct;
  }

  trackAt(hour: number): TrackPoint {
    const { latDeg, lonDeg, km } = this.journey.at(hour);
    return { hour, latDeg, lonDeg, km, covered: this.coverageMap.at(hour).covered };
  }

  /** Stations where the train stands; it passes the others. */
  stops(): Stop[] {
    return this.journey.calls
      .filter((call) => call.departHour > call.arriveHour || call.arriveHour === 0)
      .map(({ station: { name, latDeg, lonDeg, km, note }, arriveHour, departHour }) => {
        const stop: Stop = { name, latDeg, lonDeg, km, arriveHour, departHour };
        return note === undefined ? stop : { ...stop, note };
      });
  }

  /** Where the train was in a time without uplink, and why there was none: "in coverage" when the road explains nothing. */
  gapReason(fromHour: number, toHour: number): { where: string; reason: string } {
    const reason = this.coverageMap.reasonFor(fromHour, toHour) ?? 'in coverage';
    return { where: this.journey.stretch(fromHour, toHour), reason };
  }

  #surroundings(events: readonly YardEvent[]) {
    const times = events.map((event) => ({ kind: event.kind, ...this.journey.hoursAt(event) }));
    const happens = (kind: YardEvent['kind'], hour: number) =>
      times.some((time) => time.kind === kind && hour >= time.fromHour && hour < time.toHour);
    return (minute: number) => {
      const hour = minute / 60;
      const outside = this.#ambient.at(hour);
      return { outside, powered: !happens('power-off', hour), doorOpen: happens('door-open', hour) };
    };
  }
}
