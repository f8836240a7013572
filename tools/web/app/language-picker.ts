import type { App } from './app.ts';
import { element } from './element.ts';
import { isLanguage, languages } from './languages.ts';
import { Words } from './words.ts';

export function languagePicker(app: App): Node {
  const options = Object.entries(languages).map(([code, { name }]) =>
    element('option', { value: code, lang: code, selected: code === app.words.code }, name),
  );
  const select = element(
    'select',
    {
      id: 'language',
      class: 'language',
      'aria-label': app.words.say('frame.language'),
      disabled: app.isBusy,
      onchange: () => {
        if (!isLanguage(select.value)) return;
        app.words = new Words(select.value);
        app.remember('language', select.value);
        app.trouble = undefined;
        app.render();
      },
    },
    options,
  );
  return select;
}
