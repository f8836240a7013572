import type { Gap, RideResult } from '../ride/result.ts';
import { hours, quantity, utc } from './format.ts';
import { type Child, element, type Markup } from './markup.ts';
import { summaryRows } from './summary-fields.ts';
import { type Column, table } from './table.ts';

/** Gaps beyond this are counted, not listed. */
export const LISTED_GAPS = 30;

/** The times without uplink, longest first. */
export function gapTable({ gaps, departure }: RideResult): Markup {
  if (gaps.length === 0) return element('p', {}, 'No gap is recorded.');
  const longestFirst = [...gaps].sort(
    (one, other) => length(other) - length(one) || one.fromHour - other.fromHour,
  );
  const listed = longestFirst.slice(0, LISTED_GAPS);
  const shorter = longestFirst.slice(LISTED_GAPS);
  const columns: Column[] = [
    { head: 'From (UTC)', kind: 'time' },
    { head: 'To (UTC)', kind: 'time' },
    { head: 'Hours', kind: 'figure' },
    { head: 'Where' },
    { head: 'Why' },
    { head: 'Readings that waited', kind: 'figure' },
  ];
  const rows = listed.map((gap) => [
    utc(departure, gap.fromHour),
    utc(departure, gap.toHour),
    hours(length(gap)),
    gap.where,
    gap.reason,
    quantity(gap.readings),
  ]);
  return element('div', {}, table(columns, rows), shorterGaps(shorter));
}

/** Where the container stood, in order. */
export function stopTable({ stops, departure }: RideResult): Markup {
  if (stops.length === 0) return element('p', {}, 'No stop is recorded.');
  const columns: Column[] = [
    { head: 'Place' },
    { head: 'km', kind: 'figure' },
    { head: 'Arrive (UTC)', kind: 'time' },
    { head: 'Depart (UTC)', kind: 'time' },
    { head: 'Hours', kind: 'figure' },
    { head: 'Note' },
  ];
  const rows = stops.map((stop) => [
    stop.name,
    quantity(Math.round(stop.km)),
    utc(departure, stop.arriveHour),
    utc(departure, stop.departHour),
    hours(stop.departHour - stop.arriveHour),
    stop.note ?? '',
  ]);
  return table(columns, rows);
}

/** Bytes on the air and the modem's charge, by country and technology. */
export function radioTable({ summary: { radio } }: RideResult): Markup {
  if (radio.length === 0) return element('p', {}, 'The modem was never switched on.');
  const columns: Column[] = [
    { head: 'Country' },
    { head: 'Radio' },
    { head: 'Bytes up', kind: 'figure' },
    { head: 'Bytes down', kind: 'figure' },
    { head: 'mAh', kind: 'figure' },
  ];
  const uses: Record<string, string> = { none: 'searching, idle', gnss: 'GNSS' };
  const rows = radio.map(({ country, use, bytesUp, bytesDown, milliampHours }) => [
    country,
    uses[use] ?? use,
    quantity(bytesUp),
    quantity(bytesDown),
    milliampHours.toFixed(1),
  ]);
  return table(columns, rows);
}

/** Every field of summary.json with its value and meaning. */
export function summaryTable({ summary }: RideResult): Markup {
  const columns: Column[] = [{ head: 'Field' }, { head: 'Value', kind: 'figure' }, { head: 'Meaning' }];
  const rows = summaryRows(summary).map(({ field, value, meaning }) => [
    element('code', {}, field),
    value,
    meaning,
  ]);
  return table(columns, rows);
}

function shorterGaps(gaps: readonly Gap[]): Child {
  const longest = gaps[0];
  if (longest === undefined) return [];
  const together = gaps.reduce((sum, gap) => sum + length(gap), 0);
  const readings = gaps.reduce((sum, gap) => sum + gap.readings, 0);
  const noun = gaps.length === 1 ? 'gap is' : 'gaps are';
  return element(
    'p',
    { class: 'more' },
    `${quantity(gaps.length)} shorter ${noun} not listed: at most ${hours(length(longest))} h each, ${hours(together)} h and ${quantity(readings)} readings together.`,
  );
}

function length(gap: Gap): number {
  return gap.toHour - gap.fromHour;
}
