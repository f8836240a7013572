import { beforeEach, expect, test } from 'vitest';
import { Axp2101 } from './axp2101.ts';

let told: string[];
let chip: Axp2101;
let millivolts: number;
let fed: boolean;

beforeEach(() => {
  told = [];
  millivolts = 3912;
  fed = false;
  chip = new Axp2101({
    onModemSupply: (on) => told.push(`modem ${on}`),
    onAntenna: (on) => told.push(`antenna ${on}`),
    batteryMillivolts: () => millivolts,
    externalPower: () => fed,
  });
});

const write = (...bytes: number[]): boolean => chip.write(Uint8Array.from(bytes));

test('DC3 feeds the modem only at a voltage that it starts at', () => {
  write(0x84, 90);
  write(0x80, 0x05);
  expect(told).toEqual([]);
  write(0x84, 102);
  expect(told).toEqual(['modem true']);
});

test('losing power switches every rail off, and the same write switches it on again', () => {
  write(0x84, 102);
  write(0x80, 0x05);
  write(0x90, 0x30);
  chip.reset();
  expect(told).toEqual(['modem true', 'antenna true', 'modem false', 'antenna false']);
  write(0x84, 102);
  write(0x80, 0x05);
  expect(told.at(-1)).toBe('modem true');
});

test('the battery voltage is there once the converter is on', () => {
  const volts = (): number => {
    write(0x34);
    const [high = 0, low = 0] = chip.read(2);
    return high * 256 + low;
  };
  expect(volts()).toBe(0);
  write(0x30, 1);
  expect(volts()).toBe(3912);
});

const read = (register: number): number => {
  write(register);
  return chip.read(1)[0] as number;
};

test('status tells power from outside, and cannot be written', () => {
  expect(read(0x00)).toBe(0x08);
  fed = true;
  expect(read(0x00)).toBe(0x28);
  write(0x00, 0x00);
  expect(read(0x00)).toBe(0x28);
});

test('without power from outside the battery gives current', () => {
  write(0x50, 0x10);
  expect(read(0x01)).toBe(0b010_1_0_101);
});

test('a TS pin without a thermistor keeps the charger from charging until it is ignored', () => {
  fed = true;
  expect(read(0x01)).toBe(0b000_1_0_101);
  write(0x50, 0x10);
  expect(read(0x01)).toBe(0b001_1_0_010);
});

test.each([
  [2900, 0b001_1_0_001],
  [3912, 0b001_1_0_010],
  [4190, 0b001_1_0_011],
  [4200, 0b000_1_0_100],
])('a battery of %i mV is charged as its voltage asks for', (level, status) => {
  fed = true;
  millivolts = level;
  write(0x50, 0x10);
  expect(read(0x01)).toBe(status);
});

test('the charger is on after power-on and can be switched off; losing power switches it on again', () => {
  fed = true;
  write(0x50, 0x10);
  expect(read(0x18)).toBe(0x0a);
  write(0x18, 0x08);
  expect(read(0x01)).toBe(0b000_1_0_101);
  chip.reset();
  expect(read(0x18)).toBe(0x0a);
});
