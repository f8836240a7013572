import type { App } from './app.ts';
import { changeList, changesOf } from './change-list.ts';
import { ConfigDraft } from './config-draft.ts';
import { button } from './controls.ts';
import { element } from './element.ts';
import { mark } from './mark.ts';
import { saveConfig } from './save-config.ts';

/** What would change, and the button for it. */
export function summaryOf(app: App, draft: ConfigDraft, wrong: number): Node[] {
  const { words, visit } = app;
  const unknown =
    visit.unknownNames.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'fault' },
            mark('warning'),
            words.say('configure.unknown', { names: visit.unknownNames.join(', ') }),
          ),
        ];
  if (!draft.hasChanges && wrong === 0)
    return [
      ...unknown,
      element('p', {}, words.say('configure.nothing')),
      button({
        id: 'leave-config',
        kind: 'primary wide',
        text: words.say('configure.leave'),
        onClick: () => {
          visit.isConfigLeft = true;
          app.goOn();
        },
      }),
    ];
  const isSayable = wrong === 0 && visit.who !== '';
  return [
    ...unknown,
    element('h2', {}, words.say('configure.changes')),
    changeList(words, changesOf(words, draft)),
    ...(wrong > 0
      ? [element('p', { class: 'fault' }, mark('bad'), words.say('configure.wrong', { count: wrong }))]
      : []),
    ...(visit.who === ''
      ? [element('p', { class: 'fault' }, mark('warning'), words.say('frame.who-first'))]
      : []),
    button({
      id: 'save',
      kind: 'primary wide',
      text: words.say('configure.save'),
      isDisabled: !isSayable || app.isBusy,
      onClick: () => app.attempt(() => saveConfig(app, draft)),
    }),
    button({
      id: 'discard',
      kind: 'plain wide',
      text: words.say('configure.discard'),
      onClick: () => {
        visit.draft = new ConfigDraft(draft.inForce);
        visit.unknownNames = [];
        app.render();
      },
    }),
  ];
}

/** What was saved before, in this visit. */
export function savedBox({ words, visit }: App): Node[] {
  const last = visit.saves.at(-1);
  if (!last) return [];
  return [
    element(
      'section',
      { class: 'box box-good', id: 'saved' },
      element('h2', {}, mark('good'), words.say('configure.saved')),
      element(
        'p',
        {},
        words.say('configure.read-back', { count: last.readBack, generation: last.generation }),
      ),
      changeList(words, last.changes),
    ),
  ];
}
