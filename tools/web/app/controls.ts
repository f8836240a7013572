import { type Child, element } from './element.ts';

/** A button that a glove hits. `kind`: primary, plain or danger, and wide. */
export function button(parts: {
  id: string;
  kind: string;
  text: string;
  isDisabled?: boolean;
  onClick: () => unknown;
}): HTMLButtonElement {
  const { id, kind, text, isDisabled = false, onClick } = parts;
  return element('button', { id, type: 'button', class: kind, disabled: isDisabled, onclick: onClick }, text);
}

/** What is so, as names and values. */
export function factList(id: string, facts: readonly (readonly [string, Child])[]): HTMLElement {
  return element(
    'dl',
    { class: 'facts', id },
    facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

export function hint(text: string): HTMLElement {
  return element('p', { class: 'hint' }, text);
}

/** Something to tick, as large as a button. */
export function tick(parts: {
  id: string;
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}): HTMLElement {
  const box: HTMLInputElement = element('input', {
    id: parts.id,
    type: 'checkbox',
    checked: parts.isOn,
    onchange: (): void => parts.onChange(box.checked),
  });
  return element('label', { class: 'tick' }, box, element('span', {}, parts.label));
}
