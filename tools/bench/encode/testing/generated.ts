import { randomStream } from '../../../sim/random.ts';
import { type Resolution, type Row, type Series, seriesOf } from '../series.ts';

/** How a generated series misbehaves. */
export interface Quirks {
  /** Part of the values that are missing, 0 to 1. */
  readonly missing?: number;
  /** Seconds that a time may be off the grid of 300 s, each way. */
  readonly jitterS?: number;
  /** A position with each so many readings; undefined: none. */
  readonly fixEvery?: number;
}

/** A walk of temperature and humidity, of one count or less a step, that wanders over both signs; seeded by `seed`. */
export function generatedSeries(
  count: number,
  { tempStep, humidityStep }: Resolution,
  { missing = 0, jitterS = 0, fixEvery }: Quirks = {},
  seed = 1,
): Series {
  const random = randomStream(seed, 'series');
  const rows: Row[] = [];
  let temperature = 0;
  let humidity = Math.round(80_000 / humidityStep);
  for (let i = 0; i < count; i++) {
    temperature += random.int(-1, 1);
    humidity = Math.min(humidity + random.int(-1, 1), 100_000 / humidityStep);
    const isFix = fixEvery !== undefined && i % fixEvery === 0;
    rows.push({
      timeS: 1_767_225_600 + i * 300 + random.int(-jitterS, jitterS),
      temperature: random.next() < missing ? null : temperature * tempStep,
      humidity: random.next() < missing ? null : humidity * humidityStep,
      latE5: isFix ? 2_102_800 + i * 37 : null,
      lonE5: isFix ? -12_783_400 - i * 41 : null,
    });
  }
  return seriesOf(rows, { tempStep, humidityStep });
}

/** Series that between them have all that an encoding must carry. */
export const samples: readonly [string, Series][] = [
  ['a steady series', generatedSeries(600, { tempStep: 100, humidityStep: 500 })],
  ['a fine one', generatedSeries(600, { tempStep: 10, humidityStep: 100 })],
  [
    'one with gaps, jitter and positions',
    generatedSeries(
      600,
      { tempStep: 100, humidityStep: 500 },
      { missing: 0.1, jitterS: 40, fixEvery: 12 },
      2,
    ),
  ],
];
