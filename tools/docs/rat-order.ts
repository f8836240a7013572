import { readFileSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';
import { TECHNOLOGIES, TECHNOLOGY_NUMBERS } from '../radio-plan/technology.ts';
import { Fields } from '../world/fields.ts';
import type { Page } from './markdown.ts';

const NAME = 'tools/data/networks-2026-11.json';
const FILE = new URL(`../../${NAME}`, import.meta.url);

/** What the formatter breaks lines at. */
const LINE_WIDTH = 110;

function digits(fields: Fields): string {
  fields.mark();
  const order = fields.texts('order', TECHNOLOGIES);
  if (order.length !== TECHNOLOGIES.length || new Set(order).size !== order.length)
    fields.fail('order', `does not name each of ${TECHNOLOGIES.join(', ')} once`);
  return order.map((technology) => TECHNOLOGY_NUMBERS[technology]).join('');
}

/**
 * The table of the device: first the order for any country that is not named, then a comma, the country code and its
 * order for each that is. A digit is a technology as hal/link.ts numbers it. Throws `networks.invalid`.
 */
export function ratOrder(content: unknown): string {
  const root = new Fields(content, '', (detail) => {
    throw new ColdrailError('networks.invalid', { file: NAME, detail });
  });
  const seen = new Set<string>();
  const countries = root.list('countries').flatMap((fields) =>
    fields.strings('mcc', /^[2-7]\d\d$/).map((mcc) => {
      if (seen.has(mcc)) fields.fail('mcc', `has ${mcc}, which stands before`);
      seen.add(mcc);
      return `,${mcc}${digits(fields)}`;
    }),
  );
  return digits(root.object('elsewhere')) + countries.join('');
}

/** firmware/radio/rat-order.ts, which is what a device holds of the dated file. */
export function ratOrderPage(): Page {
  const table = ratOrder(JSON.parse(readFileSync(FILE, 'utf8')));
  const line = `export const RAT_ORDER = '${table}';`;
  return {
    path: 'firmware/radio/rat-order.ts',
    text: `/**
 * In which order to look for technologies (digits as in hal/link.ts): first where no country below fits, then behind a comma
 * for each country code. Made by \`npx coldrail docs\` from ${NAME}. Change it there.
 */
${line.length > LINE_WIDTH ? line.replace('= ', '=\n  ') : line}
`,
  };
}
