import type { Climate, Normals } from './corridor.ts';
import type { Journey } from './journey.ts';
import { type Noise, smoothNoise } from './noise.ts';

const DAY_MS = 86_400_000;
const MID_JANUARY = 15;
const WARMEST_HOUR = 15;

export interface Air {
  readonly celsius: number;
  readonly humidityPct: number;
}

/**
 * Outside air along the journey. Normals are interpolated by kilometre and, as a cosine, between January and July; the
 * day is a sine that peaks at 15 h by the sun (not by the zone's clock: China has one zone over 30 degrees); weather
 * swings slowly around that.
 */
export class Ambient {
  readonly #climate: Climate;
  readonly #journey: Journey;
  readonly #weather: Noise;

  constructor(climate: Climate, journey: Journey, seed: number) {
    this.#climate = climate;
    this.#journey = journey;
    this.#weather = smoothNoise(seed, 'weather', climate.weather.periodHours);
  }

  at(hour: number): Air {
    const { km, lonDeg } = this.#journey.at(hour);
    const utcMs = this.#journey.utcMs(hour);
    const { low, mean, high } = this.#normals(km, july(utcMs));
    const sunHour = (utcMs % DAY_MS) / 3_600_000 + lonDeg / 15;
    const warmth = Math.cos((2 * Math.PI * (sunHour - WARMEST_HOUR)) / 24);
    const overMean = warmth * (warmth > 0 ? high - mean : mean - low);
    const { weather, humidity } = this.#climate;
    return {
      celsius: mean + overMean + weather.swingK * this.#weather(hour),
      humidityPct: Math.min(100, Math.max(15, humidity.meanPct + humidity.pctPerK * overMean)),
    };
  }

  #normals(km: number, summer: number): Normals {
    const { points } = this.#climate;
    const behind = Math.max(
      0,
      points.findLastIndex((point) => point.km <= km),
    );
    const a = points[behind] as Climate['points'][number];
    const b = points[behind + 1] ?? a;
    const along = b === a ? 0 : Math.min(1, Math.max(0, (km - a.km) / (b.km - a.km)));
    return blend(blend(a.january, b.january, along), blend(a.july, b.july, along), summer);
  }
}

/** How far the year has come from mid-January (0) to mid-July (1) and back. */
function july(utcMs: number): number {
  const yearStart = Date.UTC(new Date(utcMs).getUTCFullYear(), 0, 1);
  const day = (utcMs - yearStart) / DAY_MS + 1;
  return (1 - Math.cos((2 * Math.PI * (day - MID_JANUARY)) / 365.25)) / 2;
}

function blend(a: Normals, b: Normals, share: number): Normals {
  const mix = (x: number, y: number) => x + (y - x) * share;
  return { low: mix(a.low, b.low), mean: mix(a.mean, b.mean), high: mix(a.high, b.high) };
}
