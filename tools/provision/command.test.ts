import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { provisionCommand } from './command.ts';
import { goodOrder, OrderFolder } from './testing/order-folder.ts';

const folder = new OrderFolder();
const order = folder.put('order.json', JSON.stringify(goodOrder));
const units = folder.put('units.csv', 'deviceId,intervalS\nTR-1,300\nTR-2,300\n');
const nowhere = folder.at('no-port');

afterAll(() => folder.remove());

async function run(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const command = provisionCommand((text) => printed.push(text));
  await command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: 'user' });
  return printed.join('\n');
}

test('--dry-run checks a work order without a tracker', async () => {
  expect(await run(order, '--dry-run')).toBe('1 unit is in order; nothing was sent.');
  expect(await run(units, '--dry-run')).toBe('2 units are in order; nothing was sent.');
  expect(JSON.parse(await run(units, '--dry-run', '--json'))).toEqual({ units: ['TR-1', 'TR-2'] });
  expect(await run(units, '--dry-run', '--only', 'TR-2')).toMatch(/^1 unit/);
});

test('a work order that is wrong is refused before a port is opened', async () => {
  const wrong = folder.put('wrong.json', JSON.stringify({ ...goodOrder, container: 'CSQU3054384' }));
  await expect(run(wrong, '--yes', '--port', nowhere)).rejects.toMatchObject({
    id: 'provision.refused',
    exitCode: 2,
  });
});

test.each([
  [['--only', 'TR-3', '--dry-run'], 'provision.only'],
  [['--who', 'J. Doe', '--dry-run'], 'usage.who'],
  [['--who', 'a-name-too-long-for-it', '--dry-run'], 'usage.who'],
  [['--delimiter', ';;', '--dry-run'], 'usage.delimiter'],
])('%s: wrong use', async (args, id) => {
  await expect(run(units, ...args)).rejects.toMatchObject({ id, exitCode: 2 });
});

test('without a terminal it asks for --yes and does nothing', async () => {
  if (process.stdin.isTTY) return;
  await expect(run(units, '--port', nowhere)).rejects.toMatchObject({
    id: 'usage.needs-yes',
    exitCode: 2,
  });
});

test('a port that is not there is a failure, which the results tell', async () => {
  await expect(run(units, '--yes', '--port', nowhere, '--who', 'J-Doe')).rejects.toMatchObject({
    id: 'serial.missing',
    exitCode: 1,
  });
  expect(JSON.parse(readFileSync(`${units}.results`, 'utf8'))).toMatchObject({
    deviceId: 'TR-1',
    result: 'failed',
    error: 'serial.missing',
  });
});

test('of one tracker no results are kept', async () => {
  await expect(run(order, '--yes', '--port', nowhere)).rejects.toMatchObject({ id: 'serial.missing' });
  expect(existsSync(`${order}.results`)).toBe(false);
});

test('--labels writes the page for the printer', async () => {
  await run(units, '--dry-run', '--labels', folder.at('labels.html'), '--label-size', 'roll');
  expect(readFileSync(folder.at('labels.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*TR-2/);
  await expect(run(units, '--dry-run', '--labels', folder.path)).rejects.toMatchObject({
    id: 'usage.unwritable',
  });
});
