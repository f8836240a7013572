import { describe, expect, test } from 'vitest';
import {
  APN_REFUSED,
  BATTERY_LOW,
  MODEM_SILENT,
  MQTT_REFUSED,
  NO_DATA_CONTEXT,
  NO_NETWORK,
  OK,
  REGISTRATION_DENIED,
  SIM_PIN_WRONG,
  STREAM_STALLED,
  UPLINK_HELD_BACK,
} from '../../hal/faults.ts';
import { GSM, type LinkReport, LTE, LTE_M, NB_IOT } from '../../hal/link.ts';
import { BLANK_HISTORY, DENIED, type RadioHistory } from './history.ts';
import type { Situation } from './plan.ts';
import { historyAfter, movedFar, planSession } from './policy.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

const at = (nowS: number, changes: Partial<Situation> = {}): Situation => ({
  nowS,
  technologies: [LTE_M, NB_IOT, GSM],
  batteryMillivolts: 3900,
  alarm: false,
  generation: 0,
  latE5: null,
  lonE5: null,
  ...changes,
});
const history = (changes: Partial<RadioHistory> = {}): RadioHistory => ({ ...BLANK_HISTORY, ...changes });
/** Registered in Germany on LTE-M. */
const german = (changes: Partial<RadioHistory> = {}) =>
  history({ technology: LTE_M, network: 26201, ...changes });
const report = (changes: Partial<LinkReport> = {}): LinkReport => ({
  technology: 0,
  network: 0,
  rssiDbm: 0,
  sim: 0,
  searchedS: 0,
  bytes: 0,
  powerSavingS: 0,
  recoveries: [],
  ...changes,
});
const registered = (network: number, changes: Partial<LinkReport> = {}) =>
  report({ technology: GSM, network, rssiDbm: -85, sim: 4711, searchedS: 20, ...changes });
const steps = (plan: ReturnType<typeof planSession>) =>
  plan.searches.map(({ technology, withinS, network }) => [technology, withinS, network]);

describe('where a session searches', () => {
  test('after a good one: the known network for a minute, then the technologies, 300 s in all', () => {
    expect(steps(planSession(german(), at(HOUR)))).toEqual([
      [LTE_M, 60, 26201],
      [LTE_M, 120, 0],
      [NB_IOT, 120, 0],
    ]);
  });

  test.each([
    [26201, [LTE_M, NB_IOT, LTE, GSM]],
    [40101, [LTE, GSM, NB_IOT, LTE_M]],
    [45204, [LTE, NB_IOT, LTE_M, GSM]],
    [310410, [LTE, LTE_M, GSM, NB_IOT]],
    [0, [LTE, LTE_M, GSM, NB_IOT]],
  ])('after network %i in the order of its country', (network, order) => {
    const plan = planSession(history({ network }), at(0, { technologies: [LTE_M, NB_IOT, GSM, LTE] }));
    expect(plan.searches.map(({ technology }) => technology)).toEqual(order);
  });

  test('only with what the modem has', () => {
    const plan = planSession(history({ network: 46000 }), at(0, { technologies: [NB_IOT, LTE_M] }));
    expect(plan.searches.map(({ technology }) => technology)).toEqual([NB_IOT, LTE_M]);
    const known = planSession(german({ technology: GSM }), at(0, { technologies: [LTE_M, NB_IOT] }));
    expect(known.searches.map(({ technology }) => technology)).toEqual([LTE_M, NB_IOT]);
  });

  test('for the first network ever for 400 s', () => {
    expect(steps(planSession(history(), at(0)))).toEqual([
      [LTE_M, 133, 0],
      [GSM, 133, 0],
      [NB_IOT, 133, 0],
    ]);
  });

  test('after failures for 120 s: behind the known network, on its technology alone, and each other one in its turn', () => {
    const plans = [1, 2, 3, 4, 5].map((step) => steps(planSession(german({ step }), at(HOUR))));
    expect(plans).toEqual([
      [
        [LTE_M, 60, 26201],
        [NB_IOT, 60, 0],
      ],
      [[LTE_M, 120, 0]],
      [
        [LTE_M, 60, 26201],
        [GSM, 60, 0],
      ],
      [[NB_IOT, 120, 0]],
      [
        [LTE_M, 60, 26201],
        [NB_IOT, 60, 0],
      ],
    ]);
  });

  test.each([[[LTE]], [[LTE_M, NB_IOT]], [[LTE_M, NB_IOT, GSM]], [[LTE_M, NB_IOT, GSM, LTE]]])(
    'at the longest pause gives each of %j its turn of 120 s, and the known one a share of three turns in four',
    (technologies) => {
      const own = technologies[0] as number;
      const known = german({ step: 9, technology: own });
      const turns = Array.from({ length: 16 }, (_, index) =>
        steps(planSession(known, at(index * 6 * HOUR, { technologies }))),
      );
      const alone = turns.filter((turn) => turn.length === 1).map(([search]) => search);
      expect(alone).toHaveLength(8);
      expect(alone).toEqual(expect.arrayContaining(technologies.map((technology) => [technology, 120, 0])));
      const withOwn = turns.filter((turn) => turn.some(([technology]) => technology === own));
      expect(withOwn.length).toBeGreaterThanOrEqual(12);
    },
  );

  test('where the last try was 50 km away, on any network of a technology alone, whatever the step', () => {
    for (const step of [1, 2, 3, 9]) {
      const away = german({ step, latE2: 5200, lonE2: 1300 });
      const here = { latE5: 5_200_000, lonE5: 1_400_000 };
      const plans = [10, 11, 12, 13].map((hour) => steps(planSession(away, at(hour * HOUR, here))));
      expect(plans).toEqual([[[LTE_M, 120, 0]], [[GSM, 120, 0]], [[LTE_M, 120, 0]], [[NB_IOT, 120, 0]]]);
    }
  });

  test('once after a day without any network for 400 s', () => {
    const long = planSession(german({ step: 8 }), at(26 * HOUR));
    expect(long.searches.reduce((sum, { withinS }) => sum + withinS, 0)).toBeCloseTo(400, -1);
  });
});

