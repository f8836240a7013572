import { expect, test } from 'vitest';
import * as codes from '../../hal/faults.ts';
import { catalogue } from './catalogue.ts';
import { faults } from './faults.ts';

const numbers = Object.entries(codes)
  .filter(([name]) => name !== 'OK')
  .map(([, code]) => code)
  .sort((a, b) => a - b);

test('every fault code of the device has exactly one entry, in the order of the numbers', () => {
  expect(faults.map(({ code }) => code)).toEqual(numbers);
});

test('no number and no id stands for two faults', () => {
  expect(new Set(Object.values(codes)).size).toBe(Object.values(codes).length);
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
});

test('an id means one thing on the device and on the host', () => {
  expect(faults.filter(({ id }) => Object.hasOwn(catalogue, id))).toEqual([]);
});

test.each(faults)('$id has a plain id, a sentence and a remedy', ({ id, sentence, remedy }) => {
  expect(id).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
  expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(remedy).toMatch(/^[A-Z].*\.$/);
});
