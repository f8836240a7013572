import { describe, expect, test } from 'vitest';
import { flashUse, messages } from './ours.ts';
import { COARSE, type Row, type Series } from './series.ts';
import { generatedSeries, samples } from './testing/generated.ts';
import { readMessages } from './testing/read-messages.ts';

const startS = ({ rows }: Series): number => (rows[0] as Row).timeS;
const bytesOf = (series: Series, batch: number): number =>
  [...messages(series, batch)].reduce((sum, message) => sum + message.length, 0);

describe.each(samples)('of %s', (_, series) => {
  test.each([1, 48, 600])('messages after each %i readings hold them all', (batch) => {
    const { readings, fixes } = readMessages(messages(series, batch));
    const back = [...readings.values()];
    expect(back.map(({ temperature, humidity }) => ({ temperature, humidity }))).toEqual(
      series.rows.map(({ temperature, humidity }) => ({ temperature, humidity })),
    );
    const late = back.map(({ uptimeS }, i) => uptimeS + startS(series) - (series.rows[i] as Row).timeS);
    expect(Math.max(...late.map(Math.abs))).toBeLessThanOrEqual(1);
    const places = series.rows.filter(({ latE5 }) => latE5 !== null);
    expect([...fixes.values()].map(({ latE5, lonE5, utcS }) => ({ latE5, lonE5, timeS: utcS }))).toEqual(
      places.map(({ latE5, lonE5, timeS }) => ({ latE5, lonE5, timeS })),
    );
  });
});

test('a steady reading takes less than three bytes of flash, with what is left over in full pages', () => {
  const { programmed, fullPages } = flashUse(generatedSeries(5000, COARSE));
  expect(programmed).toBeGreaterThan(2);
  expect(fullPages).toBeGreaterThan(programmed);
  expect(fullPages).toBeLessThan(3);
});

test('a series that fills no page does not say what full pages take', () => {
  expect(flashUse(generatedSeries(100, COARSE)).fullPages).toBeNull();
});

test('readings off the grid cost their TIME records', () => {
  const steady = flashUse(generatedSeries(5000, COARSE)).programmed;
  const jittery = flashUse(generatedSeries(5000, COARSE, { jitterS: 40 })).programmed;
  expect(jittery).toBeGreaterThan(steady + 3);
});

test('larger batches cost less on the wire', () => {
  const series = generatedSeries(600, COARSE);
  const costs = [1, 12, 48, 288].map((batch) => bytesOf(series, batch));
  expect(costs).toEqual([...costs].sort((a, b) => b - a));
});
