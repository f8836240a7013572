import type { KeySpec } from '../../../firmware/config/schema.ts';
import { type Display, isNone } from '../../console/display.ts';
import type { Words } from './words.ts';

/** Bits of `probes` and `radios`: 1 to 7, and 1 to 4. */
export function bitsOf(spec: KeySpec): readonly number[] {
  return spec.form === 'probes' ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4];
}

export function bitName(words: Words, spec: KeySpec, bit: number): string {
  return words.find(spec.form === 'probes' ? `place.${bit}` : `radio.${bit}`) ?? String(bit);
}

/** A value for a person, in the units of people. Of a secret only whether it is set. */
export function valueText(words: Words, spec: KeySpec, value: Display): string {
  if (spec.isSecret) return words.say(value === false || isNone(value) ? 'value.not-set' : 'value.set');
  if (isNone(value) || (value === spec.otherwise && value === 0)) return words.say('value.none');
  if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return numberText(words, spec, value);
  const text = String(value);
  const first = text.split('\n')[0] ?? '';
  const isLong = text.length > first.length || text.length > 40;
  return isLong ? words.say('value.long', { begin: first.slice(0, 28), length: text.length }) : text;
}

function numberText(words: Words, spec: KeySpec, value: number): string {
  if (spec.form === 'probes' || spec.form === 'radios')
    return bitsOf(spec)
      .filter((bit) => value & (1 << bit))
      .map((bit) => bitName(words, spec, bit))
      .join(', ');
  if (spec.unit === 'mC') return words.temperature(value);
  if (spec.unit === 's') return words.duration(value);
  if (spec.unit === 'h') return words.duration(value * 3600);
  return String(value);
}

/** What stands in the field of an integer; thousandths of a degree are written in degrees. */
export function fieldText(words: Words, spec: KeySpec, value: Display): string {
  if (isNone(value)) return '';
  if (spec.unit !== 'mC' || typeof value !== 'number') return String(value);
  return new Intl.NumberFormat(words.code, { maximumFractionDigits: 3, useGrouping: false }).format(
    value / 1000,
  );
}

/** What a person typed into the field of a key: a text that is no number stays one, and is then refused. */
export function typedValue(spec: KeySpec, text: string): Display {
  const tidy = text.trim();
  if (spec.kind !== 'integer') return spec.form === 'pem' ? text.trim() : tidy;
  if (tidy === '') return null;
  const plain = tidy.replace(',', '.').replace('\u2212', '-');
  if (!/^[-+]?\d+(\.\d+)?$/.test(plain)) return tidy;
  return spec.unit === 'mC' ? Math.round(Number(plain) * 1000) : Number(plain);
}

/** What a key takes, for a person. */
export function rangeText(words: Words, spec: KeySpec): string {
  const { low, high } = spec;
  if (spec.kind === 'bytes') return words.say('range.bytes', { low, high });
  if (spec.kind === 'text') {
    const characters = words.find(`form.${spec.form}`) ?? '';
    return words.say('range.text', { low, high, characters });
  }
  if (spec.unit === 'mC')
    return words.say('range.number', { low: words.temperature(low), high: words.temperature(high) });
  const unit = spec.unit === '' ? '' : `\u00a0${spec.unit}`;
  return words.say('range.number', { low: `${low}${unit}`, high: `${high}${unit}` });
}
