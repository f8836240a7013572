import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faults } from '../errors/faults.ts';
import { technicianPage } from './technician-page.ts';

const docs = new URL('../../docs/', import.meta.url);
const text = readFileSync(new URL('technician.md', docs), 'utf8');

test('the page has a row for each error of the tracker, and for those that come at a cable', () => {
  const made = technicianPage().text;
  for (const id of [...faults.map((fault) => fault.id), 'serial.busy', 'console.silent', 'web.cable-pulled'])
    expect(made).toContain(`| \`${id}\` |`);
  expect(made).not.toContain('| `collect.');
});

test('what people wrote round the table stays', () => {
  expect(technicianPage(text).text.split('<!--')[0]).toBe(text.split('<!--')[0]);
});

test('a page without its marks is not current', () => {
  expect(technicianPage('# Page\n').text).not.toBe('# Page\n');
});

test('each picture of a technician is shown, and is small', () => {
  const names = readdirSync(new URL('images/', docs)).filter((name) => name.startsWith('technician-'));
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) {
    expect(text).toContain(`images/${name}`);
    expect([name, statSync(new URL(`images/${name}`, docs)).size < 80_000]).toEqual([name, true]);
  }
});
