import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { I2cLines } from '../../tools/sim/chips/i2c-device.ts';
import type { SensorFault } from '../../tools/sim/chips/sensor-faults.ts';
import { Sht3x } from '../../tools/sim/chips/sht3x.ts';
import { Sht4x } from '../../tools/sim/chips/sht4x.ts';
import { Tmp117 } from '../../tools/sim/chips/tmp117.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { Climate, ThermoHygrometer } from '../thermo-hygrometer.ts';
import { sht3x } from './sht3x.ts';
import { sht4x } from './sht4x.ts';
import { tmp117 } from './tmp117.ts';

const ADDRESS = 0x44;
const HOUR_US = 3_600_000_000;
const DAY_US = 24 * HOUR_US;

interface Around {
  readonly kernel: Kernel;
  readonly air: () => { celsius: number; humidityPct: number };
  readonly faults: readonly SensorFault[];
}

const chips = {
  sht4x: (around: Around) => new Sht4x({ ...around, serial: 1 }),
  sht3x: (around: Around) => new Sht3x({ ...around, serial: 1 }),
  tmp117: (around: Around) => new Tmp117(around),
};
const drivers: Record<Part, (bus: I2cBus, address: number, clock: Clock) => ThermoHygrometer> = {
  sht4x,
  sht3x,
  tmp117,
};
type Part = keyof typeof chips;
const parts: readonly Part[] = ['sht4x', 'sht3x', 'tmp117'];

/** A driver on its chip, in air of 4.25 C and 65 %, with a fault. */
class FaultBench {
  readonly kernel = new Kernel();
  readonly lines: I2cLines;
  readonly sensor: ThermoHygrometer;
  celsius = 4.25;

  constructor(part: Part, fault: SensorFault) {
    const { kernel } = this;
    const air = () => ({ celsius: this.celsius, humidityPct: 65 });
    this.lines = new I2cLines(new Map([[ADDRESS, chips[part]({ kernel, air, faults: [fault] })]]));
    const bus = {
      write: (address: number, bytes: readonly number[]) =>
        this.lines.devices.get(address)?.write(Uint8Array.from(bytes)) ?? false,
      read: (address: number, count: number) => this.lines.devices.get(address)?.read(count) ?? null,
      isStuck: () => !this.lines.sdaHigh,
    };
    this.sensor = drivers[part](bus, ADDRESS, kernelClock(kernel));
  }

  /** One measurement at a time of the ride; it has to end once, and within a second. */
  async at(hours: number): Promise<Climate> {
    await this.kernel.run(hours * HOUR_US);
    const climates: Climate[] = [];
    this.sensor.measure((climate) => climates.push(climate));
    expect(climates).toHaveLength(0);
    await this.kernel.run(this.kernel.nowUs + 1_000_000);
    await this.kernel.run(this.kernel.nowUs + 2_000_000);
    expect(climates).toHaveLength(1);
    return climates[0] as Climate;
  }

  async tempAt(hours: number): Promise<number> {
    const { tempMilliC, failure } = await this.at(hours);
    expect(failure).toBeNull();
    return tempMilliC as number;
  }
}

const between = { fromUs: HOUR_US, untilUs: 2 * HOUR_US } as const;

describe.each(parts)('the %s driver with a sensor that fails', (part) => {
  it.each([
    [{ kind: 'unplugged', ...between }, 'no-answer'],
    [{ kind: 'stuck-low', ...between }, 'bus'],
    [{ kind: 'bad-crc', ...between }, 'check'],
  ] satisfies [SensorFault, string][])(
    'by %o gives null and the reason, and measures before and after',
    async (fault, failure) => {
      const bench = new FaultBench(part, fault);
      expect(Math.abs((await bench.tempAt(0.5)) - 4250)).toBeLessThan(6);
      expect(await bench.at(1.5)).toEqual({ tempMilliC: null, humidityMilliPct: null, failure });
      expect(Math.abs((await bench.tempAt(2.5)) - 4250)).toBeLessThan(6);
    },
  );

  it.each(['unplugged', 'stuck-low'] as const)(
    'between command and answer (%s) gives null and the reason',
    async (kind) => {
      const bench = new FaultBench(part, { kind, fromUs: HOUR_US + 5000 });
      const failure = kind === 'unplugged' ? 'no-answer' : 'bus';
      expect(await bench.at(1)).toEqual({ tempMilliC: null, humidityMilliPct: null, failure });
    },
  );

  it('by freezing goes on giving the last value, as a frozen sensor does', async () => {
    const bench = new FaultBench(part, { kind: 'frozen', ...between });
    const before = await bench.at(0.5);
    bench.celsius = 9;
    expect(await bench.at(1.5)).toEqual(before);
    expect(Math.abs((await bench.tempAt(2.5)) - 9000)).toBeLessThan(6);
  });

  it('by drifting gives the value with the error that has grown', async () => {
    const bench = new FaultBench(part, {
      kind: 'drift',
      kelvinPerMonth: 0.5,
      fromUs: 0,
      untilUs: 60 * DAY_US,
    });
    expect(Math.abs((await bench.tempAt(15 * 24)) - 4500)).toBeLessThan(6);
    expect(Math.abs((await bench.tempAt(30 * 24)) - 4750)).toBeLessThan(6);
    expect(Math.abs((await bench.tempAt(61 * 24)) - 4250)).toBeLessThan(6);
  });

  it('by noise gives values around the true one', async () => {
    const bench = new FaultBench(part, { kind: 'noise', kelvin: 0.5, seed: 7 });
    const errors: number[] = [];
    for (let hour = 1; hour <= 200; hour++) errors.push((await bench.tempAt(hour)) - 4250);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan(120);
    expect(deviation).toBeGreaterThan(400);
    expect(deviation).toBeLessThan(600);
  });

  it('by ice follows late below 0 C, stays at 0 C while it melts, and then measures again', async () => {
    const bench = new FaultBench(part, { kind: 'ice', fromUs: HOUR_US, meltsAfterKelvinHours: 4 });
    bench.celsius = -20;
    await bench.tempAt(0.9);
    await bench.tempAt(1);
    bench.celsius = -10;
    const late = await bench.tempAt(1 + 480 / 3600);
    expect(late).toBeGreaterThan(-14_500);
    expect(late).toBeLessThan(-13_000);
    bench.celsius = 8;
    expect(await bench.tempAt(1.5)).toBe(0);
    expect(Math.abs((await bench.tempAt(1.75)) - 8000)).toBeLessThan(6);
  });
});

describe('a driver on a bus that cannot tell why it fails', () => {
  it.each(parts)('%s calls a stuck bus a missing answer', async (part) => {
    const kernel = new Kernel();
    const bus: I2cBus = { write: () => false, read: () => null };
    const climates: Climate[] = [];
    drivers[part](bus, ADDRESS, kernelClock(kernel)).measure((climate) => climates.push(climate));
    await kernel.run(1_000_000);
    expect(climates).toEqual([{ tempMilliC: null, humidityMilliPct: null, failure: 'no-answer' }]);
  });
});