describe('the battery', () => {
  const technologies = (millivolts: number | null, changes: Partial<Situation> = {}) => {
    const plan = planSession(german(), at(0, { batteryMillivolts: millivolts, ...changes }));
    return plan.heldBack === OK ? plan.searches.map(({ technology }) => technology) : plan.heldBack;
  };

  test('below 3.6 V keeps 2G off the air, and below 3.5 V every radio', () => {
    expect(technologies(3599)).toEqual([LTE_M, LTE_M, NB_IOT]);
    expect(technologies(3599, { technologies: [LTE, GSM] })).toEqual([LTE]);
    expect(technologies(3599, { technologies: [GSM] })).toBe(BATTERY_LOW);
    expect(technologies(3499)).toBe(BATTERY_LOW);
  });

  test('of which nothing is known holds nothing back', () => {
    expect(technologies(null, { technologies: [GSM] })).toEqual([GSM]);
  });
});

describe('the allowances', () => {
  test('a session waits until there is enough left for a search', () => {
    expect(planSession(german({ searchedS: 871 }), at(0)).heldBack).toBe(UPLINK_HELD_BACK);
    expect(steps(planSession(german({ searchedS: 870 }), at(0)))).toEqual([[LTE_M, 30, 26201]]);
    expect(planSession(german({ step: 2, searchedS: 781 }), at(0)).heldBack).toBe(UPLINK_HELD_BACK);
    expect(planSession(german({ step: 2, searchedS: 781 }), at(HOUR)).heldBack).toBe(OK);
  });

  test('an alarm takes what is left', () => {
    const plan = planSession(german({ step: 3, searchedS: 860 }), at(0, { alarm: true }));
    expect(steps(plan)).toEqual([[LTE_M, 40, 26201]]);
  });

  test('bytes are limited in a session and in a day', () => {
    expect(planSession(german(), at(0)).mostKb).toBe(64);
    expect(planSession(german({ sentKb: 230 }), at(0)).mostKb).toBe(26);
    expect(planSession(german({ sentKb: 253 }), at(0)).heldBack).toBe(UPLINK_HELD_BACK);
    expect(historyAfter(german(), at(0), registered(26201, { bytes: 1025 }), OK).sentKb).toBe(2);
  });

  test('a power cut gives nothing back, and takes nothing away from later hours', () => {
    const before = german({ dayH: 500, searchedS: 900, sentKb: 256 });
    const plan = planSession(before, at(60));
    expect(plan.heldBack).toBe(UPLINK_HELD_BACK);
    const rebooted = historyAfter(before, at(60), report(), UPLINK_HELD_BACK);
    expect(rebooted).toMatchObject({ dayH: 0, searchedS: 900, sentKb: 256 });
    expect(planSession(rebooted, at(4 * HOUR)).heldBack).toBe(OK);
  });

  test('a session that was held back waits an hour, and counts neither as tried nor as searched', () => {
    const place = { latE5: 5_000_000, lonE5: 800_000 };
    const after = historyAfter(german(), at(HOUR, place), registered(25001), UPLINK_HELD_BACK);
    expect(after).toEqual(german({ step: 3, dayH: 1 }));
    expect(historyAfter(german({ step: 5 }), at(HOUR), report(), BATTERY_LOW).step).toBe(6);
  });
});

