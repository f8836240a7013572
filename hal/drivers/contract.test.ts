import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import type { I2cDevice } from '../../tools/sim/chips/i2c-device.ts';
import type { SensorFault } from '../../tools/sim/chips/sensor-faults.ts';
import { Sht3x } from '../../tools/sim/chips/sht3x.ts';
import { Sht4x } from '../../tools/sim/chips/sht4x.ts';
import { Tmp117 } from '../../tools/sim/chips/tmp117.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { Bench } from '../conformance/bench.ts';
import type { Rule } from '../conformance/rule.ts';
import { thermoHygrometerContract, thermometerContract } from '../conformance/thermo-hygrometer.ts';
import type { I2cBus } from '../i2c.ts';
import { sht3x } from './sht3x.ts';
import { sht4x } from './sht4x.ts';
import { heatedSht4x } from './sht4x-heater.ts';
import { tmp117 } from './tmp117.ts';

const ADDRESS = 0x44;

interface Around {
  readonly kernel: Kernel;
  readonly air: () => { celsius: number; humidityPct: number };
  readonly faults: readonly SensorFault[];
}

/** Kernel, air and faults that a bench changes, and a bus with one chip. */
function surroundings(makeChip: (around: Around) => I2cDevice) {
  const kernel = new Kernel();
  const faults: SensorFault[] = [];
  let air = { celsius: 4.25, humidityPct: 65 };
  const chip = makeChip({ kernel, air: () => air, faults });
  const bus: I2cBus = {
    write: (_address, bytes) => chip.write(Uint8Array.from(bytes)),
    read: (_address, count) => chip.read(count) ?? null,
  };
  const bench: Bench = (order) => {
    air = order === 'sensor dry' ? { celsius: -30, humidityPct: -2 } : { celsius: 4.25, humidityPct: 65 };
    faults.splice(0);
    if (order === 'sensor unplugged') faults.push({ kind: 'unplugged' });
    if (order === 'sensor bad-check') faults.push({ kind: 'bad-crc' });
  };
  return { kernel, clock: kernelClock(kernel), bus, bench };
}

async function verdicts(kernel: Kernel, rules: readonly Rule[]): Promise<Record<string, string | null>> {
  const all: Record<string, string | null> = {};
  for (const rule of rules) {
    all[rule.name] = 'no verdict';
    rule.run((problem) => {
      all[rule.name] = problem;
    });
    await kernel.run(kernel.nowUs + 10_000_000);
  }
  return all;
}

const kept = (rules: readonly Rule[]): Record<string, null> =>
  Object.fromEntries(rules.map(({ name }) => [name, null]));

describe('the contract of a thermo-hygrometer', () => {
  it.each([
    ['SHT4x', sht4x, (around: Around) => new Sht4x({ ...around, serial: 1 })],
    ['SHT4x with its heater', heatedSht4x, (around: Around) => new Sht4x({ ...around, serial: 1 })],
    ['SHT3x', sht3x, (around: Around) => new Sht3x({ ...around, serial: 1 })],
  ])('is kept by the driver of an %s', async (_part, driver, makeChip) => {
    const { kernel, clock, bus, bench } = surroundings(makeChip);
    const rules = thermoHygrometerContract(driver(bus, ADDRESS, clock), clock, bench);
    expect(await verdicts(kernel, rules)).toEqual(kept(rules));
  });

  it('is kept by the driver of a TMP117, which measures no humidity', async () => {
    const { kernel, clock, bus, bench } = surroundings((around) => new Tmp117(around));
    await kernel.run(2000);
    const sensor = tmp117(bus, ADDRESS, clock);
    const rules = thermometerContract(sensor, clock, bench);
    expect(await verdicts(kernel, rules)).toEqual(kept(rules));
    const asHygrometer = await verdicts(kernel, thermoHygrometerContract(sensor, clock, bench));
    expect(Object.values(asHygrometer)).toContain('gave null m% for 65 %');
  });
});
