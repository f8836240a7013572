import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { type Cable, Max31865 } from '../../tools/sim/chips/max31865.ts';
import type { SensorFault } from '../../tools/sim/chips/sensor-faults.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import { mockClock } from '../mock/clock.ts';
import { mockSpi } from '../mock/spi.ts';
import type { Climate } from '../thermo-hygrometer.ts';
import { max31865, pt1000MilliC } from './max31865.ts';

/** One code is 4300 ohm / 32768 = 0.131 ohm, and a PT1000 has 3.79 to 4.06 ohm a degree between -50 and 100 C. */
const HALF_A_CODE_MILLI_C = 18;
const failure = (reason: string) => ({ tempMilliC: null, humidityMilliPct: null, failure: reason });

/** Until the first measurement is over. */
const untilUs = 1_000_000;

function bench(
  celsius: () => number,
  wires: 2 | 3 | 4 = 4,
  leadOhm = 0,
  faults: readonly SensorFault[] = [],
) {
  const kernel = new Kernel();
  const air = () => ({ celsius: celsius() });
  const chip = new Max31865({ kernel, air, wires, leadOhm, faults });
  const written: number[][] = [];
  const spi = {
    transfer: (bytes: readonly number[]) => {
      if (bytes[0] & 0x80) written.push([...bytes]);
      return chip.transfer(Uint8Array.from(bytes));
    },
  };
  const sensor = max31865(spi, kernelClock(kernel), { wires });
  const measure = async (): Promise<Climate> => {
    const climates: Climate[] = [];
    const startUs = kernel.nowUs;
    let isInside = true;
    sensor.measure((climate) => {
      expect(isInside).toBe(false);
      expect(kernel.nowUs - startUs).toBeLessThanOrEqual(100_000);
      climates.push(climate);
    });
    isInside = false;
    await kernel.run(kernel.nowUs + 1e6);
    expect(climates).toHaveLength(1);
    return climates[0];
  };
  const register = (index: number): number => chip.transfer(Uint8Array.of(index, 0))[1];
  return { kernel, chip, written, measure, register };
}

describe('the PT1000 of IEC 60751', () => {
  // Table 1 of the standard, times ten; -200 and 850 C are the ends of the equations.
  it.each([
    [185.2, -200],
    [602.56, -100],
    [763.28, -60],
    [803.06, -50],
    [842.71, -40],
    [882.22, -30],
    [921.6, -20],
    [960.86, -10],
    [1000, 0],
    [1039.03, 10],
    [1077.94, 20],
    [1385.06, 100],
    [3904.81, 850],
  ])('has %f ohm at %i C', (ohm, celsius) => {
    expect(Math.abs(pt1000MilliC(ohm) - celsius * 1000)).toBeLessThanOrEqual(10);
  });

  it('goes on without a step at 0 C', () => {
    expect(pt1000MilliC(999.999)).toBe(0);
    expect(pt1000MilliC(999.996)).toBe(-1);
    expect(pt1000MilliC(1000.004)).toBe(1);
  });
});

describe('the MAX31865 driver', () => {
  it.each([-50, -40, -20, -0.01, 0, 4.25, 30, 100])('measures %f C to half a code', async (celsius) => {
    const { tempMilliC, humidityMilliPct, failure } = await bench(() => celsius).measure();
    expect(Math.abs((tempMilliC ?? Number.NaN) - celsius * 1000)).toBeLessThanOrEqual(HALF_A_CODE_MILLI_C);
    expect([humidityMilliPct, failure]).toEqual([null, null]);
  });

  it('measures again and again, whatever the chip has kept', async () => {
    let celsius = -20;
    const { measure } = bench(() => celsius);
    for (celsius of [-20, 5, 30]) {
      const { tempMilliC } = await measure();
      expect(Math.abs((tempMilliC ?? Number.NaN) - celsius * 1000)).toBeLessThanOrEqual(HALF_A_CODE_MILLI_C);
    }
  });

  it('takes what a third wire tells out of the value, and cannot for two', async () => {
    const three = await bench(() => 5, 3, 2).measure();
    const four = await bench(() => 5, 4, 2).measure();
    const two = await bench(() => 5, 2, 2).measure();
    expect(Math.abs((three.tempMilliC ?? 0) - 5000)).toBeLessThanOrEqual(HALF_A_CODE_MILLI_C);
    expect(four.tempMilliC).toBe(three.tempMilliC);
    // Two leads of 2 ohm at 3.9 ohm a degree.
    expect(Math.abs((two.tempMilliC ?? 0) - 6026)).toBeLessThanOrEqual(HALF_A_CODE_MILLI_C + 10);
  });

  it.each<[Cable, string]>([
    ['open', 'absent'],
    ['short', 'range'],
    ['force-open', 'bus'],
    ['rtdin-low', 'bus'],
    ['overvoltage', 'bus'],
  ])('gives null and the reason when the cable is %s: %s', async (cable, reason) => {
    const { chip, measure } = bench(() => 5);
    chip.cable = cable;
    expect(await measure()).toEqual(failure(reason));
    chip.cable = 'sound';
    expect((await measure()).failure).toBeNull();
  });

  it.each([
    ['unplugged', 'absent'],
    ['stuck-low', 'bus'],
    ['bad-crc', 'check'],
  ] as const)('gives null and the reason when it is %s: %s', async (kind, reason) => {
    const { measure } = bench(() => 5, 4, 0, [{ kind, untilUs }]);
    expect(await measure()).toEqual(failure(reason));
    expect((await measure()).failure).toBeNull();
  });

  it('says that nobody answers where there is no chip', () => {
    const clock = mockClock();
    const climates: Climate[] = [];
    const spi = { transfer: (bytes: readonly number[]) => new Uint8Array(bytes.length).fill(0xff) };
    max31865(spi, clock, { wires: 4 }).measure((climate) => climates.push(climate));
    clock.advance(1);
    expect(climates).toEqual([failure('no-answer')]);
  });

  it('does not take a chip that lost its settings for one that measures', async () => {
    const { kernel, chip, measure } = bench(() => 5);
    kernel.after(50_000, () => chip.powerCycle());
    expect(await measure()).toEqual(failure('check'));
  });

  it('does not take a conversion that goes on for a value', () => {
    const clock = mockClock();
    const spi = mockSpi();
    const climates: Climate[] = [];
    max31865(spi, clock, { wires: 4 }).measure((climate) => climates.push(climate));
    clock.advance(1);
    expect(climates).toEqual([failure('not-ready')]);
  });

  it('leaves the bias off and no fault behind', async () => {
    const { chip, measure, register } = bench(() => 5, 3);
    chip.cable = 'open';
    await measure();
    expect(register(0)).toBe(0x11);
    expect(register(7)).toBe(0);
  });

  it('sets bias, filter and wires, checks the wiring, and converts', async () => {
    const { measure, written } = bench(() => 5, 3);
    await measure();
    expect(written).toEqual([
      // 2000 ohm is code 15241 of 32768, 500 ohm code 3810, both one bit to the left.
      [0x83, 0x77, 0x12, 0x1d, 0xc4],
      [0x80, 0x93],
      [0x80, 0x95],
      [0x80, 0xb1],
      [0x80, 0x13],
    ]);
  });
});
