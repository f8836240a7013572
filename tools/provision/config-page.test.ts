import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { ColdrailError } from '../errors/error.ts';
import { configPage } from './config-page.ts';
import { copyOf, longest, ours, PAGE_SIZE } from './testing/copies.ts';

test('a copy made on the host has the bytes that docs/config.md describes', () => {
  for (const config of [DEFAULT_CONFIG, ours, longest])
    for (const generation of [0, 1, 0xffffffff])
      expect(Buffer.from(configPage(config, generation))).toEqual(copyOf(config, generation));
});

test('the longest copy leaves the strip of the boot guard free', () => {
  expect(configPage(longest, 0xffffffff).length).toBeLessThanOrEqual(PAGE_SIZE - 32);
});

test('a value out of its range is refused by its name, and never shown', () => {
  const secret = Buffer.from('too short a key');
  for (const [field, value] of [
    ['intervalS', 5],
    ['caPem', 'x'.repeat(3501)],
    ['deviceKey', secret],
  ]) {
    const attempt = () => configPage({ ...ours, [String(field)]: value }, 1);
    expect(attempt).toThrow(ColdrailError);
    expect(attempt).toThrow(`${field} is out of its range`);
  }
});
