import { beforeEach, expect, test } from 'vitest';
import { Kernel } from '../kernel.ts';
import { Max31865, type Max31865Options, type Max31865Readout, pt1000Ohm } from './max31865.ts';

/** Bias on, filter for 50 Hz. */
const READY = 0x81;

let kernel: Kernel;
let readouts: Max31865Readout[];

beforeEach(() => {
  kernel = new Kernel();
  readouts = [];
});

function chip(options: Partial<Max31865Options> = {}): Max31865 {
  const onReadout = (readout: Max31865Readout): void => {
    readouts.push(readout);
  };
  return new Max31865({ kernel, air: () => ({ celsius: 0 }), wires: 4, onReadout, ...options });
}

const send = (to: Max31865, ...bytes: number[]): number[] => [...to.transfer(Uint8Array.from(bytes))];
const read = (from: Max31865, register: number, count: number): number[] =>
  send(from, register, ...new Array(count).fill(0)).slice(1);

async function pass(milliseconds: number): Promise<void> {
  await kernel.run(kernel.nowUs + milliseconds * 1000);
}

/** Bias, 10 ms, one conversion. */
async function convert(one: Max31865, config = READY): Promise<void> {
  send(one, 0x80, config);
  await pass(10);
  send(one, 0x80, config | 0x20);
  await pass(66);
}

test('has the registers of the datasheet after power-on', () => {
  expect(read(chip(), 0, 8)).toEqual([0, 0, 0, 0xff, 0xff, 0, 0, 0]);
});

test('converts in 66 ms with the filter for 50 Hz, in 55 ms with that for 60 Hz', async () => {
  for (const [config, milliseconds] of [
    [READY, 66],
    [0x80, 55],
  ] as const) {
    const one = chip();
    send(one, 0x80, config);
    await pass(10);
    send(one, 0x80, config | 0x20);
    await pass(milliseconds - 0.1);
    expect(read(one, 0, 3)).toEqual([config | 0x20, 0, 0]);
    await pass(0.1);
    // 1000 ohm of 4300: code 7620, one bit to the left.
    expect(read(one, 0, 3)).toEqual([config, 0x3b, 0x88]);
  }
  expect(readouts.at(-1)?.code).toBe(7620);
});

test('reads too low when the bias had no time, and nothing without it', async () => {
  const hasty = chip();
  send(hasty, 0x80, 0xa1);
  await pass(66);
  expect(read(hasty, 1, 2)).toEqual([0, 1]);
  const unfed = chip();
  send(unfed, 0x80, 0x21);
  await pass(66);
  expect(read(unfed, 1, 2)).toEqual([0, 1]);
  const halfway = chip();
  send(halfway, 0x80, READY);
  await pass(1);
  send(halfway, 0x80, READY | 0x20);
  await pass(66);
  expect(read(halfway, 1, 1)[0]).toBeLessThan(0x30);
});

test('finds an open circuit at full scale, and a short at zero', async () => {
  const open = chip({ faults: [{ kind: 'unplugged' }] });
  await convert(open);
  // The threshold after power-on is full scale.
  expect(read(open, 1, 2)).toEqual([0xff, 0xff]);
  expect(read(open, 7, 1)).toEqual([0x80]);
  const short = chip();
  short.cable = 'short';
  await convert(short);
  expect(read(short, 1, 2)).toEqual([0, 1]);
  expect(read(short, 7, 1)).toEqual([0x40]);
});

test('compares with its thresholds, the ends included', async () => {
  for (const [high, low, faults] of [
    [0x3b88, 0x3b86, 0x80],
    [0x3b8a, 0x3b88, 0x40],
    [0x3b8a, 0x3b86, 0],
  ] as const) {
    const one = chip();
    send(one, 0x83, high >> 8, high & 255, low >> 8, low & 255);
    await convert(one);
    expect(read(one, 7, 1)).toEqual([faults]);
  }
});

test('finds broken leads only when it is asked to check the wiring, within 0.6 ms', async () => {
  const one = chip();
  one.cable = 'force-open';
  await convert(one);
  expect(read(one, 7, 1)).toEqual([0]);
  send(one, 0x80, READY | 0x04);
  expect(read(one, 0, 1)).toEqual([READY | 0x04]);
  await pass(0.6);
  expect(read(one, 0, 1)).toEqual([READY]);
  expect(read(one, 7, 1)).toEqual([0x30]);
});

test('keeps a fault until it is cleared, and an overvoltage as long as it lasts', async () => {
  const one = chip();
  one.cable = 'short';
  await convert(one);
  one.cable = 'overvoltage';
  expect(read(one, 7, 1)).toEqual([0x44]);
  send(one, 0x80, READY | 0x02);
  expect(read(one, 0, 1)).toEqual([READY]);
  expect(read(one, 7, 1)).toEqual([0x04]);
  one.cable = 'sound';
  send(one, 0x80, READY | 0x02 | 0x20);
  expect(read(one, 7, 1)).toEqual([0x04]);
  send(one, 0x80, READY | 0x02);
  expect(read(one, 7, 1)).toEqual([0]);
});

test('takes no writing to what it has measured', () => {
  const one = chip();
  send(one, 0x81, 0x12, 0x34);
  send(one, 0x87, 0xff);
  expect(read(one, 1, 2)).toEqual([0, 0]);
  expect(read(one, 7, 1)).toEqual([0]);
});

// Table 1 of IEC 60751, times ten.
test.each([
  [-50, 803.06],
  [-20, 921.6],
  [0, 1000],
  [100, 1385.06],
])('a PT1000 has at %i C %f ohm', (celsius, ohm) => {
  expect(Math.abs(pt1000Ohm(celsius) - ohm)).toBeLessThan(0.01);
});
