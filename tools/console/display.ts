/**
 * Configuration values as they stand in a file or a form (`Display`), and as they travel (docs/console.md). Runs on the host
 * and in a browser.
 */
import { type KeySpec, SCHEMA } from '../../firmware/config/schema.ts';
import type { Value } from '../../firmware/config/values.ts';

/**
 * A text; a number for an integer; true or false for a flag, and for whether a secret is set; hexadecimal digits for bytes;
 * null, or an empty text, for "none".
 */
export type Display = string | number | boolean | null;

export type DisplayValues = Readonly<Record<string, Display>>;

/** What the schema says of a name; undefined for a name that it does not have. */
export function specOf(name: string): KeySpec | undefined {
  return SCHEMA.find((spec: KeySpec) => spec.name === name);
}

/** Bytes as hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of hexadecimal digits, blanks between them left out; undefined where they are none. */
export function fromHex(digits: string): Uint8Array | undefined {
  const bare = digits.replace(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(bare)) return undefined;
  return Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Whether a value says "none" in a file. */
export function isNone(value: Display | undefined): boolean {
  return value === null || value === undefined || value === '';
}

/** What stands in flash for a value of a file (firmware/config/values.ts); undefined where it is of the wrong type. */
export function stored(spec: KeySpec, value: Display): Value | undefined {
  if (isNone(value)) return spec.otherwise;
  if (spec.kind === 'text') return typeof value === 'string' ? value : undefined;
  if (spec.kind === 'bytes') return typeof value === 'string' ? fromHex(value) : undefined;
  if (spec.kind === 'flag') return typeof value === 'boolean' ? Number(value) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** What travels for a value of a file that `stored` takes. */
export function wireOf(spec: KeySpec, value: Display): string | number | null {
  if (isNone(value)) return null;
  if (spec.kind === 'bytes') return toHex(fromHex(String(value)) ?? new Uint8Array());
  return spec.kind === 'flag' ? Number(value) : (value as string | number);
}

/** What a file says for what travelled. */
export function displayOf(spec: KeySpec, wire: unknown): Display {
  if (spec.isSecret) return wire === true || wire === 1;
  if (spec.kind === 'flag') return wire === true || wire === 1;
  if (spec.kind === 'bytes') return typeof wire === 'string' && wire !== '' ? wire.toLowerCase() : null;
  if (spec.kind === 'text') return typeof wire === 'string' ? wire : '';
  return typeof wire === 'number' ? wire : null;
}

/** Whether a tracker that shows `shown` has what a file asks for; of a secret, whether it is set or not. */
export function isSame(spec: KeySpec, wanted: Display, shown: Display): boolean {
  if (spec.isSecret) return shown === !isNone(wanted);
  if (spec.kind === 'bytes')
    return (wireOf(spec, wanted) ?? '') === (isNone(shown) ? '' : String(shown).toLowerCase());
  if (isNone(wanted)) return shown === displayOf(spec, spec.otherwise) || isNone(shown);
  return wanted === shown;
}

/** A word typed by a person, as the value of a key: `none` and an empty word say "none", yes and no a flag. */
export function fromWord(spec: KeySpec, word: string): Display {
  if (word === '' || word === 'none') return null;
  if (spec.kind === 'integer') return /^-?\d+$/.test(word) ? Number(word) : word;
  if (spec.kind !== 'flag') return word;
  if (/^(1|yes|on|true)$/i.test(word)) return true;
  return /^(0|no|off|false)$/i.test(word) ? false : word;
}

/** A value for a person, with its unit; of a secret only whether it is set. */
export function wordsOf(spec: KeySpec, value: Display): string {
  if (spec.isSecret) return value === true || (typeof value === 'string' && value !== '') ? 'set' : 'not set';
  if (isNone(value)) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  const first = text.split('\n')[0] ?? '';
  if (text.length > first.length) return `${first} ... (${text.length} characters)`;
  return spec.unit === '' ? text : `${text} ${spec.unit}`;
}
