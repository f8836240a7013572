import { expect, test } from 'vitest';
import { rulesOf } from '../../firmware/judge/rules.ts';
import { ColdrailError } from '../errors/error.ts';
import { loadProfiles } from './load-profiles.ts';
import { resolveProfile } from './resolve.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function thrown(run: () => unknown): ColdrailError {
  try {
    run();
  } catch (error) {
    if (error instanceof ColdrailError) return error;
  }
  throw new Error('nothing of the catalogue was thrown');
}

test('the device reads of every profile the rules that it resolves to', () => {
  for (const { name } of loadProfiles().profiles) {
    const { rules, bytes, harm } = resolveProfile(name);
    expect(rulesOf(bytes), name).toEqual(rules);
    expect(rules).toHaveLength(harm.length);
  }
});

test('quick-frozen food is the -18 C of ATP with 3 K in a defrost', () => {
  // Above, return air and four probes, -18 C, 1 h, 0.5 K, 3 K.
  expect(hex(resolveProfile('quick-frozen').bytes)).toBe('0100f47fb9b0000e1001f40bb8');
});

test('WHO type II is >= 45 C 1 h, >= 30 C 10 h in all, >= 10 C 20 h in all', () => {
  expect(resolveProfile('vaccine-type-2').rules).toMatchObject([
    { kind: 8, limitMilliC: 45_000, delayS: 3600 },
    { kind: 10, limitMilliC: 30_000, delayS: 36_000 },
    { kind: 10, limitMilliC: 10_000, delayS: 72_000 },
  ]);
  expect(resolveProfile('vaccine-type-1').rules[2]).toMatchObject({
    kind: 9,
    limitMilliC: -500,
    delayS: 3600,
  });
});

test('room temperature is judged by its mean over 30 days, 2 to 8 C goods over 24 h', () => {
  const mean = (name: string) => resolveProfile(name).rules.find(({ kind }) => kind === 4);
  expect(mean('pharma-crt')).toMatchObject({ limitMilliC: 25_000, delayS: 2_592_000 });
  expect(mean('pharma-2-8')).toMatchObject({ limitMilliC: 8000, delayS: 86_400 });
});

test('a band around the set point goes with it', () => {
  const limits = (setPointC?: number) =>
    resolveProfile('durian', setPointC === undefined ? {} : { setPointC }).rules.map((r) => r.limitMilliC);
  expect(limits()).toEqual([6000, 2000]);
  expect(limits(13.5)).toEqual([15_500, 11_500]);
});

test('rules go by the probes that are fitted', () => {
  const { rules } = resolveProfile('raw-milk', { places: ['supply', 'return', 'probe-2'] });
  expect(rules.map(({ places }) => places)).toEqual([0b0010_0100, 0b0010_0110]);
});

test('a name that is none is answered with those there are', () => {
  const error = thrown(() => resolveProfile('bananas'));
  expect(error.id).toBe('cargo.unknown');
  expect(error.remedy).toContain('banana, durian');
});

test('a set point that does not suit the cargo is refused, and so are rules without a probe', () => {
  for (const setPointC of [12.9, 14.1, Number.NaN])
    expect(thrown(() => resolveProfile('banana', { setPointC })).id).toBe('cargo.set-point');
  expect(resolveProfile('banana', { setPointC: 13 }).setPointC).toBe(13);
  expect(thrown(() => resolveProfile('quick-frozen', { places: ['supply', 'ambient'] })).id).toBe(
    'cargo.no-place',
  );
});
