import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { Tmp117 } from '../../tools/sim/chips/tmp117.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { I2cBus } from '../i2c.ts';
import { mockClock } from '../mock/clock.ts';
import type { Climate } from '../thermo-hygrometer.ts';
import { tmp117 } from './tmp117.ts';

const ADDRESS = 0x48;

/** The driver on registers that hold what they hold; `answers` calls succeed and then no more. */
function measured(
  result: number,
  { id = 0x0117, configuration = 0x2400, answers = Number.POSITIVE_INFINITY } = {},
): Climate {
  const clock = mockClock();
  const words: Record<number, number> = { 0: result, 1: configuration, 15: id };
  let pointer = 0;
  let left = answers;
  const bus: I2cBus = {
    write: (address, bytes) => {
      pointer = bytes[0];
      return left-- > 0 && address === ADDRESS;
    },
    read: (address, count) => {
      if (left-- <= 0 || address !== ADDRESS) return null;
      return Uint8Array.of(words[pointer] >> 8, words[pointer] & 255).slice(0, count);
    },
  };
  const climates: Climate[] = [];
  tmp117(bus, ADDRESS, clock).measure((climate) => climates.push(climate));
  expect(climates).toHaveLength(0);
  clock.advance(1);
  expect(climates).toHaveLength(1);
  return climates[0];
}

function chipBench(celsius: number, revision = 0) {
  const kernel = new Kernel();
  const chip = new Tmp117({ kernel, air: () => ({ celsius }), revision });
  const bus: I2cBus = {
    write: (_address, bytes) => chip.write(Uint8Array.from(bytes)),
    read: (_address, count) => chip.read(count) ?? null,
  };
  const sensor = tmp117(bus, ADDRESS, kernelClock(kernel));
  const measure = async (): Promise<Climate> => {
    const climates: Climate[] = [];
    sensor.measure((climate) => climates.push(climate));
    await kernel.run(kernel.nowUs + 1e6);
    expect(climates).toHaveLength(1);
    return climates[0] as Climate;
  };
  return { kernel, chip, measure };
}

describe('the TMP117 driver', () => {
  // Table 7-1 of the datasheet, and both ends of the chip's range.
  it.each([
    [0x0000, 0],
    [0x0001, 8],
    [0x0010, 125],
    [0x0080, 1000],
    [0x0c80, 25_000],
    [0x3200, 100_000],
    [0x4b00, 150_000],
    [0xffff, -8],
    [0xfff0, -125],
    [0xf380, -25_000],
    [0xe480, -55_000],
  ])('converts code %i as the datasheet does', (code, tempMilliC) => {
    expect(measured(code)).toEqual({ tempMilliC, humidityMilliPct: null, failure: null });
  });

  it('rounds halves of a thousandth up on either side of zero', () => {
    expect([measured(0x0008).tempMilliC, measured(0xfff8).tempMilliC]).toEqual([63, -62]);
  });

  it('does not take -256 C, which stands for no result yet, for a temperature', () => {
    expect(measured(0x8000)).toEqual({ tempMilliC: null, humidityMilliPct: null, failure: 'not-ready' });
  });

  it.each([0x4b01, 0x7fff, 0xe47f, 0x8001])('refuses code %i, at which the chip does not work', (code) => {
    expect(measured(code)).toEqual({ tempMilliC: null, humidityMilliPct: null, failure: 'range' });
  });

  it('takes no older result for a new one', () => {
    expect(measured(0x0c80, { configuration: 0x0c00 }).failure).toBe('not-ready');
  });

  it('trusts no chip that is not a TMP117, whatever its revision', () => {
    expect(measured(0x0c80, { id: 0x1117 }).failure).toBeNull();
    for (const id of [0x0116, 0x0000, 0xffff]) expect(measured(0x0c80, { id }).failure).toBe('check');
  });

  it('says so at whichever of its calls the chip falls silent', () => {
    for (let answers = 0; answers < 7; answers++)
      expect(measured(0x0c80, { answers })).toMatchObject({ tempMilliC: null, failure: 'no-answer' });
    expect(measured(0x0c80, { answers: 7 }).tempMilliC).toBe(25_000);
  });

  it('measures with a chip that has just got power, and with one that has slept', async () => {
    const { kernel, measure } = chipBench(-18.5);
    await kernel.run(2000);
    const climate = { tempMilliC: -18_500, humidityMilliPct: null, failure: null };
    expect(await measure()).toEqual(climate);
    await kernel.run(kernel.nowUs + 600e6);
    expect(await measure()).toEqual(climate);
  });

  it('says not-ready when the chip lost power in the middle of a conversion', async () => {
    const { kernel, chip, measure } = chipBench(4.25);
    await kernel.run(2000);
    kernel.at(kernel.nowUs + 5000, () => chip.reset());
    expect((await measure()).failure).toBe('not-ready');
    expect((await measure()).tempMilliC).toBe(4250);
  });

  it('gives what the chip measured, for any air', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -7040, max: 19_200 }), async (code) => {
        const { kernel, measure } = chipBench(code / 128, 5);
        await kernel.run(2000);
        const { tempMilliC } = await measure();
        expect(Math.abs((tempMilliC as number) - code * 7.8125)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
