import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as faults from '../../hal/faults.ts';
import { GSM, LTE, LTE_M, NB_IOT } from '../../hal/link.ts';
import { DEFAULT_CONFIG } from '../config/values.ts';
import { blankState } from '../journal/state.ts';
import { uplinkPauseS, whatIsDue } from '../schedule.ts';
import { BLANK_HISTORY, type RadioHistory } from './history.ts';
import type { SessionPlan, Situation } from './plan.ts';
import { historyAfter, movedFar, planSession } from './policy.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const SITUATION = { technologies: [LTE_M, GSM], batteryMillivolts: null, generation: 7 };
const NOTHING = {
  technology: 0,
  network: 0,
  rssiDbm: 0,
  sim: 0,
  searchedS: 0,
  bytes: 0,
  powerSavingS: 0,
  recoveries: [],
};
const HELD: readonly number[] = [faults.UPLINK_HELD_BACK, faults.BATTERY_LOW];

const place = fc.option(
  fc.tuple(fc.integer({ min: 4_000_000, max: 4_200_000 }), fc.integer({ min: 0, max: 300_000 })),
);

/** Something that happens to a tracker: time goes by, perhaps the power is cut, then a session is due. */
const event = fc.record({
  waitS: fc.oneof(fc.integer({ min: 1, max: HOUR }), fc.integer({ min: 1, max: 30 * HOUR })),
  powerCut: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  technologies: fc.subarray([LTE_M, NB_IOT, GSM, LTE], { minLength: 1 }),
  batteryMillivolts: fc.option(fc.integer({ min: 3300, max: 4200 })),
  alarm: fc.boolean(),
  place,
  fault: fc.constantFrom(...Object.values(faults).filter((fault) => !HELD.includes(fault))),
  network: fc.constantFrom(0, 0, 26201, 25001, 40101, 46000),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  sim: fc.constantFrom(0, 1, 2),
});
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

interface Step {
  /** Seconds that have really gone by, whatever the uptime says. */
  readonly atS: number;
  readonly plan: SessionPlan;
  readonly searchedS: number;
  readonly kb: number;
  readonly after: RadioHistory;
}

/** A life in which each session uses some share of what it may. */
function live(events: readonly Event[]): Step[] {
  let history: RadioHistory = BLANK_HISTORY;
  let atS = 0;
  let nowS = 0;
  return events.map((what) => {
    atS += what.waitS;
    nowS = what.powerCut ? Math.floor(what.waitS * what.share) : nowS + what.waitS;
    const situation: Situation = {
      nowS,
      generation: 0,
      technologies: what.technologies,
      batteryMillivolts: what.batteryMillivolts,
      alarm: what.alarm,
      latE5: what.place?.[0] ?? null,
      lonE5: what.place?.[1] ?? null,
    };
    const before = Object.freeze({ ...history });
    const plan = planSession(before, situation);
    expect(planSession(before, situation)).toEqual(plan);
    const isHeld = plan.heldBack !== faults.OK;
    const searchedS = isHeld ? 0 : what.share * searching(plan);
    const bytes = isHeld ? 0 : Math.floor(what.share * plan.mostKb * 1024);
    const met = {
      technology: plan.searches[0]?.technology ?? 0,
      network: what.network,
      rssiDbm: -90,
      sim: what.sim,
      searchedS,
      powerSavingS: 0,
      bytes,
      recoveries: [],
    };
    const fault = isHeld ? plan.heldBack : what.fault;
    history = historyAfter(before, situation, met, fault);
    expect(historyAfter(before, situation, met, fault)).toEqual(history);
    return { atS, plan, searchedS, kb: Math.ceil(bytes / 1024), after: history };
  });
}

const searching = (plan: SessionPlan) => plan.searches.reduce((sum, { withinS }) => sum + withinS, 0);

const lives = (holds: (steps: readonly Step[]) => void) =>
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => holds(live(events))),
    { numRuns: 300 },
  );

test('in no 24 hours of any life is more searched or sent than the day allows', () => {
  lives((steps) => {
    for (const from of steps) {
      const day = steps.filter(({ atS }) => atS >= from.atS && atS < from.atS + DAY);
      expect(day.reduce((sum, { searchedS }) => sum + searchedS, 0)).toBeLessThanOrEqual(1800);
      expect(day.reduce((sum, { kb }) => sum + kb, 0)).toBeLessThanOrEqual(506);
    }
  });
});

test.each([600, 3000, 7000])(
  'a tracker that takes all it may every %i s gets what a day allows and no more',
  (everyS) => {
    let history: RadioHistory = { ...BLANK_HISTORY, technology: GSM, network: 26201 };
    const taken: { atS: number; searchedS: number; kb: number }[] = [];
    for (let nowS = 0; nowS < 4 * DAY; nowS += everyS) {
      const situation = { ...SITUATION, nowS, alarm: true, latE5: null, lonE5: null };
      const plan = planSession(history, situation);
      const isHeld = plan.heldBack !== faults.OK;
      const searchedS = searching(plan);
      const kb = isHeld ? 0 : plan.mostKb;
      taken.push({ atS: nowS, searchedS, kb });
      const met = { ...NOTHING, technology: GSM, network: 26201, searchedS, bytes: kb * 1024 };
      history = historyAfter(history, situation, met, isHeld ? plan.heldBack : faults.OK);
    }
    const days = taken.map(({ atS: from }) => taken.filter(({ atS }) => atS >= from && atS < from + DAY));
    const most = (used: (one: (typeof taken)[0]) => number) =>
      Math.max(...days.map((day) => day.reduce((sum, one) => sum + used(one), 0)));
    const searchedS = most((one) => one.searchedS);
    expect(searchedS > 1200 && searchedS <= 1800).toBe(true);
    const kb = most((one) => one.kb);
    expect(kb > 400 && kb <= 506).toBe(true);
  },
);

