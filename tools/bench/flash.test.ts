import { expect, test } from 'vitest';
import { flashFigures } from './flash.ts';

const figures = flashFigures();

test('a reading of temperature and humidity takes 3 bytes of flash at most, a further probe 1.2 more', () => {
  expect(figures.bytesPerReading).toBeLessThanOrEqual(3);
  expect(figures.bytesPerReading).toBeGreaterThan(2);
  expect(figures.bytesPerProbe).toBeLessThanOrEqual(1.2);
});

test('64 KiB hold 45 days of readings every 5 minutes with a position every 30', () => {
  expect(figures.days).toBeGreaterThanOrEqual(45);
});

test('a boot reads the page headers and less than a page more', () => {
  expect(figures.bootReads).toBeGreaterThan(16);
  expect(figures.bootBytes).toBeLessThanOrEqual(16 * 43 + 4096);
});
