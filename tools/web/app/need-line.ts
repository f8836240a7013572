import type { App } from './app.ts';
import { button } from './controls.ts';
import { element } from './element.ts';

/** What to show in place of a step that needs a tracker, where none is there; undefined where one is, and is unlocked. */
export function needLine(app: App): Node[] | undefined {
  const { session, words } = app;
  const isOpen = session.isReady && !session.isLocked;
  // A restart, and a lost line, are told in the frame; what the step shows stays.
  if (isOpen || session.state === 'restarting') return undefined;
  if (session.state === 'lost') return [];
  return [
    element('p', { class: 'box box-warning' }, words.say('frame.connect-first')),
    button({
      id: 'go-connect',
      kind: 'primary wide',
      text: words.say('step.connect'),
      onClick: () => app.go('connect'),
    }),
  ];
}
