import { element, refill } from './element.ts';
import { mark } from './mark.ts';

export interface TextFieldParts {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly unit?: string;
  readonly type?: 'text' | 'password';
  /** Digits only: a number pad where there is one. */
  readonly isNumber?: boolean;
  /** Shown in capitals, as numbers on boxes are. */
  readonly isCapital?: boolean;
  /** Several lines. */
  readonly isLong?: boolean;
  readonly maxLength?: number;
  /** What is wrong with a text, as people read it; undefined: nothing. */
  readonly faultOf?: (text: string) => string | undefined;
  /** Something good to say of a text. */
  readonly noteOf?: (text: string) => string | undefined;
  readonly onText: (text: string) => void;
}

export interface TextField extends HTMLDivElement {
  /** Look at the text again, as something else has changed. */
  recheck?: () => void;
}

/** A labelled field that says while one types whether the text will do. */
export function textField(parts: TextFieldParts): TextField {
  const {
    id,
    label,
    hint,
    value,
    unit,
    type = 'text',
    isNumber = false,
    isLong = false,
    isCapital = false,
    maxLength,
  } = parts;
  const fault = element('p', { class: 'fault', id: `${id}-fault`, 'aria-live': 'polite' });
  const common = {
    id,
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: isCapital ? 'characters' : 'off',
    class: isCapital ? 'capital' : undefined,
    maxlength: maxLength,
    'aria-describedby': `${id}-hint ${id}-fault`,
    oninput: () => {
      parts.onText(input.value);
      check();
    },
  };
  const input = isLong
    ? element('textarea', { ...common, rows: 5 })
    : element('input', { ...common, type, inputmode: isNumber ? 'numeric' : undefined });
  input.value = value;

  const check = (): void => {
    const wrong = parts.faultOf?.(input.value);
    const note = wrong === undefined ? parts.noteOf?.(input.value) : undefined;
    input.setAttribute('aria-invalid', String(wrong !== undefined));
    fault.className = wrong === undefined ? 'fault fault-none' : 'fault';
    if (wrong !== undefined) refill(fault, mark('bad'), wrong);
    else if (note !== undefined) refill(fault, note);
    else refill(fault);
  };
  const field: TextField = element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    element('div', { class: 'input' }, input, unit ? element('span', { class: 'unit' }, unit) : undefined),
    element('p', { class: 'hint', id: `${id}-hint` }, hint ?? ''),
    fault,
  );
  field.recheck = check;
  check();
  return field;
}
