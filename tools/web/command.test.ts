import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { webCommand } from './command.ts';

const home = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-web-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const run = async (...args: string[]): Promise<string[]> => {
  const said: string[] = [];
  await webCommand((text) => said.push(text)).parseAsync(args, { from: 'user' });
  return said;
};

test('--no-serve writes the file, says how large it is, and ends', async () => {
  const said = await run('--no-serve');
  const { length } = readFileSync('dist/coldrail.html');
  expect(said).toEqual([`dist/coldrail.html  ${length} bytes`]);
});

test('a folder that cannot be written is an error with a remedy', async () => {
  writeFileSync('dist', 'a file, no folder');
  await expect(run('--no-serve')).rejects.toMatchObject({ id: 'web.unwritable', exitCode: 1 });
});

test.each(['0', '65536', '80.5', 'http'])('--listen %s is no port, and nothing is built', async (port) => {
  await expect(run('--listen', port)).rejects.toMatchObject({ exitCode: 2 });
  expect(existsSync('dist')).toBe(false);
});
