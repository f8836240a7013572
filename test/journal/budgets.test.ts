/** The sizes that the design promises. They do not vary, so they are tests and not only figures of `npm run bench`. */
import { expect, test } from 'vitest';
import { HEADER_SIZE, PAGE_SIZE } from '../../firmware/journal/format.ts';
import { flashFigures } from '../../tools/bench/flash.ts';
import { RING_PAGES } from '../../tools/bench/journal.ts';

const figures = flashFigures();

test('a reading of temperature and humidity takes 3.0 bytes of flash at the most, all told', () => {
  expect(figures.bytesPerReading).toBeLessThanOrEqual(3.0);
});

test('a further probe takes 1.2 bytes more at the most', () => {
  expect(figures.bytesPerProbe).toBeLessThanOrEqual(1.2);
});

test('64 KiB hold 45 days of a reading every 5 minutes and a position every 30', () => {
  expect(figures.days).toBeGreaterThanOrEqual(45);
});

test('a boot reads the headers and less than half a page', () => {
  expect(figures.bootBytes).toBeLessThanOrEqual(RING_PAGES * HEADER_SIZE + PAGE_SIZE / 2);
});
