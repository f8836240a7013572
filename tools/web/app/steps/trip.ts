import type { App, StepView } from '../app.ts';
import type { ConfigDraft } from '../config-draft.ts';
import { button, factList, hint } from '../controls.ts';
import { element, refill } from '../element.ts';
import { faultText } from '../fault-text.ts';
import { TRIP_KEYS } from '../groups.ts';
import { mark } from '../mark.ts';
import { needLine } from '../need-line.ts';
import { numberField } from '../number-field.ts';
import { numberList } from '../number-list.ts';
import { readDraft } from '../read-draft.ts';
import { textField } from '../text-field.ts';
import { endTrip, startTrip } from '../trip.ts';

const TRIP_NAME = /^[A-Za-z0-9_-]{1,32}$/;

/** What rides with the tracker: container, wagon, papers and seals; then the trip begins. */
export function tripStep(app: App): StepView {
  const missing = needLine(app);
  if (missing) return { body: missing };
  const { draft } = app.visit;
  if (draft) return { body: draft.inForce['trip'] ? underWay(app, draft) : form(app, draft) };
  if (!app.isBusy && !app.trouble) queueMicrotask(() => void app.attempt(() => readDraft(app)));
  return {
    body: [
      element(
        'p',
        { class: 'box box-wait' },
        element('span', { class: 'spinner' }),
        app.words.say('configure.reading'),
      ),
    ],
  };
}

function underWay(app: App, draft: ConfigDraft): Node[] {
  const { words, visit } = app;
  const text = (name: string): string => String(draft.inForce[name] || '\u2013');
  return [
    element(
      'section',
      { class: 'box box-good', id: 'under-way' },
      element('h2', {}, mark('good'), words.say('trip.under-way', { trip: text('trip') })),
      factList(
        'trip-facts',
        TRIP_KEYS.map((name) => [words.say(`key.${name}`), text(name)]),
      ),
    ),
    button({
      id: 'end-trip',
      kind: 'danger wide',
      text: words.say('trip.end'),
      isDisabled: visit.who === '' || app.isBusy,
      onClick: () => app.attempt(() => endTrip(app)),
    }),
    ...(visit.who === '' ? [whoFirst(app)] : []),
  ];
}

function form(app: App, draft: ConfigDraft): Node[] {
  const { words, visit } = app;
  const summary = element('div', { class: 'trip-ready', 'aria-live': 'polite' });
  const value = (name: string): string => String(draft.value(name) ?? '');
  const take = (name: string, text: string): void => {
    draft.want(name, text);
    update();
  };
  const update = (): void => {
    const problems = draft.problems();
    const wrong = TRIP_KEYS.filter((name) => problems.has(name));
    refill(
      summary,
      wrong.map((name) => {
        const spec = draft.specs.find((one) => one.name === name);
        const why = spec && faultText(words, spec, problems.get(name) ?? 0);
        return element('p', { class: 'fault' }, mark('bad'), `${words.say(`key.${name}`)}: ${why ?? ''}`);
      }),
      visit.who === '' ? whoFirst(app) : undefined,
      button({
        id: 'start-trip',
        kind: 'primary wide',
        text: words.say('trip.start'),
        isDisabled: wrong.length > 0 || visit.who === '' || !TRIP_NAME.test(visit.tripName) || app.isBusy,
        onClick: () => app.attempt(() => startTrip(app, draft)),
      }),
    );
  };
  const fields = [
    textField({
      id: 'trip-name',
      label: words.say('trip.name'),
      hint: words.say('trip.name-help'),
      value: visit.tripName,
      maxLength: 32,
      faultOf: (text) => (text === '' || TRIP_NAME.test(text) ? undefined : words.say('trip.name-fault')),
      onText: (text) => {
        visit.tripName = text;
        update();
      },
    }),
    ...(['container', 'wagon'] as const).map((kind) =>
      numberField({
        words,
        id: kind,
        label: words.say(`key.${kind}`),
        hint: words.say(`trip.${kind}-help`),
        kind,
        value: value(kind),
        onNumber: (number) => take(kind, number),
      }),
    ),
    numberList({
      words,
      id: 'consignment',
      types: ['CIM', 'SMGS'],
      value: value('consignment'),
      onList: (list) => take('consignment', list),
    }),
    numberList({
      words,
      id: 'seals',
      types: ['H', 'S', 'I'],
      value: value('seals'),
      onList: (list) => take('seals', list),
    }),
  ];
  update();
  return [hint(words.say('trip.help')), ...fields, summary];
}

function whoFirst({ words }: App): Node {
  return element('p', { class: 'fault' }, mark('warning'), words.say('frame.who-first'));
}
