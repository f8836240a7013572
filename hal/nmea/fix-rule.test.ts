import { describe, expect, it } from 'vitest';
import type { Fix } from '../gnss.ts';
import { EARLIEST_UTC_S } from '../utc.ts';
import { against, believe } from './fix-rule.ts';

const BUILD = EARLIEST_UTC_S;

function told(stamp: string, hdop = '1.1'): Fix | 'implausible' | null {
  return believe(5_222_178, 2_102_031, stamp, hdop, '09', BUILD);
}

function at(latE5: number, lonE5: number): Fix | 'implausible' | null {
  return believe(latE5, lonE5, '261122091918.00', '1.1', '09', BUILD);
}

describe('a position', () => {
  it('is taken with its time and its satellites', () => {
    expect(told('261122091918.00')).toEqual({
      latE5: 5_222_178,
      lonE5: 2_102_031,
      utcS: Date.UTC(2026, 10, 22, 9, 19, 18) / 1000,
      satellites: 9,
    });
  });

  it.each([
    [0, -1_500_000],
    [6_500_000, 14_000_000],
    [0, 1],
  ])('is taken at %i, %i, on the edge of the continents', (latE5, lonE5) => {
    expect(at(latE5, lonE5)).toMatchObject({ latE5, lonE5 });
  });

  it.each([
    [-1, 2_000_000],
    [6_500_001, 2_000_000],
    [4_000_000, -1_500_001],
    [4_000_000, 14_000_001],
  ])('is implausible at %i, %i', (latE5, lonE5) => {
    expect(at(latE5, lonE5)).toBe('implausible');
  });

  it('is none at 0 N 0 E, where receivers are that know nothing', () => {
    expect(at(0, 0)).toBeNull();
  });

  it('is none when one of its angles is none', () => {
    expect(at(Number.NaN, 2_000_000)).toBeNull();
    expect(at(5_000_000, Number.NaN)).toBeNull();
  });

  it.each(['', '25.5', '99.99', '99.9', '50.0', 'x'])('is none with an HDOP of "%s"', (hdop) => {
    expect(told('261122091918', hdop)).toBeNull();
  });

  it.each(['0.6', '8.68', '25.4', '0.0'])('is one with an HDOP of %s', (hdop) => {
    expect(told('261122091918', hdop)).not.toBeNull();
  });
});

describe('a date', () => {
  it.each([
    // 1024 weeks are 7168 days: 8 April 2007 and 22 November 2026.
    ['070408091918', '2026-11-22T09:19:18Z'],
    // The first one that leads to the day of the build, and the day before the build.
    ['060518000000', '2026-01-01T00:00:00Z'],
    ['251231235959', '2045-08-16T23:59:59Z'],
  ])('%s, before the build, gets 1024 weeks once, and says so', (stamp, later) => {
    expect(told(stamp)).toMatchObject({ utcS: Date.parse(later) / 1000, rolledOver: true });
  });

  it.each([
    ['800106000017', 'a receiver that has never known the time'],
    ['060517235959', 'more than 1024 weeks before the build'],
    ['990822000000', 'the first rollover of GPS itself'],
    ['460101000000', 'twenty years after the build'],
    ['791231235959', 'far too late'],
    ['', 'nothing'],
    ['2611220919', 'cut short'],
    ['261322091918', 'a month too many'],
    ['26112x091918', 'no number'],
  ])('"%s" leaves a position without a time: %s', (stamp) => {
    const fix = told(stamp);
    expect(fix).toMatchObject({ latE5: 5_222_178, utcS: null });
    expect(fix).not.toHaveProperty('rolledOver');
  });

  it('of the build and after is left as it is', () => {
    expect(told('260101000000')).toMatchObject({ utcS: BUILD });
    expect(told('260101000000')).not.toHaveProperty('rolledOver');
    expect(told('451231235959')).toMatchObject({ utcS: Date.UTC(2045, 11, 31, 23, 59, 59) / 1000 });
  });
});

describe('two positions', () => {
  const here: Fix = { latE5: 5_222_178, lonE5: 2_102_031, utcS: BUILD + 1000, satellites: 9 };
  const moved = (north: number, east: number, laterS = 1): Fix => ({
    ...here,
    latE5: here.latE5 + north,
    lonE5: here.lonE5 + east,
    utcS: BUILD + 1000 + laterS,
  });

  it('that are the same at the same time are one', () => {
    expect(against({ ...here }, here, 2)).toBe('stale');
  });

  it('that are the same later are two: a train may stand', () => {
    expect(against(moved(0, 0), here, 1)).toBeNull();
  });

  it('without a time are not known to be the same', () => {
    expect(against({ ...here, utcS: null }, { ...here, utcS: null }, 1)).toBeNull();
  });

  // A degree of latitude is 111.3 km: 160 km/h are 1.437 degrees an hour.
  it.each([
    [140_000, 0, 3600, null],
    [-140_000, 0, 3600, null],
    [147_000, 0, 3600, 'implausible'],
    // At 52 N a degree of longitude is 68 km: 2.34 degrees are 160 km.
    [0, 220_000, 3600, null],
    [0, -220_000, 3600, null],
    [0, 260_000, 3600, 'implausible'],
    // 300 m in a second is the scatter of a bad sky, 700 m is not.
    [270, 0, 1, null],
    [630, 0, 1, 'implausible'],
  ] as const)('%i north and %i east of each other after %i s: %s', (north, east, sinceS, verdict) => {
    expect(against(moved(north, east, sinceS), here, sinceS)).toBe(verdict);
  });

  it('are not measured when nobody knows how long lies between them', () => {
    expect(against(moved(500_000, 0), here, Number.NaN)).toBeNull();
  });

  it('are measured right on the whole corridor, north and south', () => {
    for (const latDeg of [1, 20, 40, 56, 64]) {
      // 2 hours at 100 km/h, and at 250 km/h, due east on a sphere.
      const perDegree = 111.32 * Math.cos((latDeg * Math.PI) / 180);
      const before = { ...here, latE5: latDeg * 100_000 };
      const eastBy = (km: number): Fix => ({ ...before, lonE5: before.lonE5 + (km / perDegree) * 100_000 });
      expect(against(eastBy(200), before, 7200)).toBeNull();
      expect(against(eastBy(500), before, 7200)).toBe('implausible');
    }
  });
});
