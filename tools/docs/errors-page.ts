import { type CatalogueEntry, catalogue } from '../errors/catalogue.ts';
import { faults } from '../errors/faults.ts';
import { code, type Page, page, plain, table } from './markdown.ts';

/** docs/errors.md: everything that can go wrong and has a name. */
export function errorsPage(): Page {
  const entries: [string, CatalogueEntry][] = Object.entries(catalogue);
  const host = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { sentence, remedy, exit }]) => [code(id), plain(sentence), plain(remedy), String(exit)]);
  const device = faults.map(({ code: number, id, sentence, remedy }) => [
    String(number),
    code(id),
    plain(sentence),
    plain(remedy),
  ]);
  return page(
    'docs/errors.md',
    'Errors',
    ['tools/errors/catalogue.ts', 'firmware/console/words.ts'],
    [
      'Every error has an id that stays, a sentence, and a remedy.',
      '## On the host',
      'A command prints `error <id>: <sentence>` and the remedy on the standard error output. Words in braces are filled in. The exit code is 2 for wrong use (the command line, or a file given to it) and 1 for a failure.',
      table(['id', 'what it says', 'what to do', 'exit code'], host),
      'Two more come from `npm start` and `npm test` before anything is installed: `install.node-too-old` (exit code 2) and `install.failed` (exit code 1). They say what to do themselves.',
      '## On the device',
      'The tracker stores a number; these are the words for it. The numbers stand in FAULT, SESSION and NOFIX records of the [journal](journal.md); 90, and those from 100 on but 121, go to the [console](console.md) only. 0 is no fault.',
      table(['code', 'id', 'what it means', 'what to do'], device),
    ],
  );
}
