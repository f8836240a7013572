import { expect, test } from 'vitest';
import { fixAges } from './fix-age.ts';

const fix = (powerOn: number, monoS: number) =>
  ({ seq: monoS, powerOn, monoS, kind: 'FIX', latDeg: 52, lonDeg: 13, satellites: 9, utcS: null }) as const;

test('a position ages from its FIX on, and a power cut leaves none', () => {
  const age = fixAges([
    fix(1, 7200),
    fix(1, 3600),
    { seq: 3, powerOn: 1, monoS: 7300, kind: 'NOFIX', reason: 1 },
  ]);
  expect([3599, 3600, 4200, 7199, 7200, 90_000].map((monoS) => age({ powerOn: 1, monoS }))).toEqual([
    null,
    0,
    600,
    3599,
    0,
    82_800,
  ]);
  expect(age({ powerOn: 2, monoS: 9000 })).toBeNull();
});
