import { faults } from '../../../errors/faults.ts';
import type { App, StepView } from '../app.ts';
import { button, hint, tick } from '../controls.ts';
import { element, refill } from '../element.ts';
import { type Mark, mark } from '../mark.ts';
import { needLine } from '../need-line.ts';
import { runSelfTest } from '../run-self-test.ts';
import type { TestedStep, Verdict } from '../self-test.ts';
import type { Words } from '../words.ts';

const MARKS: Readonly<Record<Verdict, Mark>> = { 0: 'good', 1: 'warning', 2: 'bad', 3: 'skipped' };

/** The tracker tests itself; each step as it comes. */
export function selfTestStep(app: App): StepView {
  const missing = needLine(app);
  const { words, visit } = app;
  if (missing && !visit.selfTest) return { body: missing };
  const list = element('ol', { class: 'tests', id: 'tests', 'aria-live': 'polite' });
  const outcome = element('div', { id: 'outcome', 'aria-live': 'polite' });
  const { selfTest } = visit;
  if (selfTest) {
    refill(
      list,
      selfTest.steps.map((step) => stepEntry(words, step)),
    );
    refill(outcome, verdictBox(words, selfTest.verdict), signature(words, selfTest.mac));
  }
  return { body: missing ? [...missing, outcome, list] : [outcome, ...starter(app, list, outcome), list] };
}

function starter(app: App, list: Element, outcome: Element): Node[] {
  const { words, visit, session } = app;
  const begin = async (): Promise<void> => {
    const news = element(
      'p',
      { class: 'box box-wait', id: 'testing' },
      element('span', { class: 'spinner' }),
      words.say('selftest.running'),
    );
    const stop = button({
      id: 'stop-test',
      kind: 'danger wide',
      text: words.say('selftest.stop'),
      onClick: () => session.client.stop(),
    });
    refill(list);
    refill(outcome, news, stop);
    for (const id of ['start-test', 'skip-gnss', 'skip-modem'])
      document.getElementById(id)?.setAttribute('disabled', '');
    await app.attempt(() => runSelfTest(app, (step) => list.append(stepEntry(words, step))));
  };
  return [
    hint(words.say('selftest.help')),
    tick({
      id: 'skip-gnss',
      label: words.say('selftest.skip-gnss'),
      isOn: visit.skips.gnss,
      onChange: (isOn) => {
        visit.skips.gnss = isOn;
      },
    }),
    tick({
      id: 'skip-modem',
      label: words.say('selftest.skip-modem'),
      isOn: visit.skips.modem,
      onChange: (isOn) => {
        visit.skips.modem = isOn;
      },
    }),
    button({
      id: 'start-test',
      kind: 'primary wide',
      text: words.say(visit.selfTest ? 'selftest.again' : 'selftest.start'),
      isDisabled: visit.who === '' || app.isBusy,
      onClick: begin,
    }),
    ...(visit.who === ''
      ? [element('p', { class: 'fault' }, mark('warning'), words.say('frame.who-first'))]
      : []),
  ];
}

export function verdictBox(words: Words, verdict: Verdict): Node {
  const kind = verdict === 0 ? 'box-good' : verdict === 2 ? 'box-bad' : 'box-warning';
  return element(
    'p',
    { class: `box outcome ${kind}`, id: 'verdict' },
    mark(MARKS[verdict]),
    element('strong', {}, words.say(`verdict.${verdict}`)),
    ' ',
    words.say(`outcome.${verdict}`),
  );
}

function signature(words: Words, mac: string): Node {
  return element('p', { class: 'hint' }, words.say(mac === '' ? 'selftest.unsigned' : 'selftest.signed'));
}

/** One step: shape, word, value, and what to do. */
export function stepEntry(words: Words, { step, verdict, value, error }: TestedStep): HTMLElement {
  const fault = error === 0 ? undefined : faults.find(({ code }) => code === error);
  const name = words.find(`test.${step}`) ?? step;
  const advice = fault
    ? [
        words.find(`sentence.${fault.id}`) ?? fault.sentence,
        ' ',
        element('strong', {}, words.say('trouble.do')),
        ' ',
        words.find(`remedy.${fault.id}`) ?? fault.remedy,
        element('span', { class: 'faint' }, ` (${fault.id})`),
      ]
    : words.find(`advice.${step}.${verdict}`);
  return element(
    'li',
    { class: `test test-${MARKS[verdict]}` },
    element(
      'p',
      { class: 'test-line' },
      mark(MARKS[verdict]),
      element(
        'span',
        { class: 'test-name' },
        name,
        element('span', { class: 'test-value' }, measured(words, step, verdict, value)),
      ),
      element('strong', { class: 'test-word' }, words.say(`verdict.${verdict}`)),
    ),
    advice === undefined ? undefined : element('p', { class: 'test-fault' }, advice),
  );
}

/** The value of a step, in its unit: firmware/console/selftest.ts says what it is. */
function measured(words: Words, step: string, verdict: Verdict, value: number | null): string {
  if (value === null) return '';
  if (step === 'sensors' && verdict === 2)
    return words.say('measured.without', { count: words.number(value) });
  if (step === 'sensors') return words.say('measured.apart', { value: words.temperature(value) });
  if (step === 'clock') return words.moment(value * 1000);
  if (step === 'gnss') return words.say('measured.satellites', { count: words.number(value) });
  if (step === 'broker') return words.say('measured.held', { count: words.number(value) });
  if (step === 'battery' || step === 'load') return `${words.number(value / 1000, 2)}\u00a0V`;
  if (step === 'network') return `${words.number(value)}\u00a0dBm`;
  return String(value);
}
