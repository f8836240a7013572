import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARLIEST_UTC_S } from '../utc.ts';
import type { NmeaProblem } from './fixes.ts';
import { both, framed, gga, hear, inWarsaw, type Moment, rmc } from './testing/hear.ts';

/** `framed` for the fix mode of one satellite system. */
const gsa = (mode: string): string => framed(`GNGSA,A,${mode},20,10,23,15,,,,,,,,,1.2,0.8,0.9,1`);
const zda = (time: string, day: string): string => framed(`GNZDA,${time},${day},11,2026,00,00`);

describe('a fix', () => {
  it('is made of the RMC and the GGA of one moment, in either order', () => {
    expect(hear(rmc() + gga()).fixes).toEqual([inWarsaw]);
    expect(hear(gga() + rmc()).fixes).toEqual([inWarsaw]);
  });

  it('is made of whole moments only', () => {
    expect(hear(rmc())).toMatchObject({ fixes: [], problems: [] });
    expect(hear(gga())).toMatchObject({ fixes: [], problems: [] });
    expect(hear(gga({ time: '091917.00' }) + rmc()).fixes).toEqual([]);
    expect(hear(gga({ time: '091917.00' }) + rmc() + gga()).fixes).toEqual([inWarsaw]);
  });

  it.each<[string, Moment]>([
    ['the status is V', { status: 'V' }],
    ['there is no status', { status: '' }],
    ['the quality is 0', { quality: '0' }],
    ['there is no quality', { quality: '' }],
    ['the position is estimated', { quality: '6' }],
    ['the position was entered by hand', { quality: '7' }],
    ['the position is simulated', { quality: '8' }],
    ['there is no latitude', { lat: '', ns: '' }],
    ['there is no longitude', { lon: '', ew: '' }],
    ['there is no hemisphere', { ew: '' }],
    ['the HDOP is 99.99', { hdop: '99.99' }],
    ['the HDOP is 25.5', { hdop: '25.5' }],
    ['there is no HDOP', { hdop: '' }],
    ['the position is 0 N 0 E', { lat: '0000.00000', lon: '00000.00000' }],
    ['the minutes are 60', { lat: '5260.00000' }],
  ])('is none when %s', (_what, moment) => {
    expect(hear(both(moment))).toMatchObject({ fixes: [], problems: ['no-fix'] });
  });

  it.each(['1', '2', '4', '5', '05'])('is one with quality %s', (quality) => {
    expect(hear(both({ quality })).fixes).toEqual([inWarsaw]);
  });

  it('is none without a time', () => {
    expect(hear(both({ time: '' })).fixes).toEqual([]);
  });

  it('keeps half a degree west west of Greenwich', () => {
    const [fix] = hear(both({ lat: '5130.00000', lon: '00030.00000', ew: 'W' })).fixes;
    expect(fix).toMatchObject({ latE5: 5_150_000, lonE5: -50_000 });
  });

  it.each<[string, Moment]>([
    ['south of the equator', { ns: 'S' }],
    ['beyond 65 N', { lat: '6500.00600' }],
    ['west of 15 W', { lon: '01500.00600', ew: 'W' }],
    ['east of 140 E', { lon: '14000.00600' }],
  ])('%s is implausible', (_where, moment) => {
    expect(hear(both(moment))).toMatchObject({ fixes: [], problems: ['implausible'] });
  });

  it('is none when its two sentences show different places', () => {
    expect(hear(rmc({ lon: '12101.21860' }) + gga())).toMatchObject({
      fixes: [],
      problems: ['contradiction'],
    });
    expect(hear(rmc({ ew: 'W' }) + gga())).toMatchObject({ fixes: [], problems: ['contradiction'] });
  });

  it('may have more digits in one sentence than in the other', () => {
    expect(hear(rmc({ lat: '5213.307', lon: '02101.219' }) + gga()).fixes).toEqual([inWarsaw]);
  });

  it('has the satellites of the GGA that has most, where each system has its own', () => {
    const few = gga({ satellites: '02' });
    expect(hear(few + gga() + rmc()).fixes).toEqual([inWarsaw]);
    expect(hear(gga() + few + rmc()).fixes).toEqual([inWarsaw]);
  });
});

describe('the fix mode of GSA', () => {
  it('1 is no fix', () => {
    expect(hear(gsa('1') + both())).toMatchObject({ fixes: [], problems: ['no-fix'] });
  });

  it('1 of one satellite system does not speak against the others', () => {
    expect(hear(gsa('1') + gsa('3') + gsa('1') + both()).fixes).toEqual([inWarsaw]);
  });

  it('counts for one moment only', () => {
    const later = both({ time: '091919.00' });
    expect(hear(gsa('1') + both() + later).fixes).toEqual([{ ...inWarsaw, utcS: inWarsaw.utcS + 1 }]);
  });
});

