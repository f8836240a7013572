import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as config from '../../firmware/config/config.ts';
import { configPage } from '../provision/config-page.ts';

const text = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
const rows = [...text.matchAll(/^\| (\d+) \| `(\w+)` \| \w+ \| ([^|]+) \|/gm)].map(
  ([, key, name = '', byDefault = '']) => ({ key: Number(key), name, byDefault: byDefault.trim() }),
);

test('docs/config.md lists every key number of the firmware, once', () => {
  const numbers = Object.entries(config).flatMap(([name, value]) => (name.startsWith('KEY_') ? [value] : []));
  expect(rows.map(({ key }) => key)).toEqual(numbers.toSorted((a, b) => Number(a) - Number(b)));
});

test('docs/config.md names every field, with its default', () => {
  const described = Object.fromEntries(rows.map(({ name, byDefault }) => [name, byDefault]));
  const real = Object.entries(config.DEFAULT_CONFIG).map(([name, value]) => [name, String(value) || 'empty']);
  expect(described).toEqual(Object.fromEntries(real));
});

test('a copy of the configuration begins as docs/config.md draws it', () => {
  const page = Buffer.from(configPage(config.DEFAULT_CONFIG, 1));
  const drawn = [...text.matchAll(/^ +(\d+) {6}((?:[0-9A-F]{2} )+)/gm)];
  expect(drawn).toHaveLength(5);
  for (const [, offset, bytes = ''] of drawn)
    expect(page.subarray(Number(offset)).toString('hex')).toMatch(
      new RegExp(`^${bytes.replaceAll(' ', '').toLowerCase()}`),
    );
});
