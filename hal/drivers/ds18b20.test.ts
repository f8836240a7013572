import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { Ds18b20 } from '../../tools/sim/chips/ds18b20.ts';
import { OneWireLine } from '../../tools/sim/chips/one-wire-line.ts';
import type { SensorFault } from '../../tools/sim/chips/sensor-faults.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import { mockClock } from '../mock/clock.ts';
import { mockOneWire } from '../mock/one-wire.ts';
import type { OneWireBus } from '../one-wire.ts';
import type { Climate } from '../thermo-hygrometer.ts';
import { dallasCrc, ds18b20 } from './ds18b20.ts';

const BUSY = 0x00;
const DONE = 0xff;
const failure = (reason: string) => ({ tempMilliC: null, humidityMilliPct: null, failure: reason });

function scratchpad(code: number, configuration = 0x7f): number[] {
  const bytes = [code & 255, (code >> 8) & 255, 0x4b, 0x46, configuration, 0xff, 0x0c, 0x10];
  return [...bytes, dallasCrc(bytes)];
}

/** What the driver makes of a line that gives these bytes. */
function measured(...answers: number[]): Climate {
  const clock = mockClock();
  const wire = mockOneWire();
  wire.answers.push(...answers);
  const climates: Climate[] = [];
  ds18b20(wire, null, clock).measure((climate) => climates.push(climate));
  clock.advance(1);
  expect(climates).toHaveLength(1);
  return climates[0];
}

/** Until the first measurement is over. */
const untilUs = 1_000_000;

/** A line of chips, and the driver's bus on it. `spoil` may change what is read, or keep back what is written. */
function bench(
  celsius: readonly number[],
  spoil: Partial<OneWireBus> = {},
  faults: readonly (readonly SensorFault[])[] = [],
) {
  const kernel = new Kernel();
  const chips = celsius.map(
    (one, index) =>
      new Ds18b20({
        kernel,
        air: () => ({ celsius: one }),
        serial: 0xa1b2c3d400 + index,
        faults: faults[index] ?? [],
      }),
  );
  const line = new OneWireLine(chips);
  const bus: OneWireBus = {
    reset: () => line.reset(),
    write: (bytes) => line.write(Uint8Array.from(bytes)),
    read: (count) => line.read(count),
    ...spoil,
  };
  const measure = async (rom: readonly number[] | null): Promise<Climate> => {
    const climates: Climate[] = [];
    let isInside = true;
    ds18b20(bus, rom, kernelClock(kernel)).measure((climate) => {
      expect(isInside).toBe(false);
      climates.push(climate);
    });
    isInside = false;
    await kernel.run(kernel.nowUs + 1e6);
    expect(climates).toHaveLength(1);
    return climates[0];
  };
  return { kernel, line, bus, chips, measure };
}

describe('the DS18B20 driver', () => {
  it('computes the check digit of application note 27', () => {
    expect(dallasCrc([0x02, 0x1c, 0xb8, 0x01, 0x00, 0x00, 0x00])).toBe(0xa2);
  });

  // Figure 4 of the datasheet, table "temperature/data relationship".
  it.each([
    [0x07d0, 125_000],
    [0x0191, 25_063],
    [0x00a2, 10_125],
    [0x0008, 500],
    [0x0000, 0],
    [0xfff8, -500],
    [0xff5e, -10_125],
    [0xfe6f, -25_062],
    [0xfc90, -55_000],
  ])('converts code %i as the datasheet does, halves of a thousandth up', (code, tempMilliC) => {
    expect(measured(BUSY, DONE, ...scratchpad(code))).toEqual({
      tempMilliC,
      humidityMilliPct: null,
      failure: null,
    });
  });

  it.each([
    [0x1f, 25_000],
    [0x3f, 25_250],
    [0x5f, 25_375],
    [0x7f, 25_438],
  ])('leaves out the bits that are undefined at configuration %i', (configuration, tempMilliC) => {
    expect(measured(BUSY, DONE, ...scratchpad(0x0197, configuration)).tempMilliC).toBe(tempMilliC);
  });

  it('trusts no scratchpad in which any one bit is wrong, three times over', () => {
    const good = scratchpad(0x0191);
    for (let bit = 0; bit < 72; bit++) {
      const bad = good.slice();
      bad[bit >> 3] ^= 1 << (bit & 7);
      expect(measured(BUSY, DONE, ...bad, ...bad, ...bad)).toEqual(failure('check'));
    }
  });

  it('reads again when noise has spoiled what it has read', () => {
    const spoiled = scratchpad(0x0191).fill(0xf7, 3, 4);
    expect(measured(BUSY, DONE, ...spoiled, ...scratchpad(0x0191)).tempMilliC).toBe(25_063);
  });

  it.each([
    ['the value after power-on, 85 C', 'not-ready', scratchpad(0x0550)],
    ['the value of a supply that is too weak, 127.9 C', 'not-ready', scratchpad(0x07ff)],
    ['zeros, whose check digit is right', 'bus', new Array(9).fill(0)],
    ['ones', 'absent', new Array(9).fill(0xff)],
    ['more than 125 C', 'range', scratchpad(0x07d1)],
    ['less than -55 C', 'range', scratchpad(0xfc8f)],
  ])('refuses %s: %s', (_what, reason, bytes) => {
    expect(measured(BUSY, DONE, ...bytes)).toEqual(failure(reason));
  });

  it('takes 84.9375 and 85.0625 C for what they are', () => {
    expect(measured(BUSY, DONE, ...scratchpad(0x054f)).tempMilliC).toBe(84_938);
    expect(measured(BUSY, DONE, ...scratchpad(0x0551)).tempMilliC).toBe(85_063);
  });

  it('gives no old value when nobody took the command to convert', () => {
    expect(measured(0xff, 0xff, 0xff, ...scratchpad(0x0191))).toEqual(failure('not-ready'));
  });

  it('gives no old value while the chip still converts', () => {
    expect(measured(BUSY, BUSY, ...scratchpad(0x0191))).toEqual(failure('not-ready'));
  });

  it('says that nobody answers where nobody does, and does not wait for it', () => {
    const clock = mockClock(0);
    const wire = mockOneWire();
    wire.present = false;
    const climates: Climate[] = [];
    ds18b20(wire, null, clock).measure((climate) => climates.push(climate));
    expect(climates).toEqual([]);
    clock.advance(0.01);
    expect(climates).toEqual([failure('no-answer')]);
  });

  it('speaks to all, or to the chip with its address', () => {
    const rom = [0x28, 1, 2, 3, 4, 5, 6, 7];
    const sent: number[][] = [];
    for (const address of [null, rom]) {
      const clock = mockClock();
      const wire = mockOneWire();
      wire.answers.push(BUSY);
      ds18b20(wire, address, clock).measure(() => {});
      sent.push(wire.written);
      clock.advance(1);
      sent.push(wire.written);
    }
    expect(sent).toEqual([
      [0xcc, 0x44],
      [0xcc, 0xbe],
      [0x55, ...rom, 0x44],
      [0x55, ...rom, 0xbe],
    ]);
  });
});

