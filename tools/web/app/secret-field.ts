import { isNone } from '../../console/display.ts';
import type { FieldParts } from './config-field.ts';
import { button } from './controls.ts';
import { element, refill } from './element.ts';
import { faultText } from './fault-text.ts';
import { type TextField, textField } from './text-field.ts';

/** A key that goes in and never comes out: whether it is set, and a way to replace or remove it. */
export function secretField({ words, draft, spec, onChange }: FieldParts): TextField {
  const { name } = spec;
  const label = words.find(`key.${name}`) ?? name;
  const field: TextField = element('div', { class: 'field' });

  const show = (): void => {
    const wanted = draft.isChanged(name) ? draft.value(name) : undefined;
    if (wanted === undefined) showState(draft.inForce[name] === true ? 'value.set' : 'value.not-set');
    else if (isNone(wanted)) showState('value.removed');
    else refill(field, typed(String(wanted)), keep());
  };
  const change = (how: () => void): void => {
    how();
    show();
    onChange();
  };
  const showState = (state: 'value.set' | 'value.not-set' | 'value.removed'): void => {
    const isRemoved = state === 'value.removed';
    const replace = button({
      id: `replace-${name}`,
      kind: 'plain',
      text: words.say(draft.inForce[name] === true ? 'configure.replace' : 'configure.set'),
      onClick: () => {
        refill(field, typed(''), keep());
        document.getElementById(`key-${name}`)?.focus();
      },
    });
    const remove = button({
      id: `remove-${name}`,
      kind: 'plain',
      text: words.say('configure.remove'),
      onClick: () => change(() => draft.want(name, null)),
    });
    refill(
      field,
      element('span', { class: 'label' }, label),
      element('p', { class: 'secret-state' }, words.say(state)),
      element('p', { class: 'hint' }, words.find(`help.${name}`) ?? ''),
      element(
        'div',
        { class: 'row' },
        isRemoved ? keep() : replace,
        !isRemoved && draft.inForce[name] === true ? remove : undefined,
      ),
    );
  };
  const keep = (): Node =>
    button({
      id: `keep-${name}`,
      kind: 'plain',
      text: words.say('configure.keep'),
      onClick: () => change(() => draft.leave(name)),
    });
  const typed = (value: string): TextField =>
    textField({
      id: `key-${name}`,
      label,
      hint: words.find(`help.${name}`),
      value,
      type: 'password',
      isNumber: spec.form === 'digits',
      faultOf: (text) => (text === '' ? undefined : faultText(words, spec, draft.problems().get(name) ?? 0)),
      onText: (text) => {
        if (text === '') draft.leave(name);
        else draft.want(name, text.trim());
        onChange();
      },
    });
  show();
  return field;
}
