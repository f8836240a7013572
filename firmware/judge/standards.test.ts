import { describe, expect, test } from 'vitest';
import { RETURN, SUPPLY } from '../../hal/probe.ts';
import { ATP_FROZEN, FREEZE, PROBE_1, USP_ROOM, WHO_II } from './testing/standards.ts';
import { Trip } from './testing/trip.ts';

const cargo = (tempC: number | null) => ({ [PROBE_1]: tempC });

describe('WHO type II', () => {
  test('an hour at 45.0 C is an alarm, at 44.9 C it is not', () => {
    const trip = new Trip(WHO_II);
    expect(trip.steady(0, 50, 10, cargo(45))).toEqual([]);
    expect(trip.read(60, cargo(45))).toEqual([
      {
        rule: 0,
        kind: 8,
        raised: true,
        place: PROBE_1,
        valueMilliC: 45_000,
        limitMilliC: 45_000,
        seconds: 3600,
        degreeMinutes: 0,
        extremeMilliC: 45_000,
      },
    ]);
    expect(trip.steady(70, 100, 10, cargo(45))).toEqual([]);
    expect(new Trip(WHO_II).steady(0, 590, 10, cargo(44.9))).toEqual([]);
  });

  test('45 C that is left within the hour is none; 44.6 C is not yet left, 44.5 C is', () => {
    const trip = new Trip(WHO_II);
    expect(trip.steady(0, 50, 10, cargo(45))).toEqual([]);
    expect(trip.steady(60, 60, 10, cargo(44.5))).toEqual([]);
    expect(trip.steady(70, 120, 10, cargo(45))).toEqual([]);
    // Outside from 70 to 120; it goes on at 140, and ten minutes are missing.
    expect(trip.steady(130, 130, 10, cargo(44.6))).toEqual([]);
    expect(trip.steady(140, 170, 10, cargo(46))).toEqual(['150 +0']);
    expect(trip.read(180, cargo(44.5))).toMatchObject([
      {
        rule: 0,
        raised: false,
        valueMilliC: 44_500,
        seconds: 4800,
        extremeMilliC: 46_000,
        degreeMinutes: 30,
      },
    ]);
  });

  test('ten hours at 30.0 C add up over the journey, and are told once', () => {
    const trip = new Trip(WHO_II);
    expect(trip.steady(0, 240, 15, cargo(30))).toEqual([]);
    expect(trip.steady(255, 480, 15, cargo(5))).toEqual([]);
    expect(trip.steady(495, 735, 15, cargo(30))).toEqual([]);
    expect(trip.steady(750, 1440, 15, cargo(9.9))).toEqual([]);
    expect(trip.steady(1455, 1575, 15, cargo(30))).toEqual(['1575 +1']);
    expect(trip.steady(1590, 1635, 15, cargo(31))).toEqual([]);
    expect(trip.steady(1650, 1665, 15, cargo(5))).toEqual([]);
  });

  test('29.9 C does not count to the ten hours, but to the twenty above 10 C', () => {
    const trip = new Trip(WHO_II);
    expect(trip.steady(0, 1185, 15, cargo(29.9))).toEqual([]);
    expect(trip.read(1200, cargo(29.9))).toMatchObject([
      { rule: 2, raised: true, seconds: 72_000, degreeMinutes: 23_880, extremeMilliC: 29_900 },
    ]);
    expect(trip.steady(1215, 3000, 15, cargo(29.9))).toEqual([]);
    expect(new Trip(WHO_II).steady(0, 3000, 15, cargo(9.9))).toEqual([]);
  });

  test('a power cut and a clock that goes back cost their interval and nothing else', () => {
    const trip = new Trip(WHO_II);
    expect(trip.steady(0, 30, 10, cargo(45))).toEqual([]);
    trip.powerCut();
    expect(trip.steady(100, 110, 10, cargo(45))).toEqual([]);
    // 30 + 10 min so far. The same power-on, and half an hour earlier than before.
    expect(trip.steady(80, 90, 10, cargo(45))).toEqual([]);
    expect(trip.steady(100, 100, 10, cargo(45))).toEqual(['100 +0']);
  });

  test('of a leap of the clock an hour counts', () => {
    const trip = new Trip(WHO_II);
    expect(trip.steady(0, 0, 10, cargo(31))).toEqual([]);
    expect(trip.steady(100_000, 100_525, 15, cargo(31))).toEqual([]);
    expect(trip.steady(100_540, 100_540, 15, cargo(31))).toEqual(['100540 +1']);
  });
});

