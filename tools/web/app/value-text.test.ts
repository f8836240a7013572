import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCHEMA } from '../../../firmware/config/schema.ts';
import { specOf } from '../../console/display.ts';
import { type LanguageCode, languages } from './languages.ts';
import { fieldText, typedValue, valueText } from './value-text.ts';
import { Words } from './words.ts';

const codes = Object.keys(languages) as LanguageCode[];
const spec = (name: string) => {
  const found = specOf(name);
  if (!found) throw new Error(name);
  return found;
};

test('a temperature goes into a field in degrees and comes back to the thousandth, in every language', () => {
  const limit = spec('warmLimitMilliC');
  fc.assert(
    fc.property(
      fc.integer({ min: limit.low, max: limit.high }),
      fc.constantFrom(...codes),
      (milliC, code) => {
        expect(typedValue(limit, fieldText(new Words(code), limit, milliC))).toBe(milliC);
      },
    ),
  );
});

test('every integer of the schema comes back as it was', () => {
  for (const one of SCHEMA.filter(({ kind }) => kind === 'integer'))
    for (const value of [one.low, one.high])
      expect(typedValue(one, fieldText(new Words('en'), one, value))).toBe(value);
});

test('a comma is as good as a point, and an empty field says none', () => {
  expect(typedValue(spec('warmLimitMilliC'), ' -18,5 ')).toBe(-18_500);
  expect(typedValue(spec('warmLimitMilliC'), '-18.5')).toBe(-18_500);
  expect(typedValue(spec('warmLimitMilliC'), '')).toBeNull();
});

test.each(['12e3', '0x10', '1,000.5', 'NaN', '--1', 'ten'])(
  '%s is no number, and stays what was typed',
  (text) => {
    expect(typedValue(spec('intervalS'), text)).toBe(text);
  },
);

test('a secret is never shown, whatever stands there', () => {
  const words = new Words('en');
  expect(valueText(words, spec('simPin'), '1234')).toBe('set');
  expect(valueText(words, spec('deviceKey'), false)).toBe('not set');
});

test('sums of bits are the names of what they stand for', () => {
  expect(valueText(new Words('en'), spec('probes'), 6)).toBe('Supply air, Return air');
  expect(valueText(new Words('en'), spec('radios'), 20)).toBe('NB-IoT, LTE Cat-1');
});
