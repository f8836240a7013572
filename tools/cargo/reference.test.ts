import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alarm } from '../../firmware/judge/alarm.ts';
import { blankJudgement } from '../../firmware/judge/judgement.ts';
import { AT_LIMIT, BELOW, CUMULATIVE, MEAN_KINETIC, type Rule } from '../../firmware/judge/rules.ts';
import { type Reading, step } from '../../firmware/judge/step.ts';
import { anyReadings, anyRules, anyWindow } from '../../firmware/judge/testing/any.ts';
import { LAST_PLACE } from '../../hal/probe.ts';
import { meanKineticC } from './mean-kinetic.ts';
import { type HarmRule, PLACE_NAMES, PLACES } from './profile.ts';
import { type HarmReading, harmIn, windowMeansC } from './reference.ts';

test('the mean kinetic temperature of known courses', () => {
  expect(meanKineticC([2, 8]).toFixed(4)).toBe('5.5364');
  expect(meanKineticC([2, 4, 6, 8, 10]).toFixed(4)).toBe('6.4773');
  expect(meanKineticC([20, 40], [9, 1]).toFixed(4)).toBe('25.0576');
  expect(meanKineticC([5, 15], [23, 1]).toFixed(4)).toBe('5.7635');
});

/** What the device makes of one reading after the other. */
function folded(rules: readonly Rule[], readings: readonly Reading[]): (Alarm & { reading: number })[] {
  const judgement = blankJudgement(rules);
  const alarms: (Alarm & { reading: number })[] = [];
  readings.forEach((one, reading) => {
    step(judgement, one, (alarm) => alarms.push({ ...alarm, reading }));
  });
  return alarms;
}

const hostRule = (rule: Rule): HarmRule => ({
  judge: rule.kind & MEAN_KINETIC ? 'mean-kinetic' : rule.kind & CUMULATIVE ? 'total' : 'event',
  side: rule.kind & BELOW ? 'below' : 'above',
  limitMilliC: rule.limitMilliC,
  limitCounts: (rule.kind & AT_LIMIT) !== 0,
  seconds: rule.delayS,
  hysteresisMilliK: rule.hysteresisMilliK,
  graceMilliK: rule.graceMilliK,
  places: PLACE_NAMES.filter((place) => rule.places & (1 << PLACES[place])),
});

const hostReading = ({ powerOn, uptimeS, tempsMilliC, masked }: Reading): HarmReading => ({
  powerOn,
  uptimeS,
  masked,
  tempsMilliC: Object.fromEntries(
    PLACE_NAMES.flatMap((place) => {
      const temp = tempsMilliC[PLACES[place]] ?? null;
      return temp === null ? [] : [[place, temp]];
    }),
  ),
});

test('reading by reading, and from the whole history, the same events and sums are found', () => {
  let found = 0;
  fc.assert(
    fc.property(anyRules, anyReadings(20), (rules, readings) => {
      const alarms = folded(rules, readings).filter(({ kind }) => !(kind & MEAN_KINETIC));
      const expected = harmIn(rules.map(hostRule), readings.map(hostReading));
      expect(
        alarms.map(({ degreeMinutes, kind, place, ...alarm }) => ({
          ...alarm,
          place: PLACE_NAMES[place - 1],
        })),
      ).toEqual(expected.map(({ kelvinMinutes, ...alarm }) => alarm));
      // The device adds up thousandths, the host in whole length.
      alarms.forEach(({ degreeMinutes }, index) => {
        expect(Math.abs(degreeMinutes - expected[index].kelvinMinutes)).toBeLessThan(0.7);
      });
      found += alarms.length;
    }),
    { seed: 3, numRuns: 300 },
  );
  expect(found).toBeGreaterThan(500);
});

/** How near the limit it may go either way, degrees: rates are kept in thousandths. */
const NEAR_C = 0.01;

test('reading by reading, and from the whole history, a window has the same mean', () => {
  let raised = 0;
  let ended = 0;
  fc.assert(
    fc.property(anyWindow, anyReadings(40), (rule, readings) => {
      const means = windowMeansC(hostRule(rule), readings.map(hostReading));
      const alarms = folded([rule], readings);
      const limitC = rule.limitMilliC / 1000;
      const backC = limitC - rule.hysteresisMilliK / 1000;
      let stands = false;
      means.forEach((meanC, reading) => {
        const alarm = alarms.find((one) => one.reading === reading);
        const before = stands;
        if (alarm) stands = alarm.raised;
        if (meanC === null) {
          expect(alarm).toBeUndefined();
          return;
        }
        if (meanC > limitC + NEAR_C) expect(stands, `reading ${reading} of ${meanC} C`).toBe(true);
        else if (meanC < backC - NEAR_C) expect(stands, `reading ${reading} of ${meanC} C`).toBe(false);
        else if (meanC < limitC - NEAR_C && meanC > backC + NEAR_C) expect(stands).toBe(before);
        if (alarm) {
          expect(Math.abs(alarm.valueMilliC / 1000 - meanC)).toBeLessThan(0.05);
          if (alarm.raised) raised++;
          else ended++;
        }
      });
    }),
    { seed: 4, numRuns: 200 },
  );
  expect(raised).toBeGreaterThan(50);
  expect(ended).toBeGreaterThan(20);
});

test('a window that is not full yet has the mean of all that was measured', () => {
  const rule: HarmRule = {
    judge: 'mean-kinetic',
    side: 'above',
    limitMilliC: 25_000,
    limitCounts: false,
    seconds: 86_400,
    hysteresisMilliK: 200,
    graceMilliK: 0,
    places: ['probe-1'],
  };
  const history = Array.from({ length: 11 }, (_, hour) => ({
    powerOn: 1,
    uptimeS: hour * 3600,
    tempsMilliC: { 'probe-1': hour === 10 ? 40_000 : 20_000 },
    masked: false,
  }));
  const means = windowMeansC(rule, history);
  expect(means.slice(0, 4)).toEqual([null, null, null, expect.closeTo(20, 6)]);
  expect(means[10]?.toFixed(4)).toBe('25.0576');
  expect(PLACES['probe-4']).toBe(LAST_PLACE);
});
