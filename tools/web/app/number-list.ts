import type { NumberKind } from '../../numbers/verdict.ts';
import { button } from './controls.ts';
import { element, refill } from './element.ts';
import { numberField } from './number-field.ts';
import type { Words } from './words.ts';

interface Entry {
  type: string;
  number: string;
}

export interface NumberListParts {
  readonly words: Words;
  readonly id: 'seals' | 'consignment';
  readonly types: readonly string[];
  /** As the device has it: "H:123,S:7". */
  readonly value: string;
  readonly onList: (list: string) => void;
}

const MOST_ENTRIES = 8;

/** Numbers with a type each, one below the other. */
export function numberList({ words, id, types, value, onList }: NumberListParts): HTMLElement {
  const entries = value === '' ? [] : value.split(',').map(entryOf);
  if (entries.length === 0) entries.push({ type: types[0] ?? '', number: '' });
  const place = element('div', { class: 'entries' });
  const kind: NumberKind = id;

  const tell = (): void =>
    onList(
      entries
        .filter(({ number }) => number !== '')
        .map(({ type, number }) => `${type}:${number}`)
        .join(','),
    );
  const show = (): void => {
    refill(place, entries.map(row), entries.length < MOST_ENTRIES ? add() : undefined);
  };
  const row = (entry: Entry, i: number): Node => {
    const select = element(
      'select',
      {
        id: `${id}-type-${i}`,
        'aria-label': words.say('trip.type'),
        onchange: () => {
          entry.type = select.value;
          tell();
          show();
        },
      },
      types.map((type) =>
        element('option', { value: type, selected: type === entry.type }, words.find(`type.${type}`) ?? type),
      ),
    );
    return element(
      'div',
      { class: 'entry' },
      select,
      numberField({
        words,
        id: `${id}-${i}`,
        label: `${words.find(`key.${id}`) ?? id} ${i + 1}`,
        kind,
        before: `${entry.type}:`,
        value: entry.number,
        onNumber: (number) => {
          entry.number = number;
          tell();
        },
      }),
      button({
        id: `${id}-remove-${i}`,
        kind: 'plain',
        text: words.say('trip.remove'),
        onClick: () => {
          entries.splice(i, 1);
          tell();
          show();
        },
      }),
    );
  };
  const add = (): Node =>
    button({
      id: `${id}-add`,
      kind: 'plain wide',
      text: words.find(`trip.add-${id}`) ?? '+',
      onClick: () => {
        entries.push({ type: types[0] ?? '', number: '' });
        show();
      },
    });
  show();
  return element('fieldset', { class: 'field' }, element('legend', {}, words.find(`key.${id}`) ?? id), place);
}

function entryOf(text: string): Entry {
  const [type = '', ...rest] = text.split(':');
  return { type, number: rest.join(':') };
}
