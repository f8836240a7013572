/** The files that are made from sources, so that they cannot say something else than the program does. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { boardsPage } from './boards-page.ts';
import { cargoPage } from './cargo-page.ts';
import { checkRulesPage } from './check-rules-page.ts';
import { cliPage } from './cli-page.ts';
import { configPage } from './config-page.ts';
import { errorsPage } from './errors-page.ts';
import type { Page } from './markdown.ts';
import { ratOrderPage } from './rat-order.ts';
import { technicianPage } from './technician-page.ts';

const ROOT = new URL('../../', import.meta.url);

/** `program` is the whole command line, for docs/cli.md. */
export function generatedPages(program: Command): Page[] {
  return [
    boardsPage(),
    cargoPage(),
    checkRulesPage(),
    cliPage(program),
    configPage(),
    errorsPage(),
    ratOrderPage(),
    technicianPage(),
  ];
}

/** Paths of the files that hold something else, or are not there. */
export function stalePages(pages: readonly Page[], root: URL = ROOT): string[] {
  return pages.filter(({ path, text }) => contentOf(new URL(path, root)) !== text).map(({ path }) => path);
}

export function writePages(pages: readonly Page[], root: URL = ROOT): void {
  for (const { path, text } of pages) {
    const file = new URL(path, root);
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
  }
}

function contentOf(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
