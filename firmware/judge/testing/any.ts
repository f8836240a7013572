import fc from 'fast-check';
import { LAST_PLACE } from '../../../hal/probe.ts';
import { AT_LIMIT, BELOW, CUMULATIVE, MEAN_KINETIC, type Rule } from '../rules.ts';
import type { Reading } from '../step.ts';

/** Limits from 0 to 3 C and temperatures in tenths, so that histories meet limits exactly, and often. */
const tenths = (low: number, high: number) => fc.integer({ min: low, max: high }).map((n) => n * 100);

const event: fc.Arbitrary<Rule> = fc.record({
  kind: fc.subarray([BELOW, CUMULATIVE, AT_LIMIT]).map((bits) => bits.reduce((all, bit) => all + bit, 0)),
  places: fc.integer({ min: 1, max: 15 }).map((bits) => bits * 2),
  limitMilliC: tenths(0, 30),
  delayS: fc.constantFrom(0, 1, 300, 1800, 3600, 36_000),
  hysteresisMilliK: fc.constantFrom(0, 1, 300, 500),
  graceMilliK: fc.constantFrom(0, 300, 1000),
});

export const anyWindow: fc.Arbitrary<Rule> = fc.record({
  kind: fc.constantFrom(MEAN_KINETIC, MEAN_KINETIC + AT_LIMIT),
  places: fc.integer({ min: 1, max: 15 }).map((bits) => bits * 2),
  limitMilliC: tenths(0, 30),
  delayS: fc.constantFrom(28_800, 86_400),
  hysteresisMilliK: fc.constantFrom(0, 200),
  graceMilliK: fc.constant(0),
});

/** One to six rules, a window among them at times. */
export const anyRules: fc.Arbitrary<Rule[]> = fc
  .tuple(fc.array(event, { minLength: 1, maxLength: 5 }), fc.option(anyWindow))
  .map(([rules, last]) => (last === null ? rules : [...rules, last]));

/** Near the limits, and at times far off: to 34 C, at which decay is 58 times as fast as at 0 C. */
const temp = fc.oneof(
  { weight: 6, arbitrary: tenths(-5, 35) },
  { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 34_000 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const temps = fc.array(temp, { minLength: 0, maxLength: LAST_PLACE });

/** Up to `most` readings with pauses, power cuts, and clocks that go back or stand still. */
export const anyReadings = (most: number): fc.Arbitrary<Reading[]> =>
  fc
    .array(
      fc.record({
        passedS: fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(300, 600, 3600) },
          { weight: 2, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
          { weight: 1, arbitrary: fc.integer({ min: -2000, max: 0 }) },
        ),
        powerCut: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
        repeated: fc.integer({ min: 1, max: 6 }),
        temps,
        masked: fc.boolean(),
      }),
      { minLength: 1, maxLength: most, size: 'max' },
    )
    .map((courses) => {
      let powerOn = 1;
      let uptimeS = 5000;
      return courses.flatMap((course) => {
        if (course.powerCut) {
          powerOn++;
          uptimeS = 0;
        }
        return Array.from({ length: course.repeated }, () => {
          uptimeS = Math.max(0, uptimeS + course.passedS);
          return { powerOn, uptimeS, tempsMilliC: [null, ...course.temps], masked: course.masked };
        });
      });
    });
