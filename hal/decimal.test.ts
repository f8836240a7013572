import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledDecimal } from './decimal.ts';

describe('a scaled decimal', () => {
  it.each([
    ['44.060004', 5, 4406000],
    ['44.060005', 5, 4406001],
    ['-0.405', 5, -40500],
    ['-0.000005', 5, -1],
    ['12', 5, 1200000],
    ['12.', 2, 1200],
    ['.5', 1, 5],
    ['1.99', 0, 2],
    ['0', 5, 0],
    ['-0.000001', 5, 0],
  ])('reads %s to %i digits', (text, digits, expected) => {
    expect(scaledDecimal(text, digits)).toBe(expected);
  });

  it.each(['', '-', '.', '-.', '1.2.3', '1e5', ' 1', '1 ', '+1', '--1', '0x10', 'NaN', '12,5', '1-'])(
    'takes "%s" for no number',
    (text) => {
      expect(scaledDecimal(text, 5)).toBeNaN();
    },
  );

  it('rounds half away from zero, as exact arithmetic does', () => {
    const number = fc.record({
      negative: fc.boolean(),
      whole: fc.nat(179),
      fraction: fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 9 }),
      digits: fc.nat(7),
    });
    fc.assert(
      fc.property(number, ({ negative, whole, fraction, digits }) => {
        const scaled = BigInt(`${whole}${fraction}`) * 10n ** BigInt(digits);
        const unit = 10n ** BigInt(fraction.length);
        const rounded = Number((2n * scaled + unit) / (2n * unit));
        const expected = negative && rounded > 0 ? -rounded : rounded;
        expect(scaledDecimal(`${negative ? '-' : ''}${whole}.${fraction}`, digits)).toBe(expected);
      }),
    );
  });

  it('never does worse than give no number, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.nat(6), (text, digits) => {
        const value = scaledDecimal(text, digits);
        expect(Number.isNaN(value) || Number.isInteger(value)).toBe(true);
      }),
    );
  });
});
