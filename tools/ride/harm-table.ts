import { hours, utc } from '../report/format.ts';
import type { HarmAccount } from './harm.ts';
import { causeWords, celsius, deedsOf, harmSentence, toldWords } from './harm-words.ts';
import { textTable } from './text-table.ts';

/** What was done to the box and what the tracker made of it, as tables for a terminal. */
export function harmTable(account: HarmAccount): string {
  const { departure, alarms, events } = account;
  const deeds = deedsOf(events).map((told) => {
    const { fromHour, toHour, what, where = '' } = told.event;
    return [utc(departure, fromHour), hours(toHour - fromHour), what, where, toldWords(told)];
  });
  const raised = alarms.map((alarm) => [
    utc(departure, alarm.atHour),
    alarm.kind,
    alarm.place,
    celsius(alarm.valueC),
    celsius(alarm.limitC),
    celsius(alarm.extremeC),
    hours(alarm.seconds / 3600),
    `${Math.round(alarm.degreeMinutes)}`,
    causeWords(alarm),
  ]);
  const deedColumns = [
    { head: 'from (UTC)' },
    { head: 'h', isFigure: true },
    { head: 'what was done' },
    { head: 'where' },
    { head: 'told by' },
  ];
  const alarmColumns = [
    { head: 'alarm (UTC)' },
    { head: 'rule' },
    { head: 'place' },
    { head: 'C', isFigure: true },
    { head: 'limit', isFigure: true },
    { head: 'extreme', isFigure: true },
    { head: 'h', isFigure: true },
    { head: 'K min', isFigure: true },
    { head: 'because of' },
  ];
  // A head with nothing below it says less than the sentence at the end.
  return [
    ...(deeds.length > 0 ? [...textTable(deedColumns, deeds), ''] : []),
    ...(raised.length > 0 ? [...textTable(alarmColumns, raised), ''] : []),
    harmSentence(account),
  ].join('\n');
}
