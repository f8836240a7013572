import { expect, test } from 'vitest';
import { type I2cDevice, I2cLines } from './i2c-device.ts';

function chip(holdsFor = 0) {
  const device = {
    holdsFor,
    write: () => true,
    read: (count: number) => new Uint8Array(count),
    holdsSda: () => device.holdsFor > 0,
    clockPulse: () => {
      device.holdsFor--;
    },
  };
  return device satisfies I2cDevice;
}

function pulse(lines: I2cLines): void {
  lines.setScl(false);
  lines.setScl(true);
}

test('one chip that holds SDA low takes all others off the bus', () => {
  const culprit = chip(2);
  const lines = new I2cLines(
    new Map([
      [0x44, culprit],
      [0x45, chip()],
    ]),
  );
  const other = lines.devices.get(0x45) as I2cDevice;
  expect([lines.sdaHigh, other.write(Uint8Array.of(0)), other.read(1)]).toEqual([false, false, undefined]);
  pulse(lines);
  expect(lines.sdaHigh).toBe(false);
  pulse(lines);
  expect([lines.sdaHigh, other.write(Uint8Array.of(0)), other.read(1)]).toEqual([
    true,
    true,
    Uint8Array.of(0),
  ]);
});

test('a pulse is SCL going low and high; writing high again is none', () => {
  const culprit = chip(2);
  const lines = new I2cLines(new Map([[0x44, culprit]]));
  lines.setScl(true);
  lines.setScl(false);
  lines.setScl(false);
  expect(culprit.holdsFor).toBe(2);
  lines.setScl(true);
  lines.setScl(true);
  expect(culprit.holdsFor).toBe(1);
});

test('chips that cannot hold a line need not say so', () => {
  const plain: I2cDevice = { write: () => true, read: () => undefined };
  const lines = new I2cLines(new Map([[0x34, plain]]));
  pulse(lines);
  expect([lines.sdaHigh, lines.devices.get(0x34)?.write(Uint8Array.of(1))]).toEqual([true, true]);
});
