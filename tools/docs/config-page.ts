import { type KeySpec, SCHEMA } from '../../firmware/config/schema.ts';
import { code, type Page, plain, table } from './markdown.ts';
import { section } from './section.ts';

const FORMS: Readonly<Record<KeySpec['form'], string>> = {
  '': '',
  id: 'A-Z a-z 0-9 - _',
  name: 'A-Z a-z 0-9 - _ .',
  digits: 'digits',
  pem: 'one certificate in PEM',
  container: 'ISO 6346',
  wagon: '8 or 12 digits, Luhn',
  consignment: 'CIM:DIGITS and SMGS:NUMBER, separated by commas',
  seals: 'TYPE:NUMBER, separated by commas; types H, S, I',
  rules: '[rules](cargo.md)',
  probes: 'a sum of powers of two, even',
  radios: 'a sum of powers of two, even',
};

const UNITS: Readonly<Record<string, string>> = { s: ' s', h: ' h', mC: ' thousandths of a degree Celsius' };

/** What a key takes, in words. */
export function rangeOf({ kind, low, high, form, unit }: KeySpec): string {
  const size = low === high ? `${low}` : `${low} to ${high}`;
  const form_ = FORMS[form] === '' ? '' : `: ${FORMS[form]}`;
  if (kind === 'flag') return '0 or 1';
  if (kind === 'integer') return `${size}${UNITS[unit] ?? ''}${form_}`;
  return `${size} ${kind === 'text' ? 'characters' : 'bytes'}${form_}`;
}

/** The table of keys in docs/config.md. */
export function configPage(): Page {
  const rows = SCHEMA.map((spec: KeySpec) => [
    String(spec.key),
    code(spec.name),
    spec.kind,
    spec.otherwise === null || spec.otherwise === '' ? 'none' : String(spec.otherwise),
    rangeOf(spec),
    `${plain(spec.help)}${spec.isSecret ? ' **A secret.**' : ''}`,
    spec.since,
  ]);
  const body = table(['key', 'name', 'kind', 'default', 'range', 'what it is for', 'since'], rows);
  return section('docs/config.md', 'keys', ['firmware/config/schema.ts'], body);
}