describe('the DS18B20 driver on the model of the chip', () => {
  it.each([-55, -18.3, -0.0625, 0, 4.25, 25.0625, 84.9375, 125])(
    'measures %f C to the nearest sixteenth',
    async (celsius) => {
      const { tempMilliC } = await bench([celsius]).measure(null);
      expect(Math.abs((tempMilliC ?? Number.NaN) - celsius * 1000)).toBeLessThanOrEqual(32);
    },
  );

  it('measures each of several chips on one line by its address', async () => {
    const { chips, measure } = bench([-18, 2, 13]);
    expect((await measure(chips[1].rom)).tempMilliC).toBe(2000);
    expect((await measure(chips[2].rom)).tempMilliC).toBe(13_000);
    expect((await measure(chips[0].rom)).tempMilliC).toBe(-18_000);
  });

  it.each([
    ['unplugged', 'no-answer'],
    ['stuck-low', 'bus'],
    ['bad-crc', 'check'],
  ] as const)('gives null and the reason when the probe is %s: %s', async (kind, reason) => {
    const { measure } = bench([5], {}, [[{ kind, untilUs }]]);
    expect(await measure(null)).toEqual(failure(reason));
    expect((await measure(null)).tempMilliC).toBe(5000);
  });

  it('says that the one it asks for is not there, when others are', async () => {
    const { chips, measure } = bench([5, 6], {}, [[{ kind: 'unplugged' }]]);
    expect(await measure(chips[0].rom)).toEqual(failure('absent'));
  });

  it('says that the bus is stuck when one chip of several holds it low', async () => {
    const { chips, measure } = bench([5, 6], {}, [[], [{ kind: 'stuck-low' }]]);
    expect(await measure(chips[0].rom)).toEqual(failure('bus'));
  });

  it('gives no value of a chip that feeds on the data line', async () => {
    const kernel = new Kernel();
    const line = new OneWireLine([
      new Ds18b20({ kernel, air: () => ({ celsius: 5 }), serial: 1, supply: 'parasite' }),
    ]);
    const { measure } = bench([], {
      reset: () => line.reset(),
      write: (bytes) => line.write(Uint8Array.from(bytes)),
      read: (count) => line.read(count),
    });
    expect(await measure(null)).toEqual(failure('not-ready'));
  });

  it('gives no value of a chip whose power failed during the conversion', async () => {
    const { kernel, chips, measure } = bench([5]);
    kernel.after(400_000, () => chips[0].powerCycle());
    expect(await measure(null)).toEqual(failure('not-ready'));
  });

  it('repeats a command that the line has swallowed', async () => {
    let swallowed = 2;
    const { line, measure } = bench([5], {
      write: (bytes) => {
        if (bytes.includes(0x44) && swallowed-- > 0) return;
        line.write(Uint8Array.from(bytes));
      },
    });
    expect((await measure(null)).tempMilliC).toBe(5000);
  });

  it('never hands on the value of an earlier wake', async () => {
    let isDeaf = false;
    const { line, measure } = bench([5], {
      write: (bytes) => {
        if (!(isDeaf && bytes.includes(0x44))) line.write(Uint8Array.from(bytes));
      },
    });
    expect((await measure(null)).tempMilliC).toBe(5000);
    isDeaf = true;
    expect(await measure(null)).toEqual(failure('not-ready'));
  });
});
