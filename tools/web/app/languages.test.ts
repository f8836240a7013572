import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SCHEMA } from '../../../firmware/config/schema.ts';
import { english } from './english.ts';
import { GROUPS, TRIP_KEYS } from './groups.ts';
import { languages, preferredLanguage } from './languages.ts';
import { STEPS } from './steps.ts';

const keys = Object.keys(english).sort();
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
/** Of sentences and remedies the catalogue has the values, and the page shows the catalogue's where there are some. */
const isError = (key: string): boolean => /^(sentence|remedy)\./.test(key);

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

describe.each(Object.entries(languages))('%s', (_, { texts }) => {
  const entries = Object.entries(texts);

  test('has every text that English has, and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(keys);
  });

  test('has no empty text, and none with a blank at an end', () => {
    expect(entries.filter(([, text]) => text === '' || text !== text.trim()).map(([key]) => key)).toEqual([]);
  });

  test('fills in the same values as English', () => {
    const wrong = entries.filter(([key, text]) => {
      const wanted =
        isError(key) && texts !== english ? [] : placeholders(english[key as keyof typeof english]);
      return JSON.stringify(placeholders(text)) !== JSON.stringify(wanted);
    });
    expect(wrong).toEqual([]);
  });
});

test('a translation is one: hardly a sentence is left in English', () => {
  for (const [code, { texts }] of Object.entries(languages)) {
    if (code === 'en') continue;
    const same = Object.entries(texts).filter(
      ([key, text]) => text === english[key as keyof typeof english] && text.length > 24,
    );
    expect([code, same]).toEqual([code, []]);
  }
});

test('every text is used: by its key, or by the beginning of one that is made at run time', () => {
  const begins = [...sources.matchAll(/`([a-z]+(?:\.[a-z]+)*[.-])\$\{/g)].map(([, begin = '']) => begin);
  const unused = keys.filter(
    (key) => !sources.includes(`'${key}'`) && !begins.some((begin) => key.startsWith(begin)),
  );
  expect(unused).toEqual([]);
});

test('every key of the configuration and every step has its words, and every key one place in the forms', () => {
  const known: readonly string[] = keys;
  for (const { name } of SCHEMA)
    expect(known).toEqual(expect.arrayContaining([`key.${name}`, `help.${name}`]));
  for (const step of STEPS) expect(known).toEqual(expect.arrayContaining([`step.${step}`, `short.${step}`]));
  for (const [group] of GROUPS) expect(known).toContain(`group.${group}`);
  const placed = [...GROUPS.flatMap(([, names]) => [...names]), ...TRIP_KEYS, 'trip'];
  expect(placed.toSorted()).toEqual(SCHEMA.map(({ name }) => name).toSorted());
});

test('the remembered language comes first, then what the browser asks for, then English', () => {
  expect(preferredLanguage('kk', ['de-DE'])).toBe('kk');
  expect(preferredLanguage(null, ['fr-FR', 'zh-Hans-CN', 'de'])).toBe('zh');
  expect(preferredLanguage('constructor', ['xx'])).toBe('en');
});
