import { readFileSync } from 'node:fs';
import { boardNames } from '../build/bundle.ts';
import { boardHardware } from '../sim/board-hardware.ts';
import { code, link, type Page, page, plain, table } from './markdown.ts';

const HEAD_COMMENT = /^\/\*\*([\s\S]*?)\*\//;
const CONSTANT = /^(?:\/\*\* (.*) \*\/\n)?const ([A-Z][A-Z0-9_]*) = (.+);(?: \/\/ (.*))?$/gm;
const PART = /from '\.\.\/(hal\/(?:drivers|modem\/profiles)\/([\w-]+)\.ts)'/g;

/** The lines of a doc comment without its stars, joined where they are one paragraph. */
function prose(comment: string): string {
  return plain(comment.replace(/^\s*\* ?/gm, ' ').trim());
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}

function section(board: string): string[] {
  const file = `boards/${board}.ts`;
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const constants = [...source.matchAll(CONSTANT)].map(([, above, name = '', value = '', beside]) => [
    code(name),
    code(value),
    plain(beside ?? above ?? ''),
  ]);
  const parts = [...source.matchAll(PART)].map(([, path, name]) => link(name ?? '', `../${path}`));
  const hardware = boardHardware[board];
  const virtual = hardware
    ? `Simulated with ${hardware.flash.size / 1024} KiB of raw flash at ${code(hex(hardware.flash.base))} in pages of ${hardware.flash.pageSize} bytes, and PWRKEY on pin ${hardware.pwrkeyPin}.`
    : 'There is no virtual board for it yet.';
  return [
    `## ${board}`,
    prose(HEAD_COMMENT.exec(source)?.[1] ?? ''),
    `Drivers: ${parts.join(', ')}. Source: ${link(file, `../${file}`)}.`,
    table(['constant', 'value', 'note'], constants),
    virtual,
  ];
}

/** docs/boards.md: one section a board, from its own file. */
export function boardsPage(): Page {
  return page(
    'docs/boards.md',
    'Boards',
    ['boards/*.ts', 'tools/sim/board-hardware.ts'],
    [
      'A board file names pins, supply rails and drivers, and nothing else. [ARCHITECTURE.md](../ARCHITECTURE.md#where-to-add-things) says how to add one.',
      ...boardNames().flatMap(section),
    ],
  );
}