test('a session searches for 300 s at most, and for 600 only where nothing was found for a day or ever', () => {
  lives((steps) => {
    steps.forEach(({ plan }, index) => {
      const before = steps[index - 1]?.after ?? BLANK_HISTORY;
      const mayBeLong = before.step === 8 || before.technology === 0;
      expect(searching(plan)).toBeLessThanOrEqual(mayBeLong ? 600 : 300);
      for (const { withinS } of plan.searches) expect(withinS).toBeGreaterThanOrEqual(10);
      expect(plan.searches.length > 0).toBe(plan.heldBack === faults.OK);
      expect(plan.mostKb).toBeLessThanOrEqual(64);
    });
  });
});

test('after any failure the pause is 15 minutes to 6 hours', () => {
  lives((steps) => {
    for (const { after } of steps) {
      const pauseS = uplinkPauseS(after.step, 4 * HOUR);
      if (after.step === 0) expect(pauseS).toBe(4 * HOUR);
      else expect(pauseS >= 900 && pauseS <= 6 * HOUR).toBe(true);
    }
  });
});

test('no life makes a history that the journal cannot hold', () => {
  lives((steps) => {
    for (const { after } of steps) {
      for (const value of Object.values(after)) expect(value === null || Number.isInteger(value)).toBe(true);
      expect(after.step >= 0 && after.step <= 13 && after.rung >= 0 && after.rung <= 5).toBe(true);
      expect(
        after.searchedS >= 0 && after.searchedS <= 1800 && after.sentKb >= 0 && after.sentKb <= 512,
      ).toBe(true);
    }
  });
});

test('a tracker is never held back for good: a day and an hour of rest and it searches again', () => {
  lives((steps) => {
    const { after } = steps.at(-1) as Step;
    const nowS = (after.dayH + 25) * HOUR;
    const situation = { ...SITUATION, nowS, alarm: false, latE5: null, lonE5: null };
    expect(planSession(after, situation).heldBack).toBe(faults.OK);
  });
});

test('a SIM that every network refuses asks four times a day and clears its list once, whatever presses', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ alarm: fc.boolean(), place }), { minLength: 500, maxLength: 500 }),
      (wakes) => {
        let history: RadioHistory = { ...BLANK_HISTORY, technology: GSM, network: 26201 };
        let state = { ...blankState(600), failures: 0, uplinkAtS: null as number | null };
        const config = { ...DEFAULT_CONFIG, deviceId: 'box-7' };
        const tried: number[] = [];
        const cleared: number[] = [];
        wakes.forEach(({ alarm, place: where }, index) => {
          const nowS = index * 600;
          const [latE5, lonE5] = where ?? [null, null];
          if (!whatIsDue(state, config, nowS, alarm, movedFar(history, latE5, lonE5)).uplink) return;
          const situation = { ...SITUATION, nowS, alarm, latE5, lonE5 };
          const plan = planSession(history, situation);
          tried.push(nowS);
          if (plan.clearForbidden) cleared.push(nowS);
          history = historyAfter(history, situation, NOTHING, faults.REGISTRATION_DENIED);
          state = { ...state, failures: history.step, uplinkAtS: nowS };
        });
        for (const from of tried)
          expect(tried.filter((at) => at >= from && at < from + DAY).length).toBeLessThanOrEqual(4);
        for (const from of cleared)
          expect(cleared.filter((at) => at >= from && at < from + DAY)).toEqual([from]);
        expect(tried.length).toBeGreaterThan(10);
      },
    ),
    { numRuns: 30 },
  );
});

test('a SIM that is refused data keeps registering, at least once in 6 hours, from the ground of the recovery ladder', () => {
  let history: RadioHistory = { ...BLANK_HISTORY, technology: GSM, network: 40101 };
  let atS = 0;
  for (let session = 0; session < 60; session++) {
    const situation = { ...SITUATION, nowS: atS, alarm: false, latE5: null, lonE5: null };
    expect(planSession(history, situation).heldBack).toBe(faults.OK);
    const met = { ...NOTHING, technology: GSM, network: 25001, searchedS: 60 };
    history = historyAfter(history, situation, met, faults.NO_DATA_CONTEXT);
    expect(history).toMatchObject({ barredH: 0, rung: 0 });
    atS += uplinkPauseS(history.step, DAY);
    expect(uplinkPauseS(history.step, DAY)).toBeLessThanOrEqual(6 * HOUR);
  }
});
