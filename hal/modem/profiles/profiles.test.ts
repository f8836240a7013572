import { describe, expect, it } from 'vitest';
import { APN_REFUSED, OK, SIM_MISSING, SIM_PIN_NEEDED, SIM_PUK } from '../../faults.ts';
import type { ModemProfile, Stage } from '../profile.ts';
import { type Step, UNDECIDED } from '../steps.ts';
import { a7670, fixInCgnssinfo } from './a7670.ts';
import { bg9x, fixInQgpsloc, utcIn } from './bg9x.ts';
import { fixInCgnsinf } from './cgnsinf.ts';
import { sim7000 } from './sim7000.ts';
import { sim7080 } from './sim7080.ts';
import { judgeData, standard } from './standard.ts';

const profiles: readonly ModemProfile[] = [sim7000(), sim7080(), a7670(), bg9x()];
const searches: readonly Stage[] = ['lte-m', 'nb-iot', 'gsm', 'lte'];
const stages: readonly Stage[] = [
  ...['probe', 'wake', 'reset', 'sim', 'pin', 'forget', 'automatic', 'by-hand', 'where', 'data', 'clock'],
  ...['set-clock', 'ntp', 'secure', 'open', 'hang-up', 'detach'],
] as Stage[];

function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...allSteps(step.otherwise ?? [])]);
}

describe.each(profiles.map((profile) => [profile.name, profile] as const))(
  'the profile of %s',
  (_name, profile) => {
    it('has a dialogue for every stage, and for every technology that it names', () => {
      for (const stage of stages) expect(profile.script(stage), stage).not.toEqual([]);
      for (const technology of profile.technologies)
        expect(profile.script(searches[technology - 1] as Stage)).not.toEqual([]);
    });

    it('bounds every wait, and the whole of every dialogue but the search for the time', () => {
      for (const stage of [...stages, ...profile.technologies.map((one) => searches[one - 1] as Stage)]) {
        for (const step of allSteps(profile.script(stage))) {
          expect(step.withinS, step.at).toBeGreaterThan(0);
          expect(step.withinS * (step.tries ?? 1), step.at).toBeLessThanOrEqual(300);
          expect(step.at).toMatch(/^AT/);
        }
      }
    });

    it('asks for placeholders that the session fills in', () => {
      const known = /\{(apn|host|port|caFile|caLength|pin|network|clock|tau|active)\}/g;
      for (const stage of stages)
        for (const step of allSteps(profile.script(stage)))
          expect(step.at.replace(known, '')).not.toMatch(/[{}]/);
    });

    it('keeps what the session asks for', () => {
      const kept = stages.flatMap((stage) => allSteps(profile.script(stage)).map(({ keep }) => keep));
      expect(kept).toEqual(expect.arrayContaining(['firmware', 'iccid', 'operator', 'signal', 'clock']));
    });
  },
);

describe('a SIM', () => {
  const judge = (standard('sim')[1] as Step).judge as (line: string) => number;
  it.each([
    ['+CPIN: READY', OK],
    ['+CPIN: NOT READY', UNDECIDED],
    ['+CPIN: SIM PIN', SIM_PIN_NEEDED],
    ['+CPIN: SIM PUK', SIM_PUK],
    ['+CPIN: NOT INSERTED', SIM_MISSING],
    ['+CME ERROR: SIM not inserted', SIM_MISSING],
    ['+CME ERROR: SIM PIN required', SIM_PIN_NEEDED],
    ['+CME ERROR: SIM PUK required', SIM_PUK],
    ['+CME ERROR: SIM busy', UNDECIDED],
  ])('that says %s', (line, fault) => {
    expect(judge(line)).toBe(fault);
  });
});

