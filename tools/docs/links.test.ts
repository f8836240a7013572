import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadEnds, markdownFiles } from './links.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(markdownFiles(root).map((file) => relative(root, file)))(
  'every link and every path in %s leads somewhere',
  (file) => {
    expect(deadEnds(join(root, file), root)).toEqual([]);
  },
);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-links-'));
  mkdirSync(join(folder, 'docs'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a link to no file, to no heading, and a path that is not there are found; the rest is not', () => {
  writeFileSync(join(folder, 'docs/other.md'), '# One wake, no more\n');
  writeFileSync(
    join(folder, 'page.md'),
    [
      '# Page',
      '[a](docs/other.md) [b](docs/other.md#one-wake-no-more) [c](#page) [d](https://example.org/x)',
      '[e](docs/gone.md) [f](docs/other.md#two-wakes) [g](#nowhere)',
      '`docs/other.md` `docs/gone/file.ts` `dist/x.js` `docs/<name>.md`',
      '```',
      '[h](not/a/link.md)',
      '```',
    ].join('\n'),
  );
  expect(deadEnds(join(folder, 'page.md'), folder)).toEqual([
    'docs/gone.md',
    'docs/other.md#two-wakes',
    '#nowhere',
    'docs/gone/file.ts',
  ]);
});
