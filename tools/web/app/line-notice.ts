import type { App } from './app.ts';
import { element } from './element.ts';
import { mark } from './mark.ts';

/** Which tracker it is, and whether it is there. */
export function linePill({ session, words }: App): Node {
  const name = session.hello?.device || words.say('line.nameless');
  const isThere = session.isReady;
  return element(
    'span',
    { class: isThere ? 'pill pill-good' : 'pill' },
    mark(isThere ? 'good' : session.state === 'lost' ? 'bad' : 'open'),
    element('span', {}, isThere || session.hello ? name : words.say('line.none')),
  );
}

/** What is the matter with the line, where something is; with the way out of it. */
export function lineNotice(app: App): Node | undefined {
  const { session, words } = app;
  if (session.state === 'restarting')
    return element(
      'p',
      { class: 'box box-wait' },
      element('span', { class: 'spinner' }),
      words.say('line.restarting'),
    );
  if (session.state !== 'lost') return undefined;
  return element(
    'section',
    { class: 'box box-bad', id: 'lost' },
    element('h2', {}, mark('bad'), words.say('line.lost')),
    element('p', {}, words.say('line.lost-help')),
    element(
      'button',
      {
        id: 'reconnect',
        type: 'button',
        class: 'primary wide',
        disabled: app.isBusy,
        onclick: () => app.attempt(async () => void (await session.reconnect())),
      },
      words.say('line.reconnect'),
    ),
  );
}