describe('the back-off', () => {
  test('goes one step up with each failure, ends at nine, and begins anew with a session that delivers', () => {
    let now = german();
    const climbed = Array.from({ length: 11 }, (_, hour) => {
      now = historyAfter(now, at(hour * 6 * HOUR), report({ searchedS: 120 }), NO_NETWORK);
      return now.step;
    });
    expect(climbed).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]);
    expect(historyAfter(now, at(3 * DAY), registered(26201), OK).step).toBe(0);
  });

  test('begins anew in another country, though not with another network of the same', () => {
    const failed = german({ step: 7 });
    expect(historyAfter(failed, at(0), registered(26001), MQTT_REFUSED).step).toBe(1);
    expect(historyAfter(failed, at(0), registered(26202), MQTT_REFUSED).step).toBe(8);
  });

  test('begins anew 50 km from the last try', () => {
    const failed = german({ step: 7, latE2: 4525, lonE2: 8248 });
    expect(
      historyAfter(failed, at(0, { latE5: 4_525_000, lonE5: 8_200_000 }), report(), NO_NETWORK).step,
    ).toBe(8);
    const moved = historyAfter(failed, at(0, { latE5: 4_525_000, lonE5: 8_180_000 }), report(), NO_NETWORK);
    expect(moved).toMatchObject({ step: 1, latE2: 4525, lonE2: 8180 });
  });

  test('goes to the longest pause where every network refuses the SIM, and leaves it with a registration', () => {
    const denied = historyAfter(german(), at(0), report({ searchedS: 90 }), REGISTRATION_DENIED);
    expect(denied.step).toBe(DENIED);
    const moved = at(6 * HOUR, { latE5: 0, lonE5: 0 });
    expect(historyAfter({ ...denied, latE2: 5000, lonE2: 800 }, moved, report(), NO_NETWORK).step).toBe(11);
    expect(historyAfter(denied, at(6 * HOUR), registered(26001), MQTT_REFUSED).step).toBe(1);
    expect(historyAfter(denied, at(6 * HOUR), registered(26001), OK).step).toBe(0);
  });
});

describe('the list of forbidden networks', () => {
  test('is cleared in the try after a refusal by all, and then once in four tries', () => {
    let now = historyAfter(german(), at(0), report(), REGISTRATION_DENIED);
    const cleared = Array.from({ length: 9 }, (_, index) => {
      const when = at((index + 1) * 6 * HOUR);
      const { clearForbidden } = planSession(now, when);
      now = historyAfter(now, when, report(), REGISTRATION_DENIED);
      return clearForbidden;
    });
    expect(cleared).toEqual([true, false, false, false, true, false, false, false, true]);
  });

  test('is cleared once a day where a failing tracker has come 50 km on', () => {
    const failed = german({ step: 3, dayH: 22, latE2: 4525, lonE2: 8248 });
    const there = { latE5: 4_525_000, lonE5: 8_100_000 };
    expect(planSession(failed, at(25 * HOUR, there)).clearForbidden).toBe(true);
    expect(planSession(failed, at(23 * HOUR, there)).clearForbidden).toBe(false);
    expect(planSession(failed, at(25 * HOUR)).clearForbidden).toBe(false);
    expect(planSession({ ...failed, step: 0 }, at(25 * HOUR, there)).clearForbidden).toBe(false);
  });
});

describe('a country that refuses data at first', () => {
  const kazakh = history({ technology: GSM, network: 40101 });
  const entered = historyAfter(kazakh, at(10 * HOUR), registered(25001), NO_DATA_CONTEXT);

  test('is remembered with the hour of the first refusal', () => {
    expect(entered).toMatchObject({ barredH: 10, network: 25001, step: 1, rung: 0 });
    const again = historyAfter(entered, at(16 * HOUR), registered(25001), APN_REFUSED);
    expect(again).toMatchObject({ barredH: 10, rung: 0 });
    expect(historyAfter(again, at(2 * HOUR), report(), NO_NETWORK).barredH).toBe(2);
  });

  test('is registered in at every try, by another network first every other time', () => {
    const searches = [2, 3].map((step) => steps(planSession({ ...entered, step }, at(11 * HOUR))));
    expect(searches).toEqual([
      [
        [NB_IOT, 60, 0],
        [GSM, 60, 25001],
      ],
      [
        [GSM, 60, 25001],
        [LTE_M, 60, 0],
      ],
    ]);
  });

  test('is not tried again sooner for being 50 km further', () => {
    expect(movedFar({ ...entered, latE2: 5500, lonE2: 6500 }, 5_500_000, 6_800_000)).toBe(false);
  });

  test('is forgotten when data passes, and in the next country', () => {
    expect(historyAfter(entered, at(34 * HOUR), registered(25001), OK).barredH).toBeNull();
    expect(historyAfter(entered, at(34 * HOUR), registered(25701), MQTT_REFUSED).barredH).toBeNull();
    expect(historyAfter(entered, at(34 * HOUR), registered(25701), NO_DATA_CONTEXT).barredH).toBe(34);
  });

  test('is none where data has passed before: then the modem may be stuck', () => {
    const worked = history({ technology: GSM, network: 25001, step: 1 });
    const refused = historyAfter(worked, at(0), registered(25001), NO_DATA_CONTEXT);
    expect(refused).toMatchObject({ barredH: null, rung: 1 });
  });
});

