import type { HarmAccount, ToldAlarm, ToldEvent } from './harm.ts';

/** The account in a sentence: "7 alarms, 1 of them false; 4 of 5 things done to the box told, beside 17 defrosts." */
export function harmSentence({ alarms, events, falseAlarms, strayEnds }: HarmAccount): string {
  const deeds = deedsOf(events);
  const told = deeds.filter(({ alarm }) => alarm !== undefined).length;
  const defrosts = events.length - deeds.length;
  const alarmed = `${counted(alarms.length, 'alarm')}, ${falseAlarms.length} of them false`;
  const done = `${told} of ${counted(deeds.length, 'thing')} done to the box told`;
  const stray = strayEnds > 0 ? ` ${counted(strayEnds, 'end')} of an alarm that is not recorded.` : '';
  return `${alarmed}; ${done}, beside ${counted(defrosts, 'defrost')}.${stray}`;
}

/** What was done, without the machine's own defrosts. */
export function deedsOf(events: readonly ToldEvent[]): readonly ToldEvent[] {
  return events.filter(({ event }) => event.kind !== 'defrost');
}

/** What an alarm is put down to. */
export function causeWords({ cause }: ToldAlarm): string {
  return cause === undefined ? 'nothing that was done (false)' : `${cause.what}${falseMark(cause.kind)}`;
}

/** Which alarm told of a deed, and how soon. */
export function toldWords({ event, alarm }: ToldEvent): string {
  if (alarm === undefined) return 'no alarm';
  return `${alarm.kind}, ${alarm.place}, after ${(alarm.atHour - event.fromHour).toFixed(1)} h`;
}

export function celsius(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

function falseMark(kind: string): string {
  return kind === 'defrost' ? ' (false)' : '';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
