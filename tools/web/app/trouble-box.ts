import type { App } from './app.ts';
import { element } from './element.ts';
import { mark } from './mark.ts';

/** What went wrong and what to do, with its id; undefined where nothing did. */
export function troubleBox(app: App): Node | undefined {
  const { trouble, words } = app;
  if (!trouble) return undefined;
  return element(
    'section',
    { class: 'box box-bad', id: 'trouble', role: 'alert' },
    element('h2', {}, mark('bad'), words.say('trouble.title')),
    element('p', { class: 'trouble-sentence' }, trouble.sentence),
    trouble.details.length > 0
      ? element(
          'ul',
          {},
          trouble.details.map((detail) => element('li', {}, detail)),
        )
      : undefined,
    element('p', {}, element('strong', {}, words.say('trouble.do')), ' ', trouble.remedy),
    element('p', { class: 'faint' }, words.say('trouble.id', { id: trouble.id })),
  );
}
