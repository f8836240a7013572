import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rules } from '../check/rules/all.ts';
import { catalogue } from '../errors/catalogue.ts';
import { faults } from '../errors/faults.ts';
import { buildProgram } from '../program.ts';
import { generatedPages, stalePages, writePages } from './generate.ts';
import { plain } from './markdown.ts';

const pages = () => generatedPages(buildProgram(() => {}));
const textOf = (path: string) => pages().find((page) => page.path === path)?.text ?? '';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-docs-'));
  mkdirSync(join(folder, 'docs'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the generated pages in docs/ are current (npx coldrail docs writes them)', () => {
  expect(stalePages(pages())).toEqual([]);
});

test('a page that differs by one character is stale, and so is one that is not there', () => {
  const root = pathToFileURL(`${folder}/`);
  expect(stalePages(pages(), root)).toHaveLength(pages().length);
  writePages(pages(), root);
  expect(stalePages(pages(), root)).toEqual([]);
  writeFileSync(join(folder, 'docs/cli.md'), `${textOf('docs/cli.md')} `);
  expect(stalePages(pages(), root)).toEqual(['docs/cli.md']);
});

test('every error, fault, rule and command has its place in a page', () => {
  const errors = textOf('docs/errors.md');
  for (const id of [...Object.keys(catalogue), ...faults.map((fault) => fault.id)])
    expect(errors).toContain(`| \`${id}\` |`);
  for (const { id } of rules) expect(textOf('docs/check-rules.md')).toContain(`| \`${id}\` |`);
  for (const command of buildProgram(() => {}).commands)
    expect(textOf('docs/cli.md')).toContain(`## coldrail ${command.name()}\n`);
});

test('no line of the command reference is wider than 100 columns in a help text', () => {
  const help = textOf('docs/cli.md').match(/^```text[\s\S]*?^```$/gm) ?? [];
  expect(help.length).toBeGreaterThan(1);
  for (const line of help.join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('text keeps its meaning in a table: markup outside backticks is escaped, a bar everywhere', () => {
  expect(plain('a | b *c* <d> `e | f*`')).toBe('a \\| b \\*c\\* \\<d\\> `e \\| f*`');
});
