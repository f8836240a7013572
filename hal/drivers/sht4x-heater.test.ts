import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { Sht4x } from '../../tools/sim/chips/sht4x.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { Climate, HeaterPulse, HeaterRefusal } from '../thermo-hygrometer.ts';
import * as heater from './sht4x-heater.ts';

const S_US = 1_000_000;

/** The driver on the chip's model, an hour after power-on, and what it sends. */
class HeaterBench {
  readonly kernel = new Kernel();
  readonly clock: Clock = kernelClock(this.kernel);
  readonly written: number[] = [];
  air = { celsius: 4.25, humidityPct: 100 };
  readonly chip = new Sht4x({ kernel: this.kernel, air: () => this.air, serial: 1 });
  readonly bus: I2cBus = {
    write: (_address, bytes) => {
      this.written.push(...bytes);
      return this.chip.write(Uint8Array.from(bytes));
    },
    read: (_address, count) => this.chip.read(count) ?? null,
  };
  readonly sensor = heater.heatedSht4x(this.bus, 0x44, this.clock);

  static async awake(afterS = 3600): Promise<HeaterBench> {
    const bench = new HeaterBench();
    await bench.pass(afterS);
    return bench;
  }

  pass(seconds: number): Promise<void> {
    return this.kernel.run(this.kernel.nowUs + seconds * S_US);
  }

  /** Measures within 100 ms. */
  async measure(): Promise<Climate> {
    const climates: Climate[] = [];
    this.sensor.measure((climate) => climates.push(climate));
    expect(climates).toHaveLength(0);
    await this.pass(0.1);
    expect(climates).toHaveLength(1);
    return climates[0] as Climate;
  }

  /** What became of a pulse, and the seconds that it took. */
  async dry(pulse: HeaterPulse): Promise<[HeaterRefusal | null, number]> {
    const ends: [HeaterRefusal | null, number][] = [];
    const startUs = this.kernel.nowUs;
    this.sensor.dry(pulse, (refusal) => ends.push([refusal, (this.kernel.nowUs - startUs) / S_US]));
    expect(ends).toHaveLength(0);
    await this.pass(1.2);
    expect(ends).toHaveLength(1);
    return ends[0] as [HeaterRefusal | null, number];
  }
}

describe('the heater of an SHT4x', () => {
  it('has the commands of the datasheet', () => {
    expect([heater.HEAT_200MW_1S, heater.HEAT_200MW_100MS]).toEqual([0x39, 0x32]);
    expect([heater.HEAT_110MW_1S, heater.HEAT_110MW_100MS]).toEqual([0x2f, 0x24]);
    expect([heater.HEAT_20MW_1S, heater.HEAT_20MW_100MS]).toEqual([0x1e, 0x15]);
  });

  it.each([
    ['long', 0x39, 1.1],
    ['short', 0x24, 0.11],
  ] as const)('gives one %s pulse and says when it is over', async (pulse, command, atLeastS) => {
    const bench = await HeaterBench.awake();
    await bench.measure();
    const [refusal, tookS] = await bench.dry(pulse);
    expect(refusal).toBeNull();
    expect(tookS).toBeGreaterThanOrEqual(atLeastS);
    expect(bench.written).toEqual([0xfd, command]);
  });

  it.each([
    ['long', 60],
    ['short', 30],
  ] as const)(
    'holds readings back after a %s pulse until the sensor has cooled down',
    async (pulse, coolsS) => {
      const bench = await HeaterBench.awake();
      await bench.measure();
      const startUs = bench.kernel.nowUs;
      await bench.dry(pulse);
      await bench.kernel.run(startUs + (coolsS - 0.2) * S_US);
      expect(await bench.measure()).toEqual({
        tempMilliC: null,
        humidityMilliPct: null,
        failure: 'not-ready',
      });
      await bench.kernel.run(startUs + coolsS * S_US);
      const { tempMilliC, failure } = await bench.measure();
      expect(failure).toBeNull();
      expect(Math.abs((tempMilliC as number) - 4250)).toBeLessThan(50);
    },
  );

  it('keeps far below 5 % of the time, however often it is asked', async () => {
    const bench = await HeaterBench.awake();
    let pulses = 0;
    for (let second = 0; second < 1200; second += 2) {
      await bench.measure();
      const [refusal] = await bench.dry('long');
      if (refusal === null) pulses++;
      else expect(['too-soon', 'not-measured']).toContain(refusal);
      await bench.pass(0.7);
    }
    expect(pulses).toBeGreaterThan(15);
    expect(pulses * 1.1).toBeLessThan(0.05 * 1200);
  });

  it('refuses a second pulse until the sensor has cooled down and was measured again', async () => {
    const bench = await HeaterBench.awake();
    await bench.measure();
    await bench.dry('short');
    expect((await bench.dry('short'))[0]).toBe('too-soon');
    await bench.pass(30);
    expect((await bench.dry('short'))[0]).toBe('not-measured');
    await bench.measure();
    expect((await bench.dry('short'))[0]).toBeNull();
  });

  it('refuses above 65 C, and heats at 65 C', async () => {
    const bench = await HeaterBench.awake();
    bench.air = { celsius: 65.01, humidityPct: 20 };
    await bench.measure();
    expect((await bench.dry('long'))[0]).toBe('too-warm');
    bench.air = { celsius: 64.99, humidityPct: 20 };
    await bench.measure();
    expect((await bench.dry('long'))[0]).toBeNull();
  });

  it('refuses when nobody knows how warm it is', async () => {
    const bench = await HeaterBench.awake();
    expect((await bench.dry('long'))[0]).toBe('not-measured');
    bench.chip.fault = 'bad-crc';
    await bench.measure();
    expect((await bench.dry('long'))[0]).toBe('not-measured');
    bench.chip.fault = 'none';
    bench.sensor.measure(() => {});
    expect((await bench.dry('long'))[0]).toBe('not-measured');
    expect(bench.written).not.toContain(0x39);
  });

  it('does not heat soon after power-on: a pulse that takes the battery down would come again with each boot', async () => {
    const bench = await HeaterBench.awake(1);
    await bench.measure();
    expect((await bench.dry('long'))[0]).toBe('too-soon');
    await bench.pass(22);
    expect((await bench.dry('long'))[0]).toBeNull();
  });

  it('says when the sensor has not heard, and then holds nothing back', async () => {
    const bench = await HeaterBench.awake();
    await bench.measure();
    bench.chip.fault = 'unplugged';
    expect((await bench.dry('long'))[0]).toBe('no-answer');
    bench.chip.fault = 'none';
    expect((await bench.measure()).failure).toBeNull();
  });
});
