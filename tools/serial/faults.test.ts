import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFault, permissionRemedy } from './faults.ts';
import { needsHeartbeat } from './heartbeat.ts';

const path = '/dev/ttyUSB0';

test.each([
  ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'serial.missing'],
  ['Opening COM7: File not found', 'serial.missing'],
  ['Error Resource temporarily unavailable Cannot lock port', 'serial.busy'],
  ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'serial.busy'],
  ['Opening COM7: Access denied', 'serial.busy'],
  ['Error: Permission denied, cannot open /dev/ttyUSB0', 'serial.permission'],
  ['Error: Inappropriate ioctl for device setting custom baud rate of 115200', 'serial.not-serial'],
  ['Error: Input/output error, cannot open /dev/ttyUSB0', 'serial.failed'],
])('"%s" is %s', (message, id) => {
  const fault = openFault(path, new Error(message));
  expect(fault.id).toBe(id);
  expect(fault.message).toContain(path);
});

test('who may not use a port is told which group may', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-'));
  const port = join(folder, 'port');
  writeFileSync(port, '');
  const groups = join(folder, 'group');
  writeFileSync(groups, `root:x:99999:\ndialout:x:${statSync(port).gid}:\n`);
  expect(permissionRemedy(port, groups)).toContain('usermod -aG dialout');
  expect(permissionRemedy('/dev/no-such-port', groups)).toBe('Give yourself the right to read and write it.');
});

test('reads need a heartbeat from Node 26.3 on', () => {
  const versions = ['v20.20.2', 'v24.21.0', 'v26.2.0', 'v26.3.0', 'v26.10.0', 'v27.0.0'];
  expect(versions.filter(needsHeartbeat)).toEqual(['v26.3.0', 'v26.10.0', 'v27.0.0']);
});
