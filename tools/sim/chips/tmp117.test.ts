import { beforeEach, describe, expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import { Tmp117, type Tmp117Readout } from './tmp117.ts';

let kernel: Kernel;
let chip: Tmp117;
let celsius: number;
let readouts: Tmp117Readout[];

beforeEach(() => {
  kernel = new Kernel();
  celsius = 25;
  readouts = [];
  chip = new Tmp117({ kernel, air: () => ({ celsius }), onReadout: (one) => readouts.push(one) });
});

const pass = (us: number): Promise<void> => kernel.run(kernel.nowUs + us);
const write = (...bytes: number[]): boolean => chip.write(Uint8Array.from(bytes));
const word = (register: number): number | undefined => {
  if (!write(register)) return undefined;
  const answer = chip.read(2);
  return answer && ((answer[0] as number) << 8) | (answer[1] as number);
};

describe('the model of a TMP117', () => {
  it('does not answer in the first 1.5 ms, and then with its power-on values', async () => {
    expect(word(0x0f)).toBeUndefined();
    await pass(1500);
    expect([0x00, 0x01, 0x02, 0x03, 0x04, 0x0f].map(word)).toEqual([
      0x8000, 0x0220, 0x6000, 0x8000, 0x0000, 0x0117,
    ]);
  });

  it('converts by itself from power-on, eight times for the first value, and goes on every second', async () => {
    await pass(1500 + 8 * 17_500 - 1);
    expect(word(0x00)).toBe(0x8000);
    await pass(1);
    expect(word(0x00)).toBe(0x0c80);
    celsius = -25;
    await pass(999_999);
    expect(word(0x00)).toBe(0x0c80);
    await pass(1);
    expect(word(0x00)).toBe(0xf380);
  });

  it('converts once when it is told to, and then sleeps', async () => {
    await pass(2000);
    write(0x01, 0x0c, 0x00);
    await pass(17_499);
    expect((word(0x01) as number) & 0x2000).toBe(0);
    await pass(1);
    expect(word(0x01)).toBe(0x2400);
    expect(word(0x00)).toBe(0x0c80);
    celsius = 50;
    await pass(60_000_000);
    expect(word(0x00)).toBe(0x0c80);
    expect(readouts.map(({ code }) => code)).toEqual([0x0c80, 0x0c80]);
  });

  it('clears the ready flag with a reading of either register', async () => {
    await pass(2000);
    write(0x01, 0x0c, 0x00);
    await pass(20_000);
    expect(word(0x01)).toBe(0x2400);
    expect(word(0x01)).toBe(0x0400);
    write(0x01, 0x0c, 0x00);
    await pass(20_000);
    word(0x00);
    expect(word(0x01)).toBe(0x0400);
  });

  it('averages 64 conversions when asked to', async () => {
    await pass(2000);
    write(0x01, 0x0c, 0x60);
    await pass(64 * 17_500 - 1);
    expect((word(0x01) as number) & 0x2000).toBe(0);
    await pass(1);
    expect((word(0x01) as number) & 0x2000).toBe(0x2000);
  });

  it('forgets its value with a reset, by command or by power', async () => {
    await pass(1_000_000);
    expect(word(0x00)).toBe(0x0c80);
    write(0x01, 0x00, 0x02);
    await pass(2000);
    expect([word(0x00), word(0x01)]).toEqual([0x8000, 0x0220]);
  });
});
