import { checkNumber, checkTyping } from '../../numbers/check-number.ts';
import type { NumberKind, Open, Right, Wrong } from '../../numbers/verdict.ts';
import { button } from './controls.ts';
import { element, refill } from './element.ts';
import { flawText, noteText, offerText } from './number-text.ts';
import { textField } from './text-field.ts';
import type { Words } from './words.ts';

export interface NumberFieldParts {
  readonly words: Words;
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly kind: NumberKind;
  /** In front of what is typed, as "CIM:". */
  readonly before?: string;
  readonly value: string;
  /** Hears the number as the device takes it; what is wrong comes as it is. */
  readonly onNumber: (number: string) => void;
}

/** A number with a check digit: judged while one types, what was probably meant one touch away. */
export function numberField(parts: NumberFieldParts): HTMLElement {
  const { words, id, label, kind, before = '' } = parts;
  const offers = element('div', { class: 'offers', 'aria-live': 'polite' });
  let isTyping = false;
  let offered = '';

  const judge = (text: string): Right | Open | Wrong | undefined => {
    if (text.trim() === '') return undefined;
    return isTyping ? checkTyping(kind, before + text) : checkNumber(kind, before + text);
  };
  const offer = (verdict: Right | Open | Wrong | undefined): void => {
    const found = verdict?.state === 'wrong' ? verdict.offers : [];
    const numbers = found.map(({ number }) => number).join();
    // The one that a finger is on must not go away when the field loses the focus.
    if (numbers === offered) return;
    offered = numbers;
    refill(
      offers,
      found.map((one, i) => {
        const number = one.number.slice(before.length);
        const choose = button({
          id: `${id}-offer-${i}`,
          kind: 'plain wide offer',
          text: '',
          onClick: () => {
            input.value = number;
            isTyping = false;
            input.dispatchEvent(new Event('input'));
            input.focus();
          },
        });
        refill(
          choose,
          element('strong', {}, number),
          element('span', { class: 'faint' }, offerText(words, one)),
        );
        return choose;
      }),
    );
  };
  const field = textField({
    id,
    label,
    hint: parts.hint,
    value: parts.value,
    isCapital: true,
    faultOf: (text) => {
      const verdict = judge(text);
      offer(verdict);
      return verdict?.state === 'wrong' ? flawText(words, verdict.flaw) : undefined;
    },
    noteOf: (text) => {
      const verdict = judge(text);
      return verdict && noteText(words, verdict);
    },
    onText: (text) => {
      const verdict = judge(text);
      parts.onNumber(verdict ? verdict.number.slice(before.length) : '');
    },
  });
  const input = field.querySelector('input') as HTMLInputElement;
  // While somebody types, a number may be unfinished; behind that it must be whole.
  input.addEventListener('beforeinput', () => {
    isTyping = true;
  });
  input.addEventListener('blur', () => {
    isTyping = false;
    field.recheck?.();
  });
  field.append(offers);
  return field;
}