describe('the recovery ladder', () => {
  const rungAfter = (before: Partial<RadioHistory>, fault: number, met = report()) =>
    historyAfter(german(before), at(0), met, fault).rung;

  test('begins a rung higher after what looks like a stuck modem, up to the supply and no further', () => {
    expect(rungAfter({ rung: 0 }, MODEM_SILENT)).toBe(1);
    expect(rungAfter({ rung: 5 }, MODEM_SILENT)).toBe(5);
    expect(rungAfter({ step: 0 }, STREAM_STALLED, registered(26201))).toBe(0);
    expect(rungAfter({ step: 1 }, STREAM_STALLED, registered(26201))).toBe(1);
    expect(planSession(german({ rung: 4 }), at(0)).rung).toBe(4);
  });

  test('does so for a network that stays away, where there was one', () => {
    expect(rungAfter({ step: 3 }, NO_NETWORK)).toBe(0);
    expect(rungAfter({ step: 4 }, NO_NETWORK)).toBe(1);
    expect(rungAfter({ step: 4, network: 0 }, NO_NETWORK)).toBe(0);
  });

  test('begins at the ground after a success, and after any session in which the modem registered', () => {
    expect(rungAfter({ rung: 4 }, OK, registered(26201))).toBe(0);
    expect(rungAfter({ rung: 4 }, MQTT_REFUSED, registered(26201))).toBe(0);
    expect(rungAfter({ rung: 4 }, UPLINK_HELD_BACK, registered(26201))).toBe(4);
  });
});

describe('what stands in the journal', () => {
  test('is the last registration, and keeps it over sessions that found nothing', () => {
    const met = historyAfter(history(), at(HOUR), registered(40101), OK);
    expect(met).toMatchObject({
      technology: GSM,
      network: 40101,
      rssiDbm: -85,
      sim: 4711,
      searchedS: 20,
      dayH: 1,
    });
    const lost = historyAfter(met, at(2 * HOUR), report({ searchedS: 300 }), NO_NETWORK);
    expect(lost).toMatchObject({ technology: GSM, network: 40101, rssiDbm: -85, sim: 4711, searchedS: 300 });
  });

  test('a PIN that was refused is not tried again until there is another SIM', () => {
    const refused = historyAfter(history({ sim: 4711 }), at(0), report(), SIM_PIN_WRONG);
    expect(refused).toMatchObject({ sim: 4711, pinRefused: 1 });
    expect(historyAfter(refused, at(0), report({ sim: 4711 }), NO_NETWORK).pinRefused).toBe(1);
    expect(historyAfter(refused, at(0), report({ sim: 12 }), NO_NETWORK)).toMatchObject({
      sim: 12,
      pinRefused: 0,
    });
    expect(historyAfter(refused, at(0), report({ sim: 12 }), SIM_PIN_WRONG)).toMatchObject({
      sim: 12,
      pinRefused: 1,
    });
  });
});

describe('50 km', () => {
  const dostyk = history({ latE2: 4525, lonE2: 8248 });

  test('are measured on the globe: a degree of longitude is shorter in the north', () => {
    expect(movedFar(dostyk, 4_569_000, 8_248_000)).toBe(false);
    expect(movedFar(dostyk, 4_571_000, 8_248_000)).toBe(true);
    expect(movedFar(dostyk, 4_525_000, 8_311_000)).toBe(false);
    expect(movedFar(dostyk, 4_525_000, 8_313_000)).toBe(true);
    expect(movedFar(history({ latE2: 0, lonE2: 17990 }), 0, -17_990_000)).toBe(false);
  });

  test('cannot be told without a position', () => {
    expect(movedFar(dostyk, null, null)).toBe(false);
    expect(movedFar(history(), 4_525_000, 8_248_000)).toBe(false);
  });
});
