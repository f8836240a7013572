import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alarm } from './alarm.ts';
import { blankJudgement, isDisturbed, itemsOf, judgementOf } from './judgement.ts';
import { MEAN_KINETIC } from './rules.ts';
import { type Reading, step } from './step.ts';
import { anyReadings, anyRules } from './testing/any.ts';
import { ATP_FROZEN, FREEZE, rule, USP_ROOM, WHO_II } from './testing/standards.ts';
import { bytesOf, reborn } from './testing/trip.ts';

/** What a checkpoint has room for in the journal. */
const MOST_BYTES = 110;

test('a journey that is taken up again at every reading is judged as one that never stopped', () => {
  fc.assert(
    fc.property(anyRules, anyReadings(60), (rules, readings) => {
      const held = blankJudgement(rules);
      let again = blankJudgement(rules);
      readings.forEach((reading) => {
        const toldByHeld: Alarm[] = [];
        const told: Alarm[] = [];
        step(held, reading, (alarm) => toldByHeld.push(alarm));
        again = reborn(bytesOf(again), rules);
        step(again, reading, (alarm) => told.push(alarm));
        expect(told).toEqual(toldByHeld);
        expect(isDisturbed(again)).toBe(isDisturbed(held));
      });
      expect(itemsOf(again)).toEqual(itemsOf(held));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('six rules, one of them with a window, never take more bytes than a checkpoint has', () => {
  const rules = [...WHO_II, ...ATP_FROZEN, ...FREEZE, rule(MEAN_KINETIC, 25, 2_592_000)];
  const judgement = blankJudgement(rules);
  // The third word of the window is not used; of the others, all bits that they can have.
  judgement.words.fill(0xffffffff);
  judgement.words[2] = 3601;
  for (const word of [5, 8, 11, 14, 17]) judgement.words[word] = 65_535;
  judgement.words[20] = 0;
  expect(bytesOf(judgement)).toHaveLength(109);
  expect(109).toBeLessThanOrEqual(MOST_BYTES);
});

test('no journey brings a word beyond that', () => {
  fc.assert(
    fc.property(anyRules, anyReadings(60), (rules, readings) => {
      const judgement = blankJudgement(rules);
      for (const reading of readings) step(judgement, reading, () => {});
      expect(bytesOf(judgement).length).toBeLessThanOrEqual(MOST_BYTES);
      expect(judgement.words[2]).toBeLessThanOrEqual(3601);
      rules.forEach(({ kind }, index) => {
        const beyond = judgement.words[5 + 3 * index];
        expect(beyond).toBeLessThanOrEqual(kind & MEAN_KINETIC ? 0 : 65_535);
      });
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('the hottest month there can be fits into the window', () => {
  const judgement = blankJudgement([rule(MEAN_KINETIC, 25, 2_592_000)]);
  const reading: Reading = {
    powerOn: 1,
    uptimeS: 0,
    tempsMilliC: [null, null, null, null, 100_000],
    masked: false,
  };
  const alarms: Alarm[] = [];
  for (let hour = 0; hour <= 24 * 31; hour++)
    step(judgement, { ...reading, uptimeS: hour * 3600 }, (alarm) => alarms.push(alarm));
  expect(itemsOf(judgement).slice(6)).toEqual([4_294_967_295, 4_294_967_295, 4_294_967_295, 4_294_967_295]);
  expect(alarms).toHaveLength(1);
  // A rate of 65.535 is that of 67.5 C.
  expect(alarms[0].valueMilliC).toBeGreaterThan(67_400);
});

test('the items of other rules are not taken', () => {
  const items = itemsOf(blankJudgement(WHO_II));
  expect(judgementOf(items, WHO_II)).not.toBeNull();
  for (const [key, value] of Object.entries({
    kind: 0,
    places: 32,
    limitMilliC: 45_001,
    delayS: 3601,
    hysteresisMilliK: 501,
    graceMilliK: 1,
  }))
    expect(judgementOf(items, [{ ...WHO_II[0], [key]: value }, WHO_II[1], WHO_II[2]]), key).toBeNull();
  expect(judgementOf(items, [WHO_II[1], WHO_II[0], WHO_II[2]])).toBeNull();
  expect(judgementOf(items, WHO_II.slice(0, 2))).toBeNull();
  expect(judgementOf(itemsOf(blankJudgement(USP_ROOM)), WHO_II)).toBeNull();
});

test('items that are none are not taken', () => {
  const items: (number | null)[] = itemsOf(blankJudgement(WHO_II));
  expect(judgementOf([], WHO_II)).toBeNull();
  expect(judgementOf([...items, 0], WHO_II)).toBeNull();
  expect(judgementOf(items.with(0, null), WHO_II)).toBeNull();
  expect(judgementOf(items.with(4, null), WHO_II)).toBeNull();
  expect(judgementOf(items.with(4, -1), WHO_II)).toBeNull();
});

test('where there are no rules, nothing is judged', () => {
  const judgement = blankJudgement([]);
  step(judgement, { powerOn: 1, uptimeS: 0, tempsMilliC: [null, 99_000], masked: false }, () => {
    throw new Error('an alarm of no rule');
  });
  expect(isDisturbed(judgement)).toBe(false);
});
