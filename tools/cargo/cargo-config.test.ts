import { expect, test } from 'vitest';
import { rulesOf } from '../../firmware/judge/rules.ts';
import { cargoConfig } from './cargo-config.ts';

test('frozen fish has one limit, which holds for the places that are measured', () => {
  const config = cargoConfig('frozen-fish', -18, ['supply', 'return']);
  expect(config).toMatchObject({
    cargoProfile: 'frozen-fish',
    coldLimitMilliC: null,
    warmLimitMilliC: -18_000,
  });
  // ATP: 3 K more in a defrost, on the return air alone.
  expect(rulesOf(config.rules)).toEqual([
    { kind: 0, places: 1 << 2, limitMilliC: -18_000, delayS: 3600, hysteresisMilliK: 500, graceMilliK: 3000 },
  ]);
});

test('limits that go with the set point go with it', () => {
  expect(cargoConfig('dragon-fruit', 5, ['supply', 'return'])).toMatchObject({
    coldLimitMilliC: 3500,
    warmLimitMilliC: 6500,
  });
});

test('a profile that is not there, and a set point that does not suit it, are refused', () => {
  expect(() => cargoConfig('unicorn', 5, ['return'])).toThrow(
    expect.objectContaining({ id: 'cargo.unknown' }),
  );
  expect(() => cargoConfig('dragon-fruit', -18, ['return'])).toThrow(
    expect.objectContaining({ id: 'cargo.set-point' }),
  );
});
