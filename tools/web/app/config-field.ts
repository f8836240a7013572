import type { KeySpec } from '../../../firmware/config/schema.ts';
import type { ConfigDraft } from './config-draft.ts';
import { tick } from './controls.ts';
import { element } from './element.ts';
import { faultText } from './fault-text.ts';
import { loadFile } from './load-file.ts';
import { secretField } from './secret-field.ts';
import { type TextField, textField } from './text-field.ts';
import { bitName, bitsOf, fieldText, typedValue } from './value-text.ts';
import type { Words } from './words.ts';

/** The longest certificate, and some blanks around it. */
const LONGEST_FILE = 20_000;

export interface FieldParts {
  readonly words: Words;
  readonly draft: ConfigDraft;
  readonly spec: KeySpec;
  readonly onChange: () => void;
}

/** A field of the form, of the kind that its key asks for. */
export function configField(parts: FieldParts): TextField {
  const { spec } = parts;
  if (spec.isSecret) return secretField(parts);
  if (spec.kind === 'flag') return flagField(parts);
  if (spec.form === 'probes' || spec.form === 'radios') return bitsField(parts);
  if (spec.form !== 'pem') return plainField(parts);
  const field = plainField(parts);
  field.append(
    loadFile({
      id: `load-${spec.name}`,
      text: parts.words.say('configure.load-pem'),
      most: LONGEST_FILE,
      onText: (text) => {
        const input = field.querySelector('textarea');
        if (!input) return;
        input.value = text.replaceAll('\r\n', '\n').trim();
        input.dispatchEvent(new Event('input'));
      },
    }),
  );
  return field;
}

function plainField({ words, draft, spec, onChange }: FieldParts): TextField {
  const { name, unit } = spec;
  return textField({
    id: `key-${name}`,
    label: words.find(`key.${name}`) ?? name,
    hint: words.find(`help.${name}`),
    value: fieldText(words, spec, draft.value(name)),
    unit: unit === 'mC' ? '\u00b0C' : unit,
    isNumber: spec.kind === 'integer' && unit !== 'mC',
    isLong: spec.form === 'pem' || spec.kind === 'bytes',
    faultOf: () => faultText(words, spec, draft.problems().get(name) ?? 0),
    noteOf: () => lengthOfTime(words, spec, draft.value(name)),
    onText: (text) => {
      draft.want(name, typedValue(spec, text));
      onChange();
    },
  });
}

/** Seconds in a unit that people think in. */
function lengthOfTime(words: Words, spec: KeySpec, value: unknown): string | undefined {
  return spec.unit === 's' && typeof value === 'number' && value >= 60
    ? `= ${words.duration(value)}`
    : undefined;
}

function flagField({ words, draft, spec, onChange }: FieldParts): TextField {
  const { name } = spec;
  return element(
    'div',
    { class: 'field' },
    tick({
      id: `key-${name}`,
      label: words.find(`key.${name}`) ?? name,
      isOn: draft.value(name) === true,
      onChange: (isOn) => {
        draft.want(name, isOn);
        onChange();
      },
    }),
    element('p', { class: 'hint' }, words.find(`help.${name}`) ?? ''),
  );
}

function bitsField({ words, draft, spec, onChange }: FieldParts): TextField {
  const { name } = spec;
  const fault = element('p', { class: 'fault', 'aria-live': 'polite' });
  const check = (): void => {
    fault.textContent = faultText(words, spec, draft.problems().get(name) ?? 0) ?? '';
  };
  const bits = bitsOf(spec).map((bit) =>
    tick({
      id: `key-${name}-${bit}`,
      label: bitName(words, spec, bit),
      isOn: (Number(draft.value(name)) & (1 << bit)) !== 0,
      onChange: (isOn) => {
        const others = Number(draft.value(name)) & ~(1 << bit);
        draft.want(name, others | (isOn ? 1 << bit : 0));
        check();
        onChange();
      },
    }),
  );
  const field: TextField = element(
    'div',
    { class: 'field' },
    element('fieldset', {}, element('legend', {}, words.find(`key.${name}`) ?? name), bits),
    fault,
  );
  field.recheck = check;
  return field;
}
