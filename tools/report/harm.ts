import type { HarmAccount } from '../ride/harm.ts';
import { causeWords, celsius, deedsOf, harmSentence, toldWords } from '../ride/harm-words.ts';
import { hours, quantity, utc } from './format.ts';
import { element, type Markup } from './markup.ts';
import { type Column, table } from './table.ts';

/** What was done to the box and what the tracker made of it: a sentence and two tables. */
export function harmTables(account: HarmAccount): Markup {
  const isGood = account.falseAlarms.length === 0 && account.strayEnds === 0;
  return element(
    'div',
    {},
    element('p', { class: isGood ? 'verdict' : 'verdict bad' }, isGood ? '✓ ' : '✗ ', harmSentence(account)),
    deedTable(account),
    element('p', { class: 'more' }, 'Alarms of the tracker, and what was done when they began:'),
    alarmTable(account),
  );
}

function deedTable({ departure, events }: HarmAccount): Markup {
  const deeds = deedsOf(events);
  if (deeds.length === 0) return element('p', {}, 'Nothing was done to the box beside its defrosts.');
  const columns: Column[] = [
    { head: 'From (UTC)', kind: 'time' },
    { head: 'Hours', kind: 'figure' },
    { head: 'What was done' },
    { head: 'Where' },
    { head: 'Told by' },
  ];
  const rows = deeds.map((told) => {
    const { fromHour, toHour, what, where = '' } = told.event;
    return [utc(departure, fromHour), hours(toHour - fromHour), what, where, toldWords(told)];
  });
  return table(columns, rows);
}

function alarmTable({ departure, alarms }: HarmAccount): Markup {
  if (alarms.length === 0) return element('p', {}, 'No alarm is recorded.');
  const columns: Column[] = [
    { head: 'Alarm (UTC)', kind: 'time' },
    { head: 'Ended (UTC)', kind: 'time' },
    { head: 'Rule' },
    { head: 'Place' },
    { head: '°C', kind: 'figure' },
    { head: 'Limit', kind: 'figure' },
    { head: 'Extreme', kind: 'figure' },
    { head: 'Hours', kind: 'figure' },
    { head: 'K min', kind: 'figure' },
    { head: 'Because of' },
  ];
  const rows = alarms.map((alarm) => [
    utc(departure, alarm.atHour),
    alarm.endedAtHour === undefined ? 'stands' : utc(departure, alarm.endedAtHour),
    alarm.kind,
    alarm.place,
    celsius(alarm.valueC),
    celsius(alarm.limitC),
    celsius(alarm.extremeC),
    hours(alarm.seconds / 3600),
    quantity(Math.round(alarm.degreeMinutes)),
    causeWords(alarm),
  ]);
  return table(columns, rows);
}
