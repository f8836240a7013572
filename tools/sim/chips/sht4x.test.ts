import { beforeEach, describe, expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import { type SensorReadout, Sht4x } from './sht4x.ts';

let kernel: Kernel;
let chip: Sht4x;
let readouts: SensorReadout[];

beforeEach(() => {
  kernel = new Kernel();
  readouts = [];
  chip = new Sht4x({
    kernel,
    air: () => ({ celsius: 25, humidityPct: 44 }),
    serial: 0xbeef0001,
    onReadout: (one) => readouts.push(one),
  });
});

const write = (...bytes: number[]): boolean => chip.write(Uint8Array.from(bytes));
const pass = (us: number): Promise<void> => kernel.run(kernel.nowUs + us);
const celsiusOf = (answer: Uint8Array | undefined): number =>
  -45 + (175 * (((answer?.[0] ?? 0) << 8) | (answer?.[1] ?? 0))) / 65535;

describe('the model of an SHT4x', () => {
  it('answers its serial number with check digits', () => {
    write(0x89);
    expect(chip.read(6)).toEqual(Uint8Array.of(0xbe, 0xef, 0x92, 0x00, 0x01, 0xb0));
  });

  it.each([
    [0xfd, 8300],
    [0xf6, 4500],
    [0xe0, 1700],
  ])('answers nothing while command %i converts', async (command, us) => {
    expect(write(command)).toBe(true);
    await pass(us - 1);
    expect([chip.read(6), write(0xfd)]).toEqual([undefined, false]);
    await pass(1);
    // 25 C is code 26214 = 0x6666, and so are 44 %.
    expect(chip.read(6)).toEqual(Uint8Array.of(0x66, 0x66, 0x93, 0x66, 0x66, 0x93));
    expect(readouts).toEqual([{ atUs: 0, temperatureCode: 0x6666, humidityCode: 0x6666 }]);
  });

  it.each([
    [0x39, 1_100_000, 50, 61],
    [0x32, 110_000, 15, 25],
    [0x2f, 1_100_000, 25, 34],
    [0x24, 110_000, 8, 13],
    [0x1e, 1_100_000, 4, 7],
    [0x15, 110_000, 1, 3],
  ])(
    'heats itself by command %i, hears nothing meanwhile, and cools down',
    async (command, us, low, high) => {
      expect(write(command)).toBe(true);
      await pass(us);
      expect([chip.read(6), write(0xfd)]).toEqual([undefined, false]);
      await pass(8300);
      const kelvin = celsiusOf(chip.read(6)) - 25;
      expect(kelvin).toBeGreaterThan(low);
      expect(kelvin).toBeLessThan(high);
      expect(readouts).toEqual([]);

      await pass(60_000_000);
      write(0xfd);
      await pass(8300);
      expect(celsiusOf(chip.read(6))).toBeCloseTo(25, 2);
    },
  );

  it('dries the air around a warm sensor', async () => {
    write(0x39);
    await pass(1_108_300);
    const answer = chip.read(6) as Uint8Array;
    const humidityPct = -6 + (125 * (((answer[3] as number) << 8) | (answer[4] as number))) / 65535;
    expect(humidityPct).toBeLessThan(5);
  });

  it('takes no command that it does not know', () => {
    expect([write(0x00), write(0x24, 0x00), write()]).toEqual([false, false, false]);
  });
});
