import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBundle } from './bundle-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldrail-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('a file that is named as a board is for that one', async () => {
  const path = file('t-a7670.js', 'run()\n');
  expect(await readBundle(path, undefined)).toEqual({ content: 'run()\n', board: 't-a7670' });
  expect(await readBundle(path, 't-sim7000g')).toMatchObject({ board: 't-sim7000g' });
});

test('which board another file is for is not known', async () => {
  expect(await readBundle(file('mine.js', 'run()\n'), undefined)).toMatchObject({ board: undefined });
});

test('without a file the board is built', async () => {
  const { content, board } = await readBundle(undefined, 't-sim7000g');
  expect(board).toBe('t-sim7000g');
  expect(content.length).toBeGreaterThan(10_000);
});

test.each([
  ['empty', ''],
  ['no text', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0])],
  ['text beyond ASCII', 'print("\u00e9")'],
  ['far too large', 'x'.repeat(500_000)],
])('a file that is %s is refused', async (_, content) => {
  const bundle = readBundle(file('bad.js', content), undefined);
  await expect(bundle).rejects.toMatchObject({ id: 'flash.bundle-unreadable' });
});

test('a file or a board that there is none of is refused, and so is naming neither', async () => {
  await expect(readBundle(join(folder, 'none.js'), undefined)).rejects.toMatchObject({ exitCode: 2 });
  await expect(readBundle(undefined, 'none')).rejects.toMatchObject({ id: 'build.unknown-board' });
  await expect(readBundle(undefined, undefined)).rejects.toMatchObject({ id: 'flash.no-bundle' });
});
