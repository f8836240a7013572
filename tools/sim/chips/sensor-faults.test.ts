import { describe, expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import { type SensorFault, SensorFaults } from './sensor-faults.ts';

const S_US = 1_000_000;
const HOUR_US = 3600 * S_US;

function bench(...faults: SensorFault[]) {
  const kernel = new Kernel();
  const subject = new SensorFaults(kernel, faults);
  /** What the sensor makes of the air at a time of the ride. */
  const senseAt = async (hours: number, celsius: number, humidityPct = 65) => {
    await kernel.run(hours * HOUR_US);
    return subject.sense({ celsius, humidityPct });
  };
  return { kernel, subject, senseAt };
}

describe('the faults of a sensor', () => {
  it('begin and end at their times, the end not included', async () => {
    const { kernel, subject } = bench({ kind: 'unplugged', fromUs: 10, untilUs: 20 });
    const seen: boolean[] = [];
    for (const us of [9, 10, 19, 20]) {
      await kernel.run(us);
      seen.push(subject.has('unplugged'));
    }
    expect(seen).toEqual([false, true, true, false]);
  });

  it('leave the air as it is when there are none', async () => {
    const air = { celsius: -18.123, humidityPct: 71.5 };
    expect(new SensorFaults(new Kernel()).sense(air)).toEqual(air);
  });

  it('let go of SDA after so many pulses, and hold it again when they come again', async () => {
    const { kernel, subject } = bench(
      { kind: 'stuck-low', pulses: 2, untilUs: 50 },
      { kind: 'stuck-low', fromUs: 100 },
    );
    subject.clockPulse();
    expect(subject.holdsSda()).toBe(true);
    subject.clockPulse();
    expect(subject.holdsSda()).toBe(false);
    await kernel.run(100);
    for (let i = 0; i < 100; i++) subject.clockPulse();
    expect(subject.holdsSda()).toBe(true);
  });

  it('freeze the first value where there was none before', async () => {
    const { senseAt } = bench({ kind: 'frozen', untilUs: 2 * HOUR_US });
    expect(await senseAt(0.5, 4)).toEqual({ celsius: 4, humidityPct: 65 });
    expect(await senseAt(1, 12, 90)).toEqual({ celsius: 4, humidityPct: 65 });
    expect(await senseAt(2, 12, 90)).toEqual({ celsius: 12, humidityPct: 90 });
  });

  it('drift by 30 days a month, from where they begin', async () => {
    const { senseAt } = bench({ kind: 'drift', kelvinPerMonth: -0.3, fromUs: 240 * HOUR_US });
    expect((await senseAt(240, 4)).celsius).toBe(4);
    expect((await senseAt(240 + 720, 4)).celsius).toBeCloseTo(3.7, 9);
  });

  it('are the same for the same seed', async () => {
    const noise: SensorFault = { kind: 'noise', kelvin: 0.2, seed: 3 };
    const values = async (fault: SensorFault) => {
      const { senseAt } = bench(fault);
      return [await senseAt(1, 4), await senseAt(2, 4)];
    };
    expect(await values(noise)).toEqual(await values(noise));
    expect(await values(noise)).not.toEqual(await values({ ...noise, seed: 4 }));
  });

  it('come together: a probe in ice whose converter drifts', async () => {
    const { senseAt } = bench(
      { kind: 'ice', meltsAfterKelvinHours: 100 },
      { kind: 'drift', kelvinPerMonth: 1 },
    );
    expect((await senseAt(0, 5)).celsius).toBe(0);
    expect((await senseAt(720 / 60, 5)).celsius).toBeCloseTo(1 / 60, 9);
  });
});

describe('ice', () => {
  it('makes an air probe five times as slow below 0 C: two thirds of a step after eight minutes more', async () => {
    const { senseAt } = bench({ kind: 'ice', fromUs: HOUR_US });
    await senseAt(0.99, -30);
    await senseAt(1, -30);
    const { celsius, humidityPct } = await senseAt(1 + 480 / 3600, -20);
    // -30 + 10 (1 - 1/e)
    expect(celsius).toBeCloseTo(-23.6788, 3);
    expect(humidityPct).toBe(100);
  });

  it('keeps the sensor at 0 C until the air has melted it, and does not come back', async () => {
    const { senseAt } = bench({ kind: 'ice', meltsAfterKelvinHours: 4 });
    await senseAt(0, -5);
    expect((await senseAt(0.2, 10)).celsius).toBeCloseTo(0, 9);
    expect((await senseAt(0.39, 10)).celsius).toBe(0);
    expect((await senseAt(0.41, 10)).celsius).toBe(10);
    expect((await senseAt(1, -5)).celsius).toBe(-5);
  });
});
