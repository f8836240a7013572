import { rules } from '../check/rules/all.ts';
import { code, type Page, page, plain, table } from './markdown.ts';

/** docs/check-rules.md: what `coldrail check` looks for. */
export function checkRulesPage(): Page {
  return page(
    'docs/check-rules.md',
    'Rules of the bundle check',
    ['tools/check/rules'],
    [
      '`npx coldrail check FILE.js` reads the syntax tree of a finished bundle and lists each place that Espruino on the ESP32 would refuse, or would run and get wrong. It exits 1 when there is one. What the traps are about, and those that no syntax tree shows, stands in [espruino.md](espruino.md).',
      'Each rule has code that it must catch and code that it must pass, in tools/check/examples; the tests run both.',
      table(
        ['rule', 'what the device does', 'what to write instead'],
        rules.map(({ id, reason, instead }) => [code(id), plain(reason), plain(instead)]),
      ),
    ],
  );
}
