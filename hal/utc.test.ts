import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BELIEVED_FOR_S, clockText, EARLIEST_UTC_S, parseUtc, secondsIn } from './utc.ts';

const EARLIEST_MS = Date.UTC(2026, 0, 1);
const LATEST_MS = Date.UTC(2046, 0, 1);

/** The groups of a time, as GNSS ("260110060005") and as CCLK ("26/01/10,06:00:05") write them. */
function written(date: Date): { dense: string; spaced: string } {
  const iso = date.toISOString().slice(2, 19);
  return { dense: iso.replace(/\D/g, ''), spaced: iso.replaceAll('-', '/').replace('T', ',') };
}

describe('UTC from text', () => {
  it('starts to be believed in 2026', () => {
    expect(EARLIEST_UTC_S * 1000).toBe(EARLIEST_MS);
    expect((EARLIEST_UTC_S + BELIEVED_FOR_S) * 1000).toBe(LATEST_MS);
  });

  it('is read from 1980 to 2079, believed or not', () => {
    for (let year = 1980; year < 2080; year++)
      for (const rest of ['-01-01T00:00:00Z', '-02-28T23:59:59Z', '-12-31T12:34:56Z']) {
        const date = new Date(year + rest);
        expect(secondsIn(written(date).dense, 2)).toBe(date.getTime() / 1000);
      }
    expect(secondsIn('000229000000', 2)).toBe(Date.UTC(2000, 1, 29) / 1000);
    for (const text of ['010229000000', '800230000000', '80010x000000', '', '8001060000'])
      expect(secondsIn(text, 2), text).toBeNull();
  });

  it('agrees with the calendar for every second from 2026 to 2045', () => {
    fc.assert(
      fc.property(fc.integer({ min: EARLIEST_MS / 1000, max: LATEST_MS / 1000 - 1 }), (utcS) => {
        const { dense, spaced } = written(new Date(utcS * 1000));
        expect(parseUtc(dense, 2)).toBe(utcS);
        expect(parseUtc(spaced, 3)).toBe(utcS);
        expect(parseUtc(`${spaced}+08"`, 3)).toBe(utcS);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with the calendar on which days there are', () => {
    for (let year = 26; year <= 45; year++)
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++) {
          const two = (value: number): string => String(value).padStart(2, '0');
          const ms = Date.UTC(2000 + year, month - 1, day);
          const exists = new Date(ms).getUTCMonth() === month - 1 && new Date(ms).getUTCDate() === day;
          expect(parseUtc(`${two(year)}${two(month)}${two(day)}000000`, 2)).toBe(exists ? ms / 1000 : null);
        }
  });

  it.each([
    ['800106000017', 'a receiver that has never known the time'],
    ['251231235959', 'the last second before it is believed'],
    ['460101000000', 'the first second after'],
    ['260110240000', 'an hour too many'],
    ['260110006000', 'a minute too many'],
    ['260110000061', 'a second too many'],
  ])('refuses %s: %s', (text) => {
    expect(parseUtc(text, 2)).toBeNull();
  });

  it('takes a leap second for the one behind it', () => {
    expect(parseUtc('261231235960', 2)).toBe(Date.UTC(2027, 0, 1) / 1000);
  });

  it('refuses text that is cut short or holds anything but digits', () => {
    const good = '260110060005';
    for (let at = 0; at < good.length; at++) {
      expect(parseUtc(good.slice(0, at), 2)).toBeNull();
      for (const wrong of [' ', '-', '+', 'x', '.'])
        expect(parseUtc(`${good.slice(0, at)}${wrong}${good.slice(at + 1)}`, 2)).toBeNull();
    }
  });
});

describe('a clock for a modem', () => {
  it.each([
    ['2026-11-22T03:04:05Z', '26/11/22,03:04:05+00'],
    ['2028-02-29T23:59:59Z', '28/02/29,23:59:59+00'],
    ['2027-01-01T00:00:00Z', '27/01/01,00:00:00+00'],
    ['2045-12-31T12:00:00Z', '45/12/31,12:00:00+00'],
  ])('%s', (iso, text) => {
    expect(clockText(Date.parse(iso) / 1000)).toBe(text);
  });

  it('is read back as the same second, whatever the second', () => {
    for (let utcS = EARLIEST_UTC_S; utcS < EARLIEST_UTC_S + 600_000_000; utcS += 7_654_321)
      expect(parseUtc(clockText(utcS), 3)).toBe(utcS);
  });
});
