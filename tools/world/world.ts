import { ColdrailError } from '../errors/error.ts';
import type { Stop, TrackPoint } from '../ride/result.ts';
import type { Air as RadioAir, RadioTechnology, Sky } from '../sim/chips/radio.ts';
import { HOUR_US } from '../sim/kernel.ts';
import { Ambient } from './ambient.ts';
import { Box, type BoxSurroundings } from './box.ts';
import { boxChips, type Chips, recordedChips } from './chips.ts';
import type { ClimateSeries } from './climate-series.ts';
import type { Corridor } from './corridor.ts';
import { type Coverage, CoverageMap } from './coverage.ts';
import { Handling } from './handling.ts';
import { Journey, type JourneyPoint } from './journey.ts';
import type { Scenario } from './scenario.ts';
import { isInRange, lightThroughDoorsPct, type Signals } from './signals.ts';
import { skyOver } from './sky.ts';
import { type TruthEvent, truthOf } from './truth.ts';

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
  readonly chips: Chips;
  readonly days: number;
  readonly #ambient: Ambient;
  readonly #handling: Handling;
  /** The minute under way, counted from departure. */
  readonly #minute: () => number;
  readonly #setPointC: number;
  /** Undefined where a recorded climate takes its place: nothing is done to that one. */
  readonly #box: Box | undefined;

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
    this.days = scenario.days ?? this.journey.hours / 24;
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
    this.#minute = () => Math.floor(nowUs() / MINUTE_US);
    this.#setPointC = scenario.setPointC;
    this.#handling = new Handling(scenario, corridor.events, this.journey);
    const box = new Box(scenario, seed, (minute) => this.#around(minute));
    this.#box = climate ? undefined : box;
    this.chips = climate
      ? recordedChips(() => climate.at(nowUs() / 1e6), this.#ambient, seed, this.#minute)
      : boxChips(box, this.#ambient, seed, this.#minute);
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

  /** Stations where the train stands within the days of the ride; it passes the others. */
  stops(): Stop[] {
    const endHour = this.days * 24;
    return this.journey.calls
      .filter((call) => call.departHour > call.arriveHour || call.arriveHour === 0)
      .filter((call) => call.arriveHour < endHour)
      .map(({ station: { name, latDeg, lonDeg, km, note }, arriveHour, departHour }) => {
        const stop: Stop = {
          name,
          latDeg,
          lonDeg,
          km,
          arriveHour,
          departHour: Math.min(departHour, endHour),
        };
        return note === undefined ? stop : { ...stop, note };
      });
  }

  /** Where the train was in a time without uplink, and why there was none: "in coverage" when the road explains nothing. */
  gapReason(fromHour: number, toHour: number): { where: string; reason: string } {
    const reason = this.coverageMap.reasonFor(fromHour, toHour) ?? 'in coverage';
    return { where: this.journey.stretch(fromHour, toHour), reason };
  }

  /**
   * What can be told of the box now, as it is in the minute under way. Beside a recorded climate the machine runs and the
   * doors are closed.
   */
  signals(): Signals {
    if (!this.#box) {
      const inRange = isInRange(this.chips.return().celsius - this.#setPointC);
      return { mains: true, compressor: true, defrost: false, inRange, doorOpen: false, lightPct: 0 };
    }
    const minute = this.#minute();
    const hour = minute / 60;
    const { doorOpen } = this.#handling.at(hour);
    const lightPct = doorOpen ? lightThroughDoorsPct(this.journey.at(hour), this.journey.utcMs(hour)) : 0;
    return { ...this.#box.signals(minute), doorOpen, lightPct };
  }

  /**
   * What was really done to the box until an hour, in order, its machine's defrosts included. Nothing beside a recorded
   * climate.
   */
  truth(untilHour: number): TruthEvent[] {
    if (!this.#box) return [];
    return truthOf(this.#handling.events, this.#box, this.journey, this.#setPointC, untilHour);
  }

  #around(minute: number): BoxSurroundings {
    const hour = minute / 60;
    return { outside: this.#ambient.at(hour), ...this.#handling.at(hour) };
  }
}
