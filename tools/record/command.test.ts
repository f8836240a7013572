import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'cbor-x';
import { afterAll, afterEach, expect, test } from 'vitest';
import { CLOCK_UNKNOWN, HOST_UNREACHABLE } from '../../hal/faults.ts';
import { recordCommand } from './command.ts';

const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const folder = mkdtempSync(join(tmpdir(), 'coldrail-record-'));
const keyFile = join(folder, 'TR-0001.key');
writeFileSync(keyFile, `${KEY.toString('hex')}\n`);

const steps = [
  [1, 0, 2, 0],
  [3, 0, 3920, 0],
  [4, 1, null, CLOCK_UNKNOWN],
  [5, 3, null, 0],
  [8, 2, null, HOST_UNREACHABLE],
];
const items: unknown[] = [1, 'TR-0001', 3, 620, 1_795_262_400, 'J-Doe', 'DU-CD-17', 'CSQU3054383', steps];

function fileOf(text: string): string {
  const file = join(folder, 'record.json');
  writeFileSync(file, text);
  return file;
}

/** A file as `selftest --record` writes it. */
function record(array: readonly unknown[] = items, more: object = {}): string {
  const bytes = encode(array);
  const mac = createHmac('sha256', KEY).update(bytes).digest('hex');
  return JSON.stringify({ record: bytes.toString('hex'), mac, ...more });
}

async function run(...args: string[]): Promise<{ text: string; exitCode: unknown }> {
  const printed: string[] = [];
  await recordCommand((text) => printed.push(text)).parseAsync(args, { from: 'user' });
  return { text: printed.join('\n'), exitCode: process.exitCode };
}

afterEach(() => {
  process.exitCode = undefined;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a record is shown on one screen, and proven by the device key', async () => {
  const { text, exitCode } = await run(fileOf(record()), '--key', keyFile);
  expect(exitCode).toBe(0);
  expect(text.split('\n').length).toBeLessThan(24);
  for (const words of [
    'Installation of TR-0001',
    '2026-11-21T12:00:00Z (power-on 3, 620 s after it)',
    'J-Doe',
    'DU-CD-17',
    'CSQU3054383',
    /verdict +red/,
    /battery +green +3\.92 V/,
    /clock +amber +Nobody/,
    /position +skipped/,
    /broker +red .*could not be reached/,
    'PROVEN: the tracker with this key wrote this record.',
  ])
    expect(text).toMatch(words);
});

test('a tracker whose clock was not known says when by its power-on', async () => {
  const { text } = await run(fileOf(record(items.with(4, null).with(6, '').with(7, ''))));
  expect(text).toMatch(/when +power-on 3, 620 s after it; its clock was not known/);
  expect(text).toMatch(/trip +none/);
});

test('without a key, with another one, and from a tracker without one nothing is proven', async () => {
  expect(await run(fileOf(record()))).toMatchObject({
    exitCode: 1,
    text: expect.stringMatching(/NOT PROVEN: name the file/),
  });
  const other = join(folder, 'other.key');
  writeFileSync(other, 'ff'.repeat(32));
  expect(await run(fileOf(record()), '--key', other)).toMatchObject({
    exitCode: 1,
    text: expect.stringMatching(/NOT PROVEN: the record/),
  });
  const macless = fileOf(record(items, { mac: '' }));
  expect(await run(macless, '--key', keyFile)).toMatchObject({
    exitCode: 1,
    text: expect.stringMatching(/no device key/),
  });
});

test('any bit that flips in a record is found out', async () => {
  const whole = JSON.parse(record()) as { record: string; mac: string };
  const bytes = Buffer.from(whole.record, 'hex');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    const file = fileOf(JSON.stringify({ ...whole, record: flipped.toString('hex') }));
    const outcome = await run(file, '--key', keyFile).catch((error: { id: string }) => error.id);
    if (typeof outcome === 'string') expect(outcome).toMatch(/^record\.(malformed|later-format)$/);
    else expect(outcome.exitCode, `bit ${bit}`).toBe(1);
    process.exitCode = undefined;
  }
});

test('--json says the same as an object', async () => {
  const { text } = await run(fileOf(record()), '--key', keyFile, '--json');
  expect(JSON.parse(text)).toMatchObject({ device: 'TR-0001', proven: true, steps: { length: 5 } });
});

test('what would move the cursor of the terminal is not printed', async () => {
  const { text } = await run(fileOf(record(items.with(1, 'TR\u001b[2J'))));
  expect(text).toContain('TR?[2J');
});

test.each<[string, string, RegExp]>([
  ['nothing', '', /it is empty/],
  ['half a file', record().slice(0, 60), /breaks off in the middle/],
  ['no JSON', 'record', /it is no JSON/],
  ['a list', '[]', /it has no "record"/],
  ['no mac', JSON.stringify({ record: 'a0' }), /it has no "mac"/],
  ['half a byte', JSON.stringify({ record: 'a', mac: '' }), /"record" is no row of hexadecimal digits/],
  ['half a mac', record(items, { mac: '00' }), /"mac" has 1 bytes, not 32/],
  ['an empty record', record(items, { record: '' }), /"record" is empty/],
  ['half a record', record(items, { record: encode(items).subarray(0, 20).toString('hex') }), /break off/],
  [
    'more behind it',
    record(items, { record: `${encode(items).toString('hex')}00` }),
    /1 bytes stand behind it/,
  ],
  ['no array', record(items, { record: '00' }), /no array/],
  ['an item too few', record(items.slice(0, 8)), /its items are not those/],
  ['half a step', record(items.with(8, [[1, 0]])), /its items are not those/],
])('%s: refused with a clear error', async (_, text, words) => {
  await expect(run(fileOf(text), '--key', keyFile)).rejects.toMatchObject({
    id: 'record.malformed',
    exitCode: 2,
    message: expect.stringMatching(words),
  });
});

test('a record of a later format is not guessed at', async () => {
  await expect(run(fileOf(record(items, { format: 2 })))).rejects.toMatchObject({
    id: 'record.later-format',
  });
  await expect(run(fileOf(record([2, 'x'])))).rejects.toMatchObject({
    id: 'record.later-format',
    exitCode: 2,
  });
});

test('a file that is not there, a folder, and a key file that is none are refused', async () => {
  await expect(run(join(folder, 'none'))).rejects.toMatchObject({ id: 'record.unreadable', exitCode: 2 });
  await expect(run(folder)).rejects.toMatchObject({ id: 'record.unreadable' });
  const file = fileOf(record());
  await expect(run(file, '--key', file)).rejects.toMatchObject({ id: 'verify.key-malformed', exitCode: 2 });
  await expect(run(file, '--key', KEY.toString('hex'))).rejects.toMatchObject({
    id: 'verify.key-unreadable',
  });
});
