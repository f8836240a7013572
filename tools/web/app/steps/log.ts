import type { App, StepView } from '../app.ts';
import { button, factList, hint } from '../controls.ts';
import { element } from '../element.ts';
import { fetchLog } from '../fetch-log.ts';
import { mark } from '../mark.ts';
import { needLine } from '../need-line.ts';
import { saveFile } from '../save-file.ts';

/** The journal as a file: what has come once stays, over a pulled cable and over a stop. */
export function logStep(app: App): StepView {
  const { words, visit } = app;
  const missing = needLine(app);
  const kept = [...visit.pages.values()].reduce((sum, page) => sum + page.length, 0);
  const progress = element('progress', {
    id: 'log-progress',
    max: 1,
    value: 0,
    'aria-label': words.say('log.progress'),
  });
  const news = element('p', { class: 'hint', id: 'log-news', 'aria-live': 'polite' });
  if (kept > 0 && !visit.log) news.textContent = words.say('log.kept', { size: words.bytes(kept) });
  const fetch = button({
    id: 'fetch-log',
    kind: visit.log ? 'plain wide' : 'primary wide',
    text: words.say(visit.log ? 'log.again' : kept > 0 ? 'log.go-on' : 'log.start'),
    isDisabled: app.isBusy,
    onClick: () => {
      fetch.disabled = true;
      return app.attempt(() =>
        fetchLog(app, ({ bytes, totalBytes }) => {
          progress.max = totalBytes;
          progress.value = bytes;
          news.textContent = words.say('log.came', {
            done: words.bytes(bytes),
            all: words.bytes(totalBytes),
          });
        }),
      );
    },
  });
  return {
    body: [
      ...(missing ?? [hint(words.say('log.help'))]),
      ...(visit.log ? result(app) : []),
      ...(missing ? [] : [fetch, progress, news]),
    ],
  };
}

function result(app: App): Node[] {
  const { words, visit } = app;
  const { log } = visit;
  if (!log) return [];
  return [
    element(
      'section',
      { class: 'box box-good', id: 'log-done' },
      element('h2', {}, mark('good'), words.say('log.done')),
      factList('log-facts', [
        [words.say('log.size'), words.bytes(log.image.length)],
        [words.say('log.records'), words.number(Math.max(0, log.next - log.from))],
        [words.say('log.file'), log.fileName],
      ]),
    ),
    button({
      id: 'save-log',
      kind: 'primary wide',
      text: words.say('log.save'),
      onClick: () => {
        saveFile(log.fileName, 'application/octet-stream', log.image);
        log.isSaved = true;
        app.render();
      },
    }),
  ];
}
