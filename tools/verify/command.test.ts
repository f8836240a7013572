import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { JournalWriter } from '../decode/testing/write-journal.ts';
import { verifyCommand } from './command.ts';
import { sealImage, TEST_KEY } from './testing/seal-image.ts';

let folder: string;
let flash: string;
const key = TEST_KEY.toString('hex');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-verify-'));
  flash = join(folder, 'flash.bin');
  const writer = new JournalWriter({ ringPages: 3 }).powerOnAt(1, 0).reading(1, 2, 3).startPage();
  writeFileSync(flash, sealImage(writer.reading(1, 2, 3).image(3)));
});

beforeEach(() => {
  process.exitCode = undefined;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<{ text: string; exitCode: unknown }> {
  const printed: string[] = [];
  await verifyCommand((text) => printed.push(text)).parseAsync(args, { from: 'user' });
  return { text: printed.join('\n'), exitCode: process.exitCode };
}

test('exits with 0 only when the image is proven', async () => {
  expect(await run(flash, '--key', key)).toMatchObject({ exitCode: 0 });
  expect(await run(flash, '--key', '00'.repeat(32))).toMatchObject({ exitCode: 1 });
  expect(await run(flash)).toMatchObject({ exitCode: 1 });
});

test('takes the key from a file', async () => {
  writeFileSync(join(folder, 'device-key.hex'), `${key}\n`);
  const { text, exitCode } = await run(flash, '--key', join(folder, 'device-key.hex'));
  expect(exitCode).toBe(0);
  expect(text).toContain('PROVEN: page 1 is as the holder of the key wrote it');
});

test('--json prints one object that says the same', async () => {
  const { text } = await run(flash, '--key', key, '--json');
  expect(JSON.parse(text)).toMatchObject({ verdict: 'proven', keyGiven: true, findings: [] });
});

test('a file that cannot be read, and one that is larger than any flash, are refused', async () => {
  await expect(run(join(folder, 'none'), '--key', key)).rejects.toMatchObject({ id: 'verify.unreadable' });
  await expect(run(folder, '--key', key)).rejects.toMatchObject({ id: 'verify.unreadable' });
  await expect(run('/dev/zero', '--key', key)).rejects.toMatchObject({ id: 'verify.too-large', exitCode: 2 });
});