describe('the date', () => {
  it('of a receiver that does not know it leaves the position', () => {
    expect(hear(both({ date: '060180' })).fixes).toEqual([{ ...inWarsaw, utcS: null }]);
    expect(hear(both({ date: '' })).fixes).toEqual([{ ...inWarsaw, utcS: null }]);
  });

  it('of a receiver whose weeks have rolled over gets 1024 weeks, and says so', () => {
    // 22 November 2026 is 7168 days after 8 April 2007.
    expect(hear(both({ date: '080407' })).fixes).toEqual([{ ...inWarsaw, rolledOver: true }]);
  });

  it('is not believed when ZDA has another for the same moment', () => {
    expect(hear(zda('091918.00', '22') + both()).fixes).toEqual([inWarsaw]);
    expect(hear(zda('091918.00', '23') + both()).fixes).toEqual([{ ...inWarsaw, utcS: null }]);
    expect(hear(zda('091917.00', '23') + both()).fixes).toEqual([inWarsaw]);
  });

  it('before the build never sets a clock as it stands', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), (date) => {
        const [year = '', month = '', day = ''] = date.toISOString().slice(2, 10).split('-');
        const [fix] = hear(both({ date: day + month + year })).fixes;
        expect(fix?.utcS ?? EARLIEST_UTC_S).toBeGreaterThanOrEqual(EARLIEST_UTC_S);
      }),
    );
  });
});

describe('one fix after another', () => {
  const later = (time: string, moment: Moment = {}): string => both({ time, ...moment });

  it('is taken every second, moving or not', () => {
    const { fixes } = hear(both() + later('091919.00') + later('091920.00', { lat: '5213.32000' }));
    expect(fixes.map(({ utcS }) => (utcS ?? 0) - inWarsaw.utcS)).toEqual([0, 1, 2]);
  });

  it('is not taken when the receiver repeats itself', () => {
    expect(hear(both() + both() + both())).toMatchObject({
      fixes: [inWarsaw],
      problems: ['stale', 'stale'],
    });
  });

  it('is not taken when the receiver repeats itself without a date', () => {
    expect(hear(both({ date: '060180' }).repeat(3)).problems).toEqual(['stale', 'stale']);
  });

  it('is not taken when the receiver repeats itself after a break', () => {
    const { nmea, fixes } = hear(both());
    nmea.reset();
    nmea.push(both());
    expect(fixes).toHaveLength(1);
    nmea.push(later('091919.00'));
    expect(fixes).toHaveLength(2);
  });

  it('is implausible where nobody could have come, and believed once the next one agrees', () => {
    const elsewhere = { lat: '4403.60024', lon: '02055.20012' };
    const { fixes, problems } = hear(
      both(elsewhere) + later('091919.00') + later('091920.00') + later('091921.00'),
    );
    expect(problems).toEqual(['implausible']);
    expect(fixes.map(({ latE5 }) => latE5)).toEqual([4_406_000, 5_222_178, 5_222_178]);
  });

  it('is measured by a fix from before, if there is one', () => {
    const { nmea, fixes, problems } = hear('');
    nmea.before = { latE5: 5_222_000, lonE5: 2_102_000, utcS: inWarsaw.utcS - 3600, satellites: 7 };
    nmea.push(both());
    nmea.before = { latE5: 4_406_000, lonE5: 2_092_000, utcS: inWarsaw.utcS - 3599, satellites: 7 };
    nmea.push(later('091919.00'));
    expect(fixes).toEqual([inWarsaw]);
    expect(problems).toEqual(['implausible']);
  });
});

describe('refusals', () => {
  it.each<[string, NmeaProblem]>([
    ['GNRMC,091918.00,A,5213.30650', 'short'],
    ['GNGGA,091918.00,5213.30650,N', 'short'],
  ])('%s is too short', (content, problem) => {
    const { problems, refused } = hear(framed(content));
    expect(problems).toEqual([problem]);
    expect(refused).toEqual([content]);
  });

  it('are counted, and whole sentences as well', () => {
    const { nmea } = hear(both() + rmc().replace('*', '*0') + gsa('3') + framed('GNGSV,1,1,00') + both());
    expect([nmea.heard, nmea.refused]).toEqual([5, 2]);
  });

  it('name the sentence', () => {
    const broken = rmc().replace('5213', '5214');
    expect(hear(broken).refused).toEqual([broken.trimEnd()]);
  });
});