describe('ATP, quick-frozen', () => {
  const air = (tempC: number | null) => ({ [RETURN]: tempC, [PROBE_1]: -20 });

  test('-18.0 C is allowed for ever, -17.9 C for less than the short time', () => {
    expect(new Trip(ATP_FROZEN).steady(0, 6000, 10, air(-18))).toEqual([]);
    const trip = new Trip(ATP_FROZEN);
    expect(trip.steady(0, 20, 10, air(-17.9))).toEqual([]);
    expect(trip.read(30, air(-17.9))).toMatchObject([
      { raised: true, place: RETURN, limitMilliC: -18_000, seconds: 1800, degreeMinutes: 3 },
    ]);
    expect(trip.steady(40, 60, 10, air(-18.4))).toEqual([]);
    expect(trip.steady(70, 80, 10, air(-18.5))).toEqual(['70 -0']);
  });

  test('in a defrost the return air may have -15.0 C, and -14.9 C is outside', () => {
    expect(new Trip(ATP_FROZEN).steady(0, 50, 10, air(-15), true)).toEqual([]);
    const trip = new Trip(ATP_FROZEN);
    expect(trip.steady(0, 20, 10, air(-14.9), true)).toEqual([]);
    expect(trip.read(30, air(-14.9), true)).toMatchObject([
      { limitMilliC: -15_000, valueMilliC: -14_900, seconds: 1800, degreeMinutes: 3, extremeMilliC: -14_900 },
    ]);
  });

  test('the cargo has no grace', () => {
    const trip = new Trip(ATP_FROZEN);
    expect(trip.steady(0, 30, 10, { [RETURN]: -15, [PROBE_1]: -17.9 }, true)).toEqual(['30 +0']);
  });

  test('a defrost that does not end has an effect for less than 60 min', () => {
    const trip = new Trip(ATP_FROZEN);
    expect(trip.steady(0, 80, 10, air(-15), true)).toEqual([]);
    expect(trip.steady(90, 90, 10, air(-15), true)).toEqual(['90 +0']);
    // Off for one reading, it may come again.
    const twice = new Trip(ATP_FROZEN);
    expect(twice.steady(0, 80, 10, air(-15), true)).toEqual([]);
    expect(twice.steady(85, 85, 10, air(-18.5))).toEqual([]);
    expect(twice.steady(90, 145, 5, air(-15), true)).toEqual([]);
    expect(twice.steady(150, 180, 10, air(-15), true)).toEqual(['180 +0']);
  });

  test('a defrost neither starts, counts nor ends an event', () => {
    const trip = new Trip(ATP_FROZEN);
    expect(trip.steady(0, 20, 10, air(-17))).toEqual([]);
    expect(trip.steady(30, 60, 10, air(-16), true)).toEqual([]);
    expect(trip.steady(70, 70, 10, air(-17))).toEqual([]);
    expect(trip.steady(80, 80, 10, air(-17))).toEqual(['80 +0']);
    expect(trip.steady(90, 110, 10, air(-17), true)).toEqual([]);
    expect(trip.steady(120, 120, 10, air(-18.5), true)).toEqual(['120 -0']);
  });

  test('a power cut does not make a defrost younger', () => {
    const trip = new Trip(ATP_FROZEN);
    expect(trip.steady(0, 40, 10, air(-15), true)).toEqual([]);
    trip.powerCut();
    // 40 min until the cut, 20 behind it; outside from there on.
    expect(trip.steady(0, 40, 10, air(-15), true)).toEqual([]);
    expect(trip.steady(50, 50, 10, air(-15), true)).toEqual(['50 +0']);
  });
});