it.each([
  ['+APP PDP: 0,ACTIVE', OK],
  ['+APP PDP: ACTIVE', OK],
  ['+APP PDP: 0,DEACTIVE', UNDECIDED],
  ['+CME ERROR: requested service option not subscribed', APN_REFUSED],
  ['+CME ERROR: missing or unknown APN', APN_REFUSED],
  ['+CME ERROR: operation not allowed', UNDECIDED],
])('a data connection that says %s', (line, fault) => {
  expect(judgeData(line)).toBe(fault);
});

describe('a fix', () => {
  it('is read from the 21 fields of a SIM7000', () => {
    const line =
      '+CGNSINF: 1,1,20261122031415.000,52.520008,-0.405000,34.1,61.5,271.0,1,,1.2,1.7,1.1,,11,9,4,,45,,';
    expect(fixInCgnsinf(line, 21)).toEqual({
      latE5: 5_252_001,
      lonE5: -40_500,
      satellites: 9,
      utcS: Date.UTC(2026, 10, 22, 3, 14, 15) / 1000,
    });
  });

  it('is read from an A7670 in degrees and minutes, and in decimal degrees', () => {
    const fix = {
      latE5: 5_222_178,
      lonE5: 2_102_031,
      satellites: 14,
      utcS: Date.UTC(2026, 10, 22, 9, 19, 18) / 1000,
    };
    expect(
      fixInCgnssinfo(
        '+CGNSSINFO: 2,09,05,00,5213.306500,N,02101.218600,E,221126,091918.0,32.9,0.0,255.0,1.1,0.8,0.7',
      ),
    ).toEqual(fix);
    expect(
      fixInCgnssinfo(
        '+CGNSSINFO: 3,09,05,00,00,52.2217750,N,21.0203100,E,221126,091918.00,32.9,0.0,,1.1,0.8,0.7',
      ),
    ).toEqual({ ...fix, latE5: 5_222_178 });
    expect(
      fixInCgnssinfo('+CGNSSINFO: 2,09,05,00,0013.306500,N,00001.218600,W,221126,091918.0,1,0,0,1,1,1'),
    ).toMatchObject({ latE5: 22_178, lonE5: -2_031 });
    expect(fixInCgnssinfo('+CGNSSINFO: ,,,,,,,,')).toBeNull();
    expect(
      fixInCgnssinfo(
        '+CGNSSINFO: 2,09,05,00,5213.306500,N,02101.218600,E,221126,091918.0,32.9,0.0,255.0,1.1,99.9,0.7',
      ),
    ).toBeNull();
    expect(fixInCgnssinfo('+CGNSSINFO: 1,,,,,,,,,,,,,,,')).toBeNull();
  });

  it('is read from a BG95, and an error is none', () => {
    expect(fixInQgpsloc('+QGPSLOC: 061951.0,31.84536,117.19882,1.1,33.0,3,0.0,0.0,0.0,221126,09')).toEqual({
      latE5: 3_184_536,
      lonE5: 11_719_882,
      satellites: 9,
      utcS: Date.UTC(2026, 10, 22, 6, 19, 51) / 1000,
    });
    expect(fixInQgpsloc('+CME ERROR: 516')).toBeNull();
    expect(fixInQgpsloc('+QGPSLOC: 061951.0,31.84536,117.19882,,33.0,3,0.0,0.0,0.0,221126,09')).toBeNull();
    expect(fixInQgpsloc('+QGPSLOC: 061951.0,31.84536')).toBeNull();
  });
});

it.each([
  ['+QLTS: "2026/11/22,03:41:22+32,0"', Date.UTC(2026, 10, 22, 3, 41, 22) / 1000],
  ['+QLTS: ""', null],
  ['+QLTS: "1980/01/06,00:00:10+00,0"', null],
  ['+CCLK: "26/11/22,03:41:22+00"', Date.UTC(2026, 10, 22, 3, 41, 22) / 1000],
  ['+CCLK: "80/01/06,00:00:10"', null],
])('the clock of a BG95 says %s', (line, utcS) => {
  expect(utcIn(line)).toBe(utcS);
});
