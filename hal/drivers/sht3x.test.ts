import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { convertSht3xReadout, Sht3x } from '../../tools/sim/chips/sht3x.ts';
import type { SensorReadout } from '../../tools/sim/chips/sht4x.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { I2cBus } from '../i2c.ts';
import { mockClock } from '../mock/clock.ts';
import type { Climate } from '../thermo-hygrometer.ts';
import { sht3x } from './sht3x.ts';

/** What the driver makes of six bytes from the sensor. */
function measured(answer: number[] | null): Climate {
  const clock = mockClock();
  const bus: I2cBus = { write: () => true, read: () => (answer === null ? null : Uint8Array.from(answer)) };
  const climates: Climate[] = [];
  sht3x(bus, 0x44, clock).measure((climate) => climates.push(climate));
  clock.advance(1);
  expect(climates).toHaveLength(1);
  return climates[0];
}

describe('the SHT3x driver', () => {
  // Check digits: CRC of 0x0000 is 0x81, of 0xBEEF 0x92 (datasheet), of 0x6666 0x93, of 0xFFFF 0xAC.
  it.each([
    [0x00, 0x00, 0x81, -45_000, 0],
    [0x66, 0x66, 0x93, 25_000, 40_000],
    [0xbe, 0xef, 0x92, 85_523, 74_585],
    [0xff, 0xff, 0xac, 130_000, 100_000],
  ])('converts %i, %i as the datasheet does', (high, low, crc, tempMilliC, humidityMilliPct) => {
    const climate = { tempMilliC, humidityMilliPct, failure: null };
    expect(measured([high, low, crc, high, low, crc])).toEqual(climate);
  });

  it('trusts no answer in which any one bit is wrong', () => {
    const good = [0x66, 0x66, 0x93, 0xbe, 0xef, 0x92];
    for (let bit = 0; bit < 48; bit++) {
      const bad = good.slice();
      bad[bit >> 3] ^= 1 << (bit & 7);
      expect(measured(bad)).toEqual({ tempMilliC: null, humidityMilliPct: null, failure: 'check' });
    }
  });

  it('refuses a dead line, on which all is zero or all is one', () => {
    expect(measured([0, 0, 0, 0, 0, 0]).failure).toBe('check');
    expect(measured([255, 255, 255, 255, 255, 255]).failure).toBe('check');
  });

  it('asks for one conversion of high repeatability without clock stretching, and reads no sooner than 15 ms later', () => {
    const clock = mockClock(0);
    const calls: unknown[] = [];
    const bus: I2cBus = {
      write: (address, bytes) => calls.push([address, ...bytes]) > 0,
      read: (address, count) => {
        calls.push([address, count, clock.uptimeS() >= 0.015]);
        return null;
      },
    };
    sht3x(bus, 0x45, clock).measure(() => {});
    clock.advance(1);
    expect(calls).toEqual([
      [0x45, 0x24, 0x00],
      [0x45, 6, true],
    ]);
  });

  it('gives what the chip measured, for any air', async () => {
    const air = fc.record({
      celsius: fc.double({ min: -45, max: 130, noNaN: true }),
      humidityPct: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(air, async (now) => {
        const kernel = new Kernel();
        const readouts: SensorReadout[] = [];
        const chip = new Sht3x({ kernel, air: () => now, serial: 1, onReadout: (one) => readouts.push(one) });
        const bus: I2cBus = {
          write: (_address, bytes) => chip.write(Uint8Array.from(bytes)),
          read: (_address, count) => chip.read(count) ?? null,
        };
        const climates: Climate[] = [];
        sht3x(bus, 0x44, kernelClock(kernel)).measure((climate) => climates.push(climate));
        await kernel.run(1e6);
        expect(climates).toEqual([{ ...convertSht3xReadout(readouts[0] as SensorReadout), failure: null }]);
      }),
    );
  });
});
