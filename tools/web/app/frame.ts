import type { App } from './app.ts';
import { element, refill } from './element.ts';
import { languagePicker } from './language-picker.ts';
import { lineNotice, linePill } from './line-notice.ts';
import { stepList } from './step-list.ts';
import { neighbour, stepState } from './steps.ts';
import { troubleBox } from './trouble-box.ts';

/** What stands round the step: head, steps, notices, and the way on. */
export interface Frame {
  /** Where the step's own elements go. */
  readonly place: HTMLElement;
  /** Show the line, the steps and the trouble as they are now. */
  update(): void;
  focusTitle(): void;
}

/** Put the frame into the document. */
export function frame(app: App): Frame {
  const head = element('header', { class: 'head' });
  const steps = element('nav', { class: 'steps' });
  const notice = element('div', { class: 'notice-place', 'aria-live': 'assertive' });
  const trouble = element('div', { class: 'trouble-place', 'aria-live': 'assertive' });
  const title = element('h1', { tabindex: -1 });
  const place = element('div', { class: 'step' });
  const main = element('main', {}, title, notice, trouble, place);
  const foot = element('footer', { class: 'foot' });
  document.body.append(element('div', { class: 'top' }, head, steps), main, foot);

  const update = (): void => {
    const { words, visit } = app;
    document.documentElement.lang = words.code;
    document.title = `${words.say(`step.${visit.step}`)} - Coldrail`;
    refill(head, element('span', { class: 'brand' }, 'Coldrail'), linePill(app), languagePicker(app));
    steps.setAttribute('aria-label', words.say('frame.steps'));
    refill(steps, stepList(app));
    refill(title, words.say(`step.${visit.step}`));
    refill(notice, lineNotice(app));
    refill(trouble, troubleBox(app));
    refill(foot, ...ways(app));
    for (const part of [steps, foot]) part.inert = app.isBusy;
  };
  return { place, update, focusTitle: () => title.focus() };
}

/** Back and on. */
function ways(app: App): Node[] {
  const { words, visit } = app;
  const back = neighbour(visit.step, -1);
  const next = neighbour(visit.step, 1);
  const isDone = stepState(visit.step, visit, app.session.isReady) !== 'open';
  const way = (id: string, text: string, step: typeof next, kind: string): Node =>
    element(
      'button',
      { id, type: 'button', class: kind, disabled: !step, onclick: () => step && app.go(step) },
      text,
    );
  return [
    way('back', words.say('frame.back'), back, 'plain'),
    way('next', words.say('frame.next'), next, isDone ? 'primary' : 'plain'),
  ];
}
