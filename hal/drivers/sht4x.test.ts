import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { convertReadout, type SensorReadout, Sht4x } from '../../tools/sim/chips/sht4x.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { I2cBus } from '../i2c.ts';
import { mockClock } from '../mock/clock.ts';
import type { Climate } from '../thermo-hygrometer.ts';
import { sensirionCrc } from './sensirion.ts';
import { sht4x } from './sht4x.ts';

/** What the driver makes of six bytes from the sensor. */
function measured(answer: number[] | null): Climate {
  const clock = mockClock();
  const bus: I2cBus = { write: () => true, read: () => (answer === null ? null : Uint8Array.from(answer)) };
  const climates: Climate[] = [];
  sht4x(bus, 0x44, clock).measure((climate) => climates.push(climate));
  clock.advance(1);
  expect(climates).toHaveLength(1);
  return climates[0];
}

function answerOf(temperature: number, humidity: number): number[] {
  const word = (code: number): number[] => [code >> 8, code & 255, sensirionCrc(code >> 8, code & 255)];
  return [...word(temperature), ...word(humidity)];
}

describe('the SHT4x driver', () => {
  it("computes the datasheet's check digit", () => {
    expect(sensirionCrc(0xbe, 0xef)).toBe(0x92);
  });

  it.each([
    [0x0000, -45_000, 0],
    [0x6666, 25_000, 44_000],
    [0xffff, 130_000, 100_000],
  ])('converts code %i as the datasheet does, humidity clipped', (code, tempMilliC, humidityMilliPct) => {
    expect(measured(answerOf(code, code))).toEqual({ tempMilliC, humidityMilliPct, failure: null });
  });

  it('trusts no answer in which any one bit is wrong', () => {
    const good = answerOf(0x6543, 0x1234);
    for (let bit = 0; bit < 48; bit++) {
      const bad = good.slice();
      bad[bit >> 3] ^= 1 << (bit & 7);
      expect(measured(bad)).toEqual({ tempMilliC: null, humidityMilliPct: null, failure: 'check' });
    }
  });

  it('tells a missing acknowledge from an answer that is too short', () => {
    expect(measured(null).failure).toBe('no-answer');
    expect(measured([0x65]).failure).toBe('not-ready');
  });

  it('asks its own address for high precision, and reads no sooner than 8.3 ms later', () => {
    const clock = mockClock(0);
    const calls: unknown[] = [];
    const bus: I2cBus = {
      write: (address, bytes) => calls.push([address, ...bytes]) > 0,
      read: (address, count) => {
        calls.push([address, count, clock.uptimeS() >= 0.0083]);
        return null;
      },
    };
    sht4x(bus, 0x45, clock).measure(() => {});
    clock.advance(1);
    expect(calls).toEqual([
      [0x45, 0xfd],
      [0x45, 6, true],
    ]);
  });

  it('does not read from a sensor that did not take the command', () => {
    const clock = mockClock();
    let reads = 0;
    const bus: I2cBus = {
      write: () => false,
      read: () => {
        reads++;
        return null;
      },
    };
    sht4x(bus, 0x44, clock).measure(() => {});
    clock.advance(1);
    expect(reads).toBe(0);
  });

  it('gives what the chip measured, for any air', async () => {
    const air = fc.record({
      celsius: fc.double({ min: -45, max: 130, noNaN: true }),
      humidityPct: fc.double({ min: -6, max: 119, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(air, async (now) => {
        const kernel = new Kernel();
        const readouts: SensorReadout[] = [];
        const chip = new Sht4x({ kernel, air: () => now, serial: 1, onReadout: (one) => readouts.push(one) });
        const bus: I2cBus = {
          write: (_address, bytes) => chip.write(Uint8Array.from(bytes)),
          read: (_address, count) => chip.read(count) ?? null,
        };
        const climates: Climate[] = [];
        sht4x(bus, 0x44, kernelClock(kernel)).measure((climate) => climates.push(climate));
        await kernel.run(1e6);
        expect(climates).toEqual([{ ...convertReadout(readouts[0] as SensorReadout), failure: null }]);
      }),
    );
  });
});
