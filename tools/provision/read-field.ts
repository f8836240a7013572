import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KeySpec } from '../../firmware/config/schema.ts';
import { type Value, valueFault } from '../../firmware/config/values.ts';
import { OK } from '../../hal/faults.ts';
import { type Display, isNone, stored } from '../console/display.ts';
import { checkNumber, isNumberKind } from '../numbers/check-number.ts';
import { flawWords, offerWords } from '../numbers/words.ts';

/** A value as it may be sent, or what is wrong with it: a sentence that shows no secret. */
export type Field = { readonly value: Display } | { readonly sentence: string };

/** No value of a configuration is longer. */
const MOST_BYTES = 64_000;

/** One field of a work order: `@path` stands for what is in that file, which is found from `folder`. */
export function readField(spec: KeySpec, given: unknown, folder: string): Field {
  const isFile = typeof given === 'string' && given.startsWith('@');
  if (spec.isSecret && !isFile && given !== null)
    return { sentence: 'A secret stands in a file of its own: write @ and its path.' };
  const field = isFile ? fromFile(given.slice(1), folder) : plain(given);
  return 'sentence' in field ? field : checked(spec, field.value);
}

function plain(given: unknown): Field {
  const isOne = given === null || ['string', 'number', 'boolean'].includes(typeof given);
  return isOne
    ? { value: given as Display }
    : { sentence: 'It must be a text, a number, true, false or null.' };
}

function fromFile(path: string, folder: string): Field {
  const file = resolve(folder, path);
  try {
    if (statSync(file).size > MOST_BYTES) return { sentence: `The file ${path} is too long for any value.` };
    return {
      value: readFileSync(file, 'latin1')
        .replace(/^\u00ef\u00bb\u00bf/, '')
        .trim(),
    };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    return { sentence: `The file ${path} ${what}.` };
  }
}

function checked(spec: KeySpec, value: Display): Field {
  if (isNone(value)) return { value: null };
  if (typeof value === 'string' && isNumberKind(spec.form)) {
    const verdict = checkNumber(spec.form, value);
    if (verdict.state === 'right') return { value: verdict.number };
    const offers = offerWords(verdict.offers);
    return { sentence: `"${value}": ${flawWords(verdict.flaw)}.${offers && ` Probably ${offers}.`}` };
  }
  if (spec.form === 'pem' && typeof value === 'string' && value.split('-----BEGIN').length > 2)
    return { sentence: 'It must be one certificate, and there are several.' };
  const inFlash = stored(spec, value);
  if (inFlash === undefined || valueFault(spec, inFlash, false) !== OK)
    return { sentence: wanted(spec, value, inFlash) };
  return spec.form === 'pem' ? certificate(String(value)) : { value };
}

/** A certificate that the tracker's modem can be given. */
function certificate(pem: string): Field {
  try {
    new X509Certificate(pem);
    return { value: pem };
  } catch {
    return { sentence: 'It is no certificate that can be read, or is damaged.' };
  }
}

const units: Readonly<Record<string, string>> = { s: ' s', h: ' h', mC: ' thousandths of a degree', '': '' };
const forms: Readonly<Record<string, string>> = {
  id: 'A-Z a-z 0-9 - _',
  name: 'A-Z a-z 0-9 - _ .',
  digits: 'digits',
  pem: 'one certificate in PEM, and nothing around it',
};

/** What it should be. Of a secret nothing is shown but what is asked for. */
function wanted(spec: KeySpec, value: Display, inFlash: Value | undefined): string {
  const { kind, low, high, form } = spec;
  if (kind === 'bytes') {
    const count = low === high ? `${low}` : `${low} to ${high}`;
    const found = inFlash instanceof Uint8Array && !spec.isSecret ? `, not ${inFlash.length}` : '';
    return `It must be ${count} bytes as hexadecimal digits${found}.`;
  }
  if (kind === 'flag') return 'It must be true or false.';
  if (kind === 'text') {
    const length = `${low} to ${high} characters`;
    if (form === 'pem') return `It must be ${forms['pem']}, ${high} characters at most.`;
    const shown = spec.isSecret || typeof value !== 'string' ? '' : `"${value.slice(0, 40)}": `;
    return `${shown}it must be a text of ${length}: ${forms[form] ?? ''}.`;
  }
  const none = typeof spec.otherwise === 'number' && spec.otherwise < low ? `${spec.otherwise}, or ` : '';
  const even = form === 'probes' || form === 'radios' ? ', a sum of powers of two without 1' : '';
  const shown = typeof value === 'number' ? String(value) : `"${value}"`;
  return `${shown}: it must be a whole number, ${none}${low} to ${high}${units[spec.unit] ?? ''}${even}.`;
}
