import { describe, expect, test } from 'vitest';
import type { TruthEvent } from '../world/truth.ts';
import { type AlarmRecord, harmAccount } from './harm.ts';

const clock = { departure: '2026-07-04T06:00:00Z', intervalS: 600 };
const deed = (kind: TruthEvent['kind'], fromHour: number, toHour: number): TruthEvent => ({
  kind,
  fromHour,
  toHour,
  what: kind,
  where: 'Dostyk',
});
const door = deed('door-open', 22, 22.5);
const defrost = deed('defrost', 28, 28.4);
const cut = deed('power-off', 30, 44);
const wrong = deed('set-point', 70, 106);
const truth = [door, defrost, cut, wrong];

let seq = 0;
const record = (changes: Partial<AlarmRecord>): AlarmRecord => ({
  seq: ++seq,
  atHour: 0,
  raised: true,
  kind: 'too-warm',
  rule: 0,
  place: 'return',
  valueC: -13,
  limitC: -15,
  seconds: 3600,
  degreeMinutes: 120,
  extremeC: -12.5,
  ...changes,
});
const causeOf = (changes: Partial<AlarmRecord>, done = truth) =>
  harmAccount(done, [record(changes)], clock).alarms[0]?.cause;

describe('the cause of an alarm', () => {
  test('is what went on when its excursion began, not when it was raised', () => {
    expect(causeOf({ atHour: 23.2, seconds: 3600 })).toBe(door);
    expect(causeOf({ atHour: 46, seconds: 4 * 3600 })).toBe(cut);
  });

  test('may have ended up to six hours before, and no more', () => {
    expect(causeOf({ atHour: 50, seconds: 3600 })).toBe(cut);
    expect(causeOf({ atHour: 51.1, seconds: 3600 })).toBeUndefined();
    expect(causeOf({ atHour: 113.1, seconds: 3600 })).toBeUndefined();
  });

  test('may have begun within the reading before the one that saw it', () => {
    expect(causeOf({ atHour: 70.9, seconds: 3600 })).toBe(wrong);
    expect(causeOf({ atHour: 70.8, seconds: 3600 })).toBeUndefined();
  });

  test('is a defrost only when nothing else explains it, in it or up to six hours before', () => {
    expect(causeOf({ atHour: 28.3, seconds: 600 })).toBe(door);
    expect(causeOf({ atHour: 28.3, seconds: 600 }, [defrost, cut])).toBe(defrost);
    expect(causeOf({ atHour: 29.5, seconds: 600 }, [defrost, cut])).toBe(defrost);
    expect(causeOf({ atHour: 80.3, seconds: 600 }, [wrong, deed('defrost', 80, 80.4)])).toBe(wrong);
  });

  test('is what went on rather than what had ended, and the last of several to begin', () => {
    const inspected = deed('door-open', 80, 80.3);
    expect(causeOf({ atHour: 31, seconds: 1800 }, [deed('door-open', 26, 29), cut])).toBe(cut);
    expect(causeOf({ atHour: 81, seconds: 3000 }, [wrong, inspected])).toBe(inspected);
    expect(
      causeOf({ atHour: 90, seconds: 600 }, [deed('power-off', 80, 86), deed('door-open', 84, 85)]),
    ).toEqual(deed('power-off', 80, 86));
  });

  test('of a sum over several excursions is what went on when it was full', () => {
    expect(causeOf({ atHour: 40, seconds: 17 * 3600, isSum: true })).toBe(cut);
    expect(causeOf({ atHour: 40, seconds: 17 * 3600 })).toBe(door);
  });
});

describe('the account', () => {
  const records = [
    record({ atHour: 23.2, seconds: 3600 }),
    record({ atHour: 24.5, raised: false, seconds: 8280, degreeMinutes: 700, extremeC: -3.5 }),
    record({ atHour: 32, place: 'cargo 1', seconds: 3600, valueC: null, extremeC: null }),
    record({ atHour: 60, seconds: 3600 }),
    record({ atHour: 61, rule: 1, kind: 'too-cold', raised: false }),
  ];
  const account = harmAccount(truth, records, clock);
  const [first, second, third] = account.alarms;

  test('has a row for each alarm, with the numbers of its end where it has ended', () => {
    expect(account.alarms).toHaveLength(3);
    expect(first).toMatchObject({
      atHour: 23.2,
      endedAtHour: 24.5,
      kind: 'too-warm',
      place: 'return',
      valueC: -13,
      limitC: -15,
      seconds: 8280,
      degreeMinutes: 700,
      extremeC: -3.5,
    });
    expect(first?.sinceHour).toBeCloseTo(22.2, 9);
    expect(second).toMatchObject({ endedAtHour: undefined, seconds: 3600, valueC: null });
  });

  test('says for each thing done which alarm was the first to tell of it', () => {
    expect(account.events.map(({ event, alarm }) => [event, alarm?.seq])).toEqual([
      [door, first?.seq],
      [defrost, undefined],
      [cut, second?.seq],
      [wrong, undefined],
    ]);
  });

  test('calls an alarm false that nothing explains, or a defrost alone, but not one that does not end', () => {
    expect(account.falseAlarms).toEqual([third]);
    const falseFor = (event: TruthEvent) =>
      harmAccount([event], [record({ atHour: 28.3, seconds: 600 })], clock).falseAlarms;
    expect(falseFor(defrost)).toHaveLength(1);
    expect(falseFor(deed('defrost-fault', 28, 31))).toEqual([]);
  });

  test('counts ends whose alarm is missing', () => {
    expect(account.strayEnds).toBe(1);
  });

  test('goes by seq, whatever the order of the records', () => {
    expect(harmAccount(truth, records.toReversed(), clock)).toEqual(account);
  });

  test('ends an alarm once: a second one of its rule and place has an end of its own', () => {
    const twice = [
      record({ atHour: 23 }),
      record({ atHour: 24, raised: false }),
      record({ atHour: 31.5 }),
      record({ atHour: 45, raised: false }),
    ];
    const { alarms, strayEnds } = harmAccount(truth, twice, clock);
    expect(alarms.map(({ endedAtHour }) => endedAtHour)).toEqual([24, 45]);
    expect(strayEnds).toBe(0);
  });

  test('of a ride without alarms and without deeds is empty', () => {
    const nothing = { alarms: [], events: [], falseAlarms: [], strayEnds: 0 };
    expect(harmAccount([], [], clock)).toEqual({ departure: clock.departure, ...nothing });
  });
});
