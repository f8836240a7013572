import { expect, test } from 'vitest';
import { AMBIENT, CARGO, RETURN, SUPPLY } from '../hal/probe.ts';
import { BEYOND_RANGE, CONTRADICTED, doubtOn, PLAUSIBLE, TOO_FAST } from './plausible.ts';

/** Temperatures by place, degrees Celsius. */
const temps = (celsius: Record<number, number>): (number | null)[] =>
  Array.from({ length: 8 }, (_, place) => (celsius[place] === undefined ? null : celsius[place] * 1000));

test.each([
  [-50.001, BEYOND_RANGE],
  [-50, PLAUSIBLE],
  [70, PLAUSIBLE],
  [70.001, BEYOND_RANGE],
])('%d C is judged as %d at each place', (celsius, doubt) => {
  for (const place of [SUPPLY, RETURN, AMBIENT, CARGO, CARGO + 3])
    expect(doubtOn(place, temps({ [place]: celsius }), null)).toBe(doubt);
});

test('air may change by 60 K from one reading to the next, cargo by 10 K', () => {
  for (const place of [SUPPLY, RETURN, AMBIENT]) {
    expect(doubtOn(place, temps({ [place]: 30 }), temps({ [place]: -30 }))).toBe(PLAUSIBLE);
    expect(doubtOn(place, temps({ [place]: -30.1 }), temps({ [place]: 30 }))).toBe(TOO_FAST);
  }
  for (const place of [CARGO, CARGO + 1, CARGO + 2, CARGO + 3]) {
    expect(doubtOn(place, temps({ [place]: -8 }), temps({ [place]: -18 }))).toBe(PLAUSIBLE);
    expect(doubtOn(place, temps({ [place]: -7.9 }), temps({ [place]: -18 }))).toBe(TOO_FAST);
  }
});

test('what was not measured, now or before, is not doubted', () => {
  expect(doubtOn(SUPPLY, temps({ [RETURN]: 65 }), null)).toBe(PLAUSIBLE);
  expect(doubtOn(CARGO, temps({ [CARGO]: 40 }), temps({}))).toBe(PLAUSIBLE);
});

test('supply and return air more than 30 K apart contradict each other, and no other place', () => {
  const apart = temps({ [SUPPLY]: -20, [RETURN]: 10.1, [AMBIENT]: 40, [CARGO]: -20 });
  expect([SUPPLY, RETURN, AMBIENT, CARGO].map((place) => doubtOn(place, apart, null))).toEqual([
    CONTRADICTED,
    CONTRADICTED,
    PLAUSIBLE,
    PLAUSIBLE,
  ]);
  expect(doubtOn(SUPPLY, temps({ [SUPPLY]: -20, [RETURN]: 10 }), null)).toBe(PLAUSIBLE);
});
