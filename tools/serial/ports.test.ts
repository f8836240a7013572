import { expect, test } from 'vitest';
import { choosePort, describePort } from './ports.ts';

const board = describePort({ path: '/dev/ttyACM0', vendorId: '1A86', productId: '55D4', serialNumber: '5A' });
const own = describePort({ path: '/dev/ttyACM1', vendorId: '303a', productId: '1001' });
const builtIn = describePort({ path: '/dev/ttyS0' });

test('a port is described by its chip', () => {
  expect(board).toEqual({
    path: '/dev/ttyACM0',
    what: 'WCH CH340, CH9102',
    serialNumber: '5A',
    usbId: '1a86:55d4',
    isCandidate: true,
  });
  expect(builtIn).toMatchObject({ usbId: '', isCandidate: false });
});

test('the only USB port is taken', () => {
  expect(choosePort([builtIn, own])).toBe('/dev/ttyACM1');
});

test('of several each is named, and none is taken', () => {
  expect(() => choosePort([own, board])).toThrow(/ttyACM1 \(Espressif USB serial\), \/dev\/ttyACM0/);
});

test('a port of the mainboard is not taken for a tracker', () => {
  expect(() => choosePort([builtIn])).toThrow(expect.objectContaining({ id: 'serial.none' }));
  expect(() => choosePort([])).toThrow(expect.objectContaining({ id: 'serial.none' }));
});
