import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KeySpec, SCHEMA } from '../../firmware/config/schema.ts';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { configPage as copy } from '../provision/config-page.ts';
import { configPage, rangeOf } from './config-page.ts';

const text = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');

test('docs/config.md has a row for each key of the schema, in the order of their numbers', () => {
  const rows = [...configPage().text.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)];
  expect(rows.map(([, key, name]) => [Number(key), name])).toEqual(
    SCHEMA.map(({ key, name }) => [key, name]),
  );
});

test('the numbers of the keys have no gap, so that a key is found by its number', () => {
  expect(SCHEMA.map(({ key }) => key)).toEqual(SCHEMA.map((_, index) => index + 1));
  expect(Object.keys(DEFAULT_CONFIG)).toEqual(SCHEMA.map(({ name }) => name));
});

test('a key says its range in the units that people use', () => {
  const range = (name: string) => rangeOf(SCHEMA.find((spec) => spec.name === name) as KeySpec);
  expect(range('intervalS')).toBe('60 to 3600 s');
  expect(range('deviceKey')).toBe('32 bytes');
  expect(range('apn')).toBe('1 to 100 characters: A-Z a-z 0-9 - _ .');
});

test('a copy of the configuration begins as docs/config.md draws it', () => {
  const page = Buffer.from(copy(DEFAULT_CONFIG, 1));
  const drawn = [...text.matchAll(/^ +(\d+) {6}((?:[0-9A-F]{2} )+)/gm)];
  expect(drawn).toHaveLength(5);
  for (const [, offset, bytes = ''] of drawn)
    expect(page.subarray(Number(offset)).toString('hex')).toMatch(
      new RegExp(`^${bytes.replaceAll(' ', '').toLowerCase()}`),
    );
});
