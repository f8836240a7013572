import type { App } from './app.ts';
import { element } from './element.ts';
import { type Mark, mark } from './mark.ts';
import { STEPS, type StepName, type StepState, stepState } from './steps.ts';

const MARKS: Readonly<Record<StepState, Mark>> = {
  open: 'open',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
};

/** All steps, each with how it stands; a click goes there. */
export function stepList(app: App): Node {
  return element(
    'ol',
    { class: 'step-list' },
    STEPS.map((step, i) => entry(app, step, i + 1)),
  );
}

function entry(app: App, step: StepName, number: number): Node {
  const { words, visit, session } = app;
  const state = stepState(step, visit, session.isReady);
  const isHere = step === visit.step;
  const word = words.say(`state.${state}`);
  return element(
    'li',
    {},
    element(
      'button',
      {
        type: 'button',
        id: `step-${step}`,
        class: `step-button state-${state}`,
        'aria-current': isHere ? 'step' : undefined,
        'aria-label': `${number}. ${words.say(`step.${step}`)}: ${word}`,
        onclick: () => app.go(step),
      },
      element(
        'span',
        { class: 'step-mark' },
        state === 'open' ? element('span', { class: 'step-number' }, number) : mark(MARKS[state]),
      ),
      element('span', { class: 'step-name' }, words.say(`short.${step}`)),
    ),
  );
}
