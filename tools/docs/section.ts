import { readFileSync } from 'node:fs';
import type { Page } from './markdown.ts';

const ROOT = new URL('../../', import.meta.url);

/**
 * A page of which one section is made from sources, and the rest by hand: what stands between the comments
 * `<!-- <name>: ... -->` and `<!-- end of <name> -->`. `sources` are paths from the top of the repository.
 * Throws where a page lacks one of the two.
 */
export function section(path: string, name: string, sources: readonly string[], body: string): Page {
  const text = readFileSync(new URL(path, ROOT), 'utf8');
  const from = text.indexOf(`<!-- ${name}:`);
  const end = `<!-- end of ${name} -->`;
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${path} has no section ${name}`);
  const origin = `<!-- ${name}: made by \`npx coldrail docs\` from ${sources.join(', ')}. Change it there. -->`;
  return { path, text: `${text.slice(0, from)}${origin}\n\n${body}\n\n${text.slice(to)}` };
}
