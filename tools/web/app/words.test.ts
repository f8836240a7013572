import { expect, test } from 'vitest';
import { Words } from './words.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test('numbers and units are those of the language', () => {
  expect(plain(new Words('de').temperature(-18_450))).toMatch(/^[-\u2212]18,[45] \u00b0C$/);
  expect(plain(new Words('en').temperature(5_000))).toBe('5.0 \u00b0C');
  expect(plain(new Words('en').humidity(62_400))).toBe('62 %');
  expect(plain(new Words('en').duration(600))).toBe('10 min');
  expect(plain(new Words('en').duration(259_200))).toBe('3 days');
});

test('a value that is missing is a dash, not a zero', () => {
  expect(new Words('ru').temperature(null)).toBe('\u2013');
  expect(new Words('vi').humidity(null)).toBe('\u2013');
});

test('a text takes its values as they are, whatever stands in them', () => {
  const words = new Words('en');
  expect(words.say('trouble.id', { id: '{id} $& <b>' })).toBe('Error {id} $& <b>');
  expect(words.find('no.such.text')).toBeUndefined();
});
