/** Configuration keys by their names, and values as people and programs write them. */
import { eachKey, type KeySpec } from '../config/schema.ts';
import { type Value, type Values, valueFault } from '../config/values.ts';
import { hexOf } from './hex.ts';
import type { Field } from './reply.ts';
import { isWhole } from './session.ts';

const HEX = '0123456789abcdef';

export function specOf(name: string): KeySpec | null {
  let found: KeySpec | null = null;
  eachKey((spec) => {
    if (spec.name === name) found = spec;
  });
  return found;
}

/** The name of the key with this number; empty: there is none. */
export function nameOf(key: number): string {
  let name = '';
  eachKey((spec) => {
    if (spec.key === key) name = spec.name;
  });
  return name;
}

/** All values as a boot takes them: what is missing or out of its range is what stands for none. Changes `values`. */
export function completed(values: Values): Values {
  eachKey((spec) => {
    const value = values[spec.key];
    if (value === undefined || valueFault(spec, value, true) !== 0) values[spec.key] = spec.otherwise;
  });
  return values;
}

/** Bytes in hexadecimal digits; null for anything else. */
function bytesIn(text: string): Uint8Array | null {
  if (text.length === 0 || text.length % 2 !== 0 || text.length > 512) return null;
  const bytes = new Uint8Array(text.length / 2);
  const digits = text.toLowerCase();
  for (let i = 0; i < bytes.length; i++) {
    const high = HEX.indexOf(digits.charAt(2 * i));
    const low = HEX.indexOf(digits.charAt(2 * i + 1));
    if (high < 0 || low < 0) return null;
    bytes[i] = 16 * high + low;
  }
  return bytes;
}

/** What may be told of a value: of a secret, whether it is set. */
export function fieldOf(spec: KeySpec, value: Value): Field {
  if (spec.isSecret) return value !== spec.otherwise;
  if (value === null || typeof value !== 'object') return value;
  return hexOf(value);
}

/** A value as someone wrote it; undefined when it is of another kind. What stands for none is empty, null, or `none`. */
export function valueIn(spec: KeySpec, written: unknown): Value | undefined {
  if (written === null || written === '' || written === 'none') return spec.otherwise;
  if (spec.kind === 'text') return typeof written === 'string' ? written : undefined;
  if (spec.kind === 'bytes') return (typeof written === 'string' ? bytesIn(written) : null) || undefined;
  if (spec.kind === 'flag' && (written === true || written === 'on' || written === 'yes')) return 1;
  if (spec.kind === 'flag' && (written === false || written === 'off' || written === 'no')) return 0;
  if (typeof written === 'string') return isWhole(written) ? parseInt(written, 10) : undefined;
  return typeof written === 'number' ? written : undefined;
}

export function isSame(one: Value, other: Value): boolean {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object')
    return one === other;
  return hexOf(one) === hexOf(other);
}
