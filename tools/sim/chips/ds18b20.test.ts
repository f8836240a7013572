import { beforeEach, expect, test } from 'vitest';
import { dallasCrc } from '../../../hal/drivers/ds18b20.ts';
import { Kernel } from '../kernel.ts';
import { Ds18b20, type Ds18b20Options, type Ds18b20Readout } from './ds18b20.ts';
import { OneWireLine } from './one-wire-line.ts';

let kernel: Kernel;
let readouts: Ds18b20Readout[];

beforeEach(() => {
  kernel = new Kernel();
  readouts = [];
});

function chip(options: Partial<Ds18b20Options> = {}): Ds18b20 {
  const onReadout = (readout: Ds18b20Readout): void => {
    readouts.push(readout);
  };
  return new Ds18b20({
    kernel,
    air: () => ({ celsius: 25.0625 }),
    serial: 0x0000_0108_dd2c,
    onReadout,
    ...options,
  });
}

/** A reset, these bytes, and the answer to them. */
function ask(line: OneWireLine, bytes: readonly number[], count: number): number[] {
  line.reset();
  line.write(Uint8Array.from(bytes));
  return [...line.read(count)];
}

async function pass(milliseconds: number): Promise<void> {
  await kernel.run(kernel.nowUs + milliseconds * 1000);
}

test('holds 85 C from power-on until the first conversion has ended, 750 ms later', async () => {
  const line = new OneWireLine([chip()]);
  // Figure 9 of the datasheet; its last byte is the check digit of this example.
  expect(ask(line, [0xcc, 0xbe], 9)).toEqual([0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10, 0x1c]);
  expect(ask(line, [0xcc, 0x44], 1)).toEqual([0x00]);
  await pass(749.9);
  expect([...line.read(1)]).toEqual([0x00]);
  expect(ask(line, [0xcc, 0xbe], 2)).toEqual([0x50, 0x05]);
  await pass(0.1);
  expect(ask(line, [0xcc, 0xbe], 2)).toEqual([0x91, 0x01]);
  expect(readouts.at(-1)).toEqual({ atUs: 0, code: 0x191 });
});

test('tells the end of a conversion in read slots', async () => {
  const line = new OneWireLine([chip()]);
  expect(ask(line, [0xcc, 0x44], 1)).toEqual([0x00]);
  await pass(750);
  expect([...line.read(1)]).toEqual([0xff]);
});

test('converts faster at a lower resolution, and leaves bits undefined', async () => {
  const line = new OneWireLine([chip()]);
  ask(line, [0xcc, 0x4e, 0x4b, 0x46, 0x1f], 0);
  ask(line, [0xcc, 0x44], 0);
  await pass(93.75);
  const [low = 0, high, , , configuration] = ask(line, [0xcc, 0xbe], 9);
  expect([low & 0xf8, high, configuration]).toEqual([0x90, 0x01, 0x1f]);
});

test('keeps settings over a power cut only when they were copied', () => {
  const one = chip();
  const line = new OneWireLine([one]);
  const configuration = (): number | undefined => ask(line, [0xcc, 0xbe], 5)[4];
  ask(line, [0xcc, 0x4e, 0x4b, 0x46, 0x1f], 0);
  one.powerCycle();
  expect(configuration()).toBe(0x7f);
  ask(line, [0xcc, 0x4e, 0x4b, 0x46, 0x1f], 0);
  ask(line, [0xcc, 0x48], 0);
  one.powerCycle();
  expect(configuration()).toBe(0x1f);
});

test('gives its address, which ends with its check digit, and takes no other', () => {
  const line = new OneWireLine([chip({ serial: 0x0000_0001_b81c })]);
  const rom = ask(line, [0x33], 8);
  expect(rom.slice(0, 7)).toEqual([0x28, 0x1c, 0xb8, 0x01, 0x00, 0x00, 0x00]);
  expect(dallasCrc(rom)).toBe(0);
  expect(ask(line, [0x55, ...rom, 0xb4], 1)).toEqual([0xff]);
  expect(ask(line, [0x55, ...rom.with(7, 0), 0xb4], 1)).toEqual([0xff]);
});

test('listens to its own address alone', () => {
  const chips = [chip({ serial: 1 }), chip({ serial: 2, supply: 'parasite' })];
  const line = new OneWireLine(chips);
  const isFed = (index: number): number[] => ask(line, [0x55, ...(chips[index] as Ds18b20).rom, 0xb4], 1);
  expect(isFed(0)).toEqual([0xff]);
  expect(isFed(1)).toEqual([0x00]);
});

test('has no value without a supply that lets it convert', async () => {
  const line = new OneWireLine([chip({ supply: 'parasite' })]);
  expect(ask(line, [0xcc, 0x44], 1)).toEqual([0xff]);
  await pass(1000);
  expect(ask(line, [0xcc, 0xbe], 2)).toEqual([0xff, 0x07]);
});

test('several that answer at once make a low line low', () => {
  const line = new OneWireLine([chip({ serial: 1 }), chip({ serial: 2 })]);
  expect(ask(line, [0x33], 2)).toEqual([0x28, 0x00]);
});

test('a line that is shorted answers a reset and reads as zeros', () => {
  const line = new OneWireLine([chip({ faults: [{ kind: 'stuck-low' }] }), chip({ serial: 2 })]);
  expect(line.reset()).toBe(true);
  expect(ask(line, [0xcc, 0xbe], 2)).toEqual([0, 0]);
});

test('says nothing before it was spoken to', () => {
  const line = new OneWireLine([chip()]);
  expect([...line.read(2)]).toEqual([0xff, 0xff]);
  line.write(Uint8Array.of(0xcc, 0xbe));
  expect([...line.read(2)]).toEqual([0xff, 0xff]);
});

test.each([
  ['frozen', { kind: 'frozen', fromUs: 1_000_000 }, 0x140, 0x140],
  ['drifting', { kind: 'drift', kelvinPerMonth: 0.5 }, 0x140, 0x158],
] as const)('a %s one goes on converting', async (_what, fault, first, later) => {
  let celsius = 20;
  const line = new OneWireLine([chip({ air: () => ({ celsius }), faults: [fault] })]);
  const code = async (): Promise<number> => {
    ask(line, [0xcc, 0x44], 0);
    await pass(750);
    const [low = 0, high = 0] = ask(line, [0xcc, 0xbe], 2);
    return (high << 8) | low;
  };
  expect(await code()).toBe(first);
  // A month on, 1 K warmer.
  await pass(30 * 86_400_000);
  celsius = 21;
  expect(await code()).toBe(later);
});
