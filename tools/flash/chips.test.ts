import { expect, test } from 'vitest';
import { boardNames } from '../build/bundle.ts';
import { chipOf, chips, runsOn } from './chips.ts';

test.each(boardNames())('it is known which chip %s has', (board) => {
  expect(chipOf(board)).not.toBeUndefined();
});

test('a bundle is at home on its own chip, in each build of Espruino for it', () => {
  expect(runsOn(chips.esp32, 'ESP32')).toBe(true);
  expect(runsOn(chips.esp32, 'ESP32_IDF4')).toBe(true);
  expect(runsOn(chips.esp32, 'ESP32S3')).toBe(false);
  expect(runsOn(chips.esp32s3, 'ESP32S3')).toBe(true);
  expect(runsOn(null, 'LINUX')).toBe(true);
  expect(runsOn(null, 'ESP32')).toBe(false);
});
