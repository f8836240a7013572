import type { Sky } from '../sim/chips/radio.ts';
import { HOUR_US } from '../sim/kernel.ts';
import type { CoverageMap } from './coverage.ts';
import type { Journey } from './journey.ts';
import { bellNoise, uniformNoise } from './noise.ts';

const SECOND_US = 1_000_000;
const METRES_PER_DEGREE = 111_320;
const ERROR_M = 2.5;

/** The view from the box's roof: a fix with an error of a few metres each second, none under rock or steel. */
export function skyOver(journey: Journey, coverage: CoverageMap, seed: number, nowUs: () => number): Sky {
  const north = bellNoise(seed, 'gnss north');
  const east = bellNoise(seed, 'gnss east');
  const up = bellNoise(seed, 'gnss up');
  const quality = uniformNoise(seed, 'gnss quality');
  return {
    view() {
      const hour = nowUs() / HOUR_US;
      if (coverage.isShaded(hour)) return undefined;
      const { latDeg, lonDeg, altitudeM, speedKmh, courseDeg } = journey.at(hour);
      const second = Math.floor(nowUs() / SECOND_US);
      const metresPerLonDegree = METRES_PER_DEGREE * Math.cos((latDeg * Math.PI) / 180);
      const clear = quality(Math.floor(second / 60));
      return {
        latDeg: latDeg + (ERROR_M * north(second)) / METRES_PER_DEGREE,
        lonDeg: lonDeg + (ERROR_M * east(second)) / metresPerLonDegree,
        altitudeM: altitudeM + 2 * ERROR_M * up(second),
        speedKmh,
        courseDeg,
        satellites: 7 + Math.floor(6 * clear),
        hdop: Math.round(10 * (1.8 - clear)) / 10,
        utcMs: journey.departureMs + Math.floor(nowUs() / 1000),
      };
    },
  };
}
