import { beforeEach, expect, test } from 'vitest';
import { Axp2101 } from './axp2101.ts';

let told: string[];
let chip: Axp2101;

beforeEach(() => {
  told = [];
  chip = new Axp2101({
    onModemSupply: (on) => told.push(`modem ${on}`),
    onAntenna: (on) => told.push(`antenna ${on}`),
    batteryMillivolts: () => 3912,
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
