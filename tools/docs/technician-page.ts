import { readFileSync } from 'node:fs';
import { catalogue } from '../errors/catalogue.ts';
import { faults } from '../errors/faults.ts';
import { code, type Page, plain, table } from './markdown.ts';

const PATH = 'docs/technician.md';
const BEGIN =
  '<!-- Made by `npx coldrail docs` from tools/errors/faults.ts and tools/errors/catalogue.ts, to the next mark. Change it there. -->';
const END = '<!-- To here. -->';

/** Parts of the catalogue that one meets at a tracker with a cable. */
const AT_THE_TRACKER = [
  'serial',
  'link',
  'console',
  'config',
  'trip',
  'log',
  'provision',
  'flash',
  'record',
  'web',
];

/** docs/technician.md, which people write, with its table of errors as they are now. */
export function technicianPage(text = readFileSync(new URL(`../../${PATH}`, import.meta.url), 'utf8')): Page {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  // Without its marks the page has no table, and then it is not current.
  if (begin < 0 || end < begin) return { path: PATH, text: `${text}\n${section()}\n` };
  return { path: PATH, text: text.slice(0, begin) + section() + text.slice(end + END.length) };
}

function section(): string {
  const device = faults.map(({ code: number, id, remedy }) => [code(id), String(number), plain(remedy)]);
  const host = Object.entries(catalogue)
    .filter(([id]) => AT_THE_TRACKER.includes(id.split('.')[0] ?? ''))
    .map(([id, { remedy }]) => [code(id), '', plain(remedy)]);
  const rows = [...device, ...host].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return [BEGIN, table(['error', 'number', 'what to do'], rows), END].join('\n\n');
}
