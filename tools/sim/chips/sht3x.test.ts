import { beforeEach, describe, expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import { Sht3x } from './sht3x.ts';

let kernel: Kernel;
let chip: Sht3x;

beforeEach(async () => {
  kernel = new Kernel();
  chip = new Sht3x({ kernel, air: () => ({ celsius: 25, humidityPct: 40 }), serial: 0xbeef0001 });
  await kernel.run(10_000);
});

const pass = (us: number): Promise<void> => kernel.run(kernel.nowUs + us);
/** A command, and time for the chip to take the next one. */
const send = async (command: number): Promise<boolean> => {
  const taken = chip.write(Uint8Array.of(command >> 8, command & 255));
  await pass(1000);
  return taken;
};
const word = (): number | undefined => {
  const answer = chip.read(3);
  return answer && ((answer[0] as number) << 8) | (answer[1] as number);
};

describe('the model of an SHT3x', () => {
  it('answers its serial number with check digits', async () => {
    await send(0x3780);
    expect(chip.read(6)).toEqual(Uint8Array.of(0xbe, 0xef, 0x92, 0x00, 0x01, 0xb0));
  });

  it.each([
    [0x2400, 15_000],
    [0x240b, 6_000],
    [0x2416, 4_000],
  ])('answers nothing while command %i converts', async (command, us) => {
    expect(await send(command)).toBe(true);
    await pass(us - 1001);
    expect(chip.read(6)).toBeUndefined();
    await pass(1);
    // 25 C is code 26214 = 0x6666, and so are 40 %.
    expect(chip.read(6)).toEqual(Uint8Array.of(0x66, 0x66, 0x93, 0x66, 0x66, 0x93));
    expect(chip.read(6)).toBeUndefined();
  });

  it('takes commands no closer than 1 ms, and none while it converts', async () => {
    const status = Uint8Array.of(0xf3, 0x2d);
    expect(chip.write(status)).toBe(true);
    await pass(999);
    expect(chip.write(status)).toBe(false);
    await pass(1);
    await send(0x2400);
    expect(await send(0xf32d)).toBe(false);
  });

  it('tells in its status that it was reset, until that is cleared', async () => {
    await send(0xf32d);
    expect(word()).toBe(0x8010);
    await send(0x3041);
    await send(0xf32d);
    expect(word()).toBe(0x0000);
    await send(0x30a2);
    await pass(1500);
    await send(0xf32d);
    expect(word()).toBe(0x8010);
  });

  it('takes no command of an SHT4x', async () => {
    expect(chip.write(Uint8Array.of(0xfd))).toBe(false);
    expect(await send(0x2c06)).toBe(false);
    await send(0xf32d);
    expect(word()).toBe(0x8012);
  });
});
