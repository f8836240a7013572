import type { Message } from '../../../console/frame.ts';
import type { App, StepView } from '../app.ts';
import { factList, hint } from '../controls.ts';
import { element, refill } from '../element.ts';
import { LiveCharts } from '../live-charts.ts';
import { mark } from '../mark.ts';
import { needLine } from '../need-line.ts';
import { numberOrNull, type Reading, readingOf } from '../reading.ts';
import { tiles } from '../reading-tiles.ts';

const POLL_MS = 3000;
/** The status is asked for with every so many-th reading. */
const STATUS_EVERY = 4;
const MOST_READINGS = 1200;

/** What the tracker says of itself, and what its sensors say now. */
export function checkStep(app: App): StepView {
  const missing = needLine(app);
  if (missing) return { body: missing };
  const { words, visit, session } = app;
  const statusPlace = element(
    'div',
    { class: 'status-place' },
    visit.status && statusFacts(app, visit.status),
  );
  const tilePlace = element('div', { class: 'tile-place', id: 'readings' });
  const charts = new LiveCharts(words);
  const failure = element('p', { class: 'fault', 'aria-live': 'polite' });
  let isHere = true;

  const show = (): void => {
    const last = visit.live.at(-1);
    if (last) refill(tilePlace, tiles(words, last));
    charts.show(visit.live);
  };
  const take = (reading: Reading): void => {
    const isFirst = visit.live.length === 0;
    visit.live.push(reading);
    if (visit.live.length > MOST_READINGS) visit.live.shift();
    show();
    if (isFirst) session.onChange();
  };
  const poll = async (): Promise<void> => {
    for (let i = 0; isHere && session.isReady; i++) {
      try {
        if (i % STATUS_EVERY === 0) {
          visit.status = await session.request('status');
          refill(statusPlace, statusFacts(app, visit.status));
        }
        const answer = await session.request('sensors', {}, { timeoutMs: 10_000 });
        if (isHere) take(readingOf(answer, Date.now()));
        refill(failure);
      } catch (error) {
        if (!session.isReady || !isHere) break;
        refill(failure, error instanceof Error ? error.message : String(error));
      }
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  };
  void poll();
  queueMicrotask(show);
  return {
    body: [
      statusPlace,
      element('h2', {}, words.say('check.live')),
      hint(words.say('check.live-help')),
      tilePlace,
      charts.place,
      failure,
    ],
    leave: () => {
      isHere = false;
      charts.destroy();
    },
  };
}

function statusFacts({ words }: App, status: Message): Node {
  const millivolts = numberOrNull(status['millivolts']);
  const utcS = numberOrNull(status['utcS']);
  const external = status['external'];
  const supply =
    external === 1 ? words.say('check.external') : external === 0 ? words.say('check.battery-only') : '';
  const volts = millivolts === null ? '\u2013' : `${words.number(millivolts / 1000, 2)}\u00a0V`;
  const isAlarm = status['alarm'] === 1;
  const waiting = Number(status['next'] ?? 0) - Number(status['acked'] ?? 0);
  return factList('status', [
    [
      words.say('fact.alarm'),
      element(
        'span',
        { class: 'verdict' },
        mark(isAlarm ? 'bad' : 'good'),
        words.say(isAlarm ? 'check.alarm' : 'check.no-alarm'),
      ),
    ],
    [words.say('fact.battery'), supply === '' ? volts : `${volts}, ${supply}`],
    [words.say('fact.level'), words.say(levelKey(status['level']))],
    [
      words.say('fact.clock'),
      utcS === null
        ? element('span', { class: 'verdict' }, mark('warning'), words.say('check.no-clock'))
        : words.moment(utcS * 1000),
    ],
    [words.say('fact.interval'), words.duration(Number(status['intervalS'] ?? 0))],
    [words.say('fact.waiting'), words.number(Math.max(0, waiting))],
    [words.say('fact.trip'), String(status['trip'] || '\u2013')],
    [words.say('fact.container'), String(status['container'] || '\u2013')],
  ]);
}

/** Of the power ladder. */
function levelKey(level: unknown): 'level.0' | 'level.1' | 'level.2' | 'level.3' {
  return level === 1 ? 'level.1' : level === 2 ? 'level.2' : level === 3 ? 'level.3' : 'level.0';
}
