import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreesE5 } from './degrees.ts';

describe('an angle of NMEA', () => {
  it.each([
    // 48 + 7.038 / 60 = 48.1173
    ['4807.038', 'N', 4_811_730],
    // 11 + 31.324 / 60 = 11.522067
    ['01131.324', 'E', 1_152_207],
    // 30.000 / 60 is half a degree, and stays west.
    ['00030.000', 'W', -50_000],
    ['0030.0', 'S', -50_000],
    // 0.00030 / 60 = 0.000005: half a step goes away from zero, on either side.
    ['0000.00030', 'N', 1],
    ['0000.00030', 'S', -1],
    ['0000.00029', 'N', 0],
    ['0000.000299999', 'N', 0],
    // 59.99999 / 60 = 0.99999983
    ['5259.99999', 'N', 5_300_000],
    ['17959.99999', 'E', 18_000_000],
    // Without leading zeros the last two digits before the point are still the minutes.
    ['1131.00', 'E', 1_151_667],
    ['131.00', 'E', 151_667],
    ['5327.03598945', 'N', 5_345_060],
    ['5213', 'N', 5_221_667],
  ])('%s %s is %i steps of 1e-5 degrees', (text, hemisphere, steps) => {
    expect(degreesE5(text, hemisphere)).toBe(steps);
  });

  it('is plain zero at zero, on either side', () => {
    for (const hemisphere of ['N', 'S', 'E', 'W']) expect(degreesE5('0000.0000', hemisphere)).toBe(0);
  });

  it('agrees with exact arithmetic for every length of the fraction', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 179 }),
        fc.integer({ min: 0, max: 59_99999999 }),
        fc.integer({ min: 0, max: 8 }),
        (degrees, minutesE8, digits) => {
          const kept = Math.floor(minutesE8 / 10 ** (8 - digits)) * 10 ** (8 - digits);
          const [whole, part] = [Math.floor(kept / 1e8), String(kept % 1e8).padStart(8, '0')];
          const text = `${String(degrees).padStart(3, '0')}${String(whole).padStart(2, '0')}.${part.slice(0, digits)}`;
          const steps = (BigInt(degrees) * 6_000_000_000n + BigInt(kept) + 30_000n) / 60_000n;
          expect(degreesE5(text, 'E')).toBe(Number(steps));
          expect(degreesE5(text, 'W')).toBe(steps === 0n ? 0 : -Number(steps));
        },
      ),
    );
  });

  it.each([
    ['', 'N'],
    ['5213.3065', ''],
    ['5213.3065', 'X'],
    ['5213.3065', 'NE'],
    ['5213.3065', 'n'],
    // 60 minutes: an MTK that has never had a fix.
    ['8960.000000', 'N'],
    ['52.22177', 'N'],
    ['213', 'E5'],
    ['.3065', 'N'],
    ['-5213.3065', 'N'],
    ['52-13.3065', 'N'],
    ['5213.3065.1', 'N'],
    ['5213.30e5', 'N'],
    ['5213.3065 ', 'N'],
    ['18100.0000', 'E'],
    ['0005213.3065', 'N'],
    ['NaN.0', 'N'],
  ])('"%s" "%s" is none', (text, hemisphere) => {
    expect(degreesE5(text, hemisphere)).toBeNaN();
  });
});
