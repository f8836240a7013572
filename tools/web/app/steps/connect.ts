import type { App, StepView } from '../app.ts';
import { button, factList, hint } from '../controls.ts';
import { element } from '../element.ts';
import { browserSerial } from '../serial-api.ts';
import { textField } from '../text-field.ts';
import { waitNotice } from '../wait-notice.ts';

/** The schema of `who` in docs/console.md. */
const WHO = /^[A-Za-z0-9_-]{1,16}$/;

/** Who works, which port, and the PIN. */
export function connectStep(app: App): StepView {
  if (!browserSerial()) return { body: [noSerial(app)] };
  const { session } = app;
  const body: Node[] = [whoField(app)];
  if (session.state === 'none') body.push(...chooser(app));
  else if (session.state === 'opening') body.push(...waiting(app));
  else if (session.isLocked) body.push(tracker(app), ...pinForm(app));
  else if (session.hello) body.push(tracker(app), ...leaving(app));
  return { body };
}

function noSerial({ words }: App): Node {
  return element(
    'section',
    { class: 'box box-warning', id: 'no-serial' },
    element('h2', {}, words.say('connect.no-serial')),
    element('p', {}, words.say('connect.browsers')),
    element('p', {}, words.say('connect.not-browsers')),
  );
}

function whoField(app: App): Node {
  const { words, visit } = app;
  return textField({
    id: 'who',
    label: words.say('connect.who'),
    hint: words.say('connect.who-help'),
    value: visit.who,
    maxLength: 16,
    faultOf: (text) => (text === '' || WHO.test(text) ? undefined : words.say('connect.who-fault')),
    onText: (text) => {
      visit.who = WHO.test(text) ? text : '';
      app.remember('who', visit.who);
    },
  });
}

function chooser(app: App): Node[] {
  const { words, session } = app;
  return [
    element(
      'ol',
      { class: 'how' },
      element('li', {}, words.say('connect.how-cable')),
      element('li', {}, words.say('connect.how-choose')),
      element('li', {}, words.say('connect.how-reset')),
    ),
    button({
      id: 'connect',
      kind: 'primary wide',
      text: words.say('connect.choose'),
      isDisabled: app.isBusy,
      onClick: () => app.attempt(async () => void (await session.connect())),
    }),
  ];
}

/** The port is open and nobody has answered yet. */
function waiting({ words, session }: App): Node[] {
  return [
    element(
      'section',
      { class: 'box box-wait', id: 'waiting', 'aria-live': 'polite' },
      element('h2', {}, element('span', { class: 'spinner' }), words.say('connect.waiting')),
      element('p', {}, words.say('connect.waiting-help')),
    ),
    button({
      id: 'cancel',
      kind: 'plain wide',
      text: words.say('frame.cancel'),
      onClick: () => session.disconnect(),
    }),
  ];
}

function tracker({ words, session }: App): Node {
  const { hello } = session;
  return factList('tracker', [
    [words.say('fact.device'), hello?.device || words.say('line.nameless')],
    [words.say('fact.version'), hello?.version ?? ''],
    [words.say('fact.power-on'), String(hello?.powerOn ?? '')],
  ]);
}

function pinForm(app: App): Node[] {
  const { words, session } = app;
  let pin = '';
  const unlock = (): Promise<boolean> => app.attempt(() => session.unlock(pin));
  const waitS = session.hello?.waitS ?? 0;
  const submit = element(
    'button',
    { id: 'unlock', type: 'submit', class: 'primary wide', disabled: waitS > 0 || app.isBusy },
    words.say('connect.unlock'),
  );
  const notice = waitNotice(app, waitS, () => {
    submit.disabled = false;
  });
  const form = element(
    'form',
    {
      id: 'pin-form',
      onsubmit: (event) => {
        event.preventDefault();
        void unlock();
      },
    },
    textField({
      id: 'pin',
      label: words.say('connect.pin'),
      hint: words.say('connect.pin-help'),
      value: '',
      type: 'password',
      isNumber: true,
      maxLength: 8,
      onText: (text) => {
        pin = text;
      },
    }),
    submit,
  );
  return [notice, form];
}

function leaving(app: App): Node[] {
  const { words, session } = app;
  return [
    hint(words.say('connect.done')),
    button({
      id: 'disconnect',
      kind: 'plain wide',
      text: words.say('connect.leave'),
      onClick: async () => {
        await session.disconnect();
        app.startOver();
      },
    }),
  ];
}
