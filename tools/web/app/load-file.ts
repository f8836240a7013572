import { element } from './element.ts';

/** A button that reads a text file of at most `most` characters from this computer. A longer one is cut off, and then refused. */
export function loadFile(parts: {
  id: string;
  text: string;
  most: number;
  onText: (text: string) => void;
}): HTMLElement {
  const input = element('input', {
    id: parts.id,
    type: 'file',
    class: 'file',
    onchange: async () => {
      const file = input.files?.[0];
      if (file) parts.onText(await file.slice(0, parts.most).text());
      input.value = '';
    },
  });
  return element('label', { class: 'button plain wide' }, input, parts.text);
}