describe('USP, controlled room temperature', () => {
  const HOUR = 60;
  const DAY = 24 * HOUR;

  test('15.0 and 40.0 C are allowed, 14.9 and 40.1 C are alarms at once', () => {
    const trip = new Trip(USP_ROOM);
    expect(trip.steady(0, HOUR, 10, cargo(15))).toEqual([]);
    expect(trip.read(70, cargo(14.9))).toMatchObject([{ rule: 2, raised: true, seconds: 0 }]);
    expect(trip.steady(80, 80, 10, cargo(15.5))).toEqual(['80 -2']);
    expect(trip.steady(90, 140, 10, cargo(40))).toEqual([]);
    expect(trip.read(150, cargo(40.1))).toMatchObject([{ rule: 0, raised: true, extremeMilliC: 40_100 }]);
  });

  test('30.1 C is allowed for less than a day, 30.0 C for longer', () => {
    const trip = new Trip(USP_ROOM);
    expect(trip.steady(0, DAY - 60, 60, cargo(30.1))).toEqual([]);
    expect(trip.steady(DAY, DAY, 60, cargo(30.1))).toEqual([`${DAY} +1`]);
    expect(new Trip(USP_ROOM).steady(0, 3 * DAY, 60, cargo(30))).toEqual([]);
  });

  test('a spike to 40 C for 23 h after 26 days at 20 C leaves the mean below 25 C', () => {
    const trip = new Trip(USP_ROOM);
    expect(trip.steady(0, 26 * DAY, 60, cargo(20))).toEqual([]);
    expect(trip.steady(26 * DAY + 60, 27 * DAY - 60, 60, cargo(40))).toEqual([]);
    expect(trip.steady(27 * DAY, 60 * DAY, 60, cargo(20))).toEqual([]);
  });

  /** Nine hours of 20 C and one of another temperature, again and again; the first alarm. */
  const tenHours = (spikeC: number) => {
    const trip = new Trip(USP_ROOM);
    for (let hour = 0; hour <= 40 * 24; hour++)
      for (const alarm of trip.read(hour * HOUR, cargo(hour % 10 === 0 ? spikeC : 20)))
        return { hour, alarm };
    return null;
  };

  test('one hour of 40 C in ten makes 25.058 C, an alarm once an eighth of 30 days is full; 39.8 C makes 24.968 C', () => {
    const first = tenHours(40);
    expect(first).toMatchObject({ hour: 90, alarm: { rule: 3, raised: true } });
    // Eighths are kept in steps that are 4.5 mK at the limit.
    expect(Math.abs((first?.alarm.valueMilliC ?? 0) - 25_058)).toBeLessThan(6);
    expect(tenHours(39.8)).toBeNull();
  });

  test('a mean of exactly 25 C is allowed, 25.1 C is not; and it ends 0.2 K below', () => {
    expect(new Trip(USP_ROOM).steady(0, 40 * DAY, 60, cargo(25))).toEqual([]);
    const trip = new Trip(USP_ROOM);
    expect(trip.steady(0, 89 * HOUR, 60, cargo(25.1))).toEqual([]);
    const [alarm] = trip.read(90 * HOUR, cargo(25.1));
    expect(alarm).toMatchObject({ rule: 3, kind: 4, raised: true, place: PROBE_1, seconds: 324_000 });
    expect(alarm.limitMilliC).toBe(25_000);
    expect(Math.abs(alarm.valueMilliC - 25_100)).toBeLessThan(6);
    expect(Math.abs(alarm.extremeMilliC - 25_100)).toBeLessThan(6);
    // 0.1 K for 90 h.
    expect(Math.abs(alarm.degreeMinutes - 540)).toBeLessThan(32);
    // After 7 hours of 20 C the mean is 24.812 C, after 8 it is 24.774 C.
    expect(trip.steady(91 * HOUR, 120 * HOUR, 60, cargo(20))).toEqual([`${98 * HOUR} -3`]);
  });

  test('hours without power weigh nothing', () => {
    const trip = new Trip(USP_ROOM);
    expect(trip.steady(0, 45 * HOUR, 60, cargo(26))).toEqual([]);
    trip.powerCut();
    expect(trip.steady(0, 44 * HOUR, 60, cargo(26))).toEqual([]);
    expect(trip.steady(45 * HOUR, 45 * HOUR, 60, cargo(26))).toEqual([`${45 * HOUR} +3`]);
  });
});

describe('the freeze alarm', () => {
  const air = (supplyC: number | null, cargoC: number | null = 4) => ({
    [SUPPLY]: supplyC,
    [PROBE_1]: cargoC,
  });

  test('an hour at -0.5 C is an alarm, at -0.4 C it is not', () => {
    expect(new Trip(FREEZE).steady(0, 6000, 10, air(-0.4))).toEqual([]);
    const trip = new Trip(FREEZE);
    expect(trip.steady(0, 50, 10, air(-0.5))).toEqual([]);
    expect(trip.steady(60, 60, 10, air(-0.5))).toEqual(['60 +0']);
    expect(trip.steady(70, 100, 10, air(-0.1))).toEqual([]);
    expect(trip.steady(110, 110, 10, air(0))).toEqual(['110 -0']);
  });

  test('power cuts in between do not end it', () => {
    const trip = new Trip(FREEZE);
    for (let boot = 0; boot < 5; boot++) {
      expect(trip.steady(0, 10, 10, air(-2))).toEqual([]);
      trip.powerCut();
    }
    expect(trip.steady(3, 3, 10, air(-3))).toEqual([]);
    expect(trip.read(13, air(-3))).toMatchObject([
      // Five times ten minutes 1.5 K below, and ten minutes 2.5 K below.
      { raised: true, seconds: 3600, degreeMinutes: 100, extremeMilliC: -3000 },
    ]);
  });
});
