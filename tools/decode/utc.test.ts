import { expect, test } from 'vitest';
import { resolveUtc } from './utc.ts';

const anchor = (powerOn: number, monoS: number, utcS: number) => ({ kind: 'ANCHOR', powerOn, monoS, utcS });

test('the nearest anchor of the same power-on gives the time, in both directions', () => {
  const utc = resolveUtc([anchor(1, 1000, 5_000_010), anchor(1, 0, 4_000_000), anchor(2, 0, 9_000_000)]);
  expect(utc({ powerOn: 1, monoS: 499 })).toBe(4_000_499_000);
  expect(utc({ powerOn: 1, monoS: 501 })).toBe(4_999_511_000);
  expect(utc({ powerOn: 1, monoS: 2000 })).toBe(5_001_010_000);
  expect(utc({ powerOn: 2, monoS: -5 })).toBe(8_999_995_000);
});

test('a power-on without an anchor has no time yet', () => {
  const utc = resolveUtc([anchor(1, 0, 4_000_000), { kind: 'ACK', powerOn: 2, monoS: 3 }]);
  expect(utc({ powerOn: 2, monoS: 0 })).toBeNull();
});
