import type { EnergySummary } from '../ride/energy-summary.ts';
import type { RideResult } from '../ride/result.ts';
import { quantity } from './format.ts';
import { element, type Markup } from './markup.ts';
import { type Column, table } from './table.ts';

/** Where the charge went, and what the battery makes of it. */
export function energyTable({ summary: { energy, days } }: RideResult): Markup {
  const columns: Column[] = [
    { head: 'State' },
    { head: 'Hours', kind: 'figure' },
    { head: 'mAh', kind: 'figure' },
    { head: 'mAh a day', kind: 'figure' },
  ];
  const perDay = (milliampHours: number): string => (days > 0 ? (milliampHours / days).toFixed(2) : '');
  const rows = energy.byState.map(({ state, hours, milliampHours }) => [
    state,
    hours.toFixed(2),
    milliampHours.toFixed(1),
    perDay(milliampHours),
  ]);
  rows.push(['all', '', energy.milliampHours.toFixed(1), energy.perDay.toFixed(2)]);
  return element('div', {}, table(columns, rows), element('p', { class: 'more' }, outlook(energy)));
}

function outlook({ battery }: EnergySummary): string {
  const { name, coldestC, daysLeft } = battery;
  const overlap = 'Board and modem work at the same time, so their hours overlap.';
  if (daysLeft === null) return `${overlap} Nothing was drawn from the battery (${name}).`;
  return `${overlap} A battery (${name}), full at departure, never charged, and used at ${quantity(coldestC)} °C, the coldest outside air of the ride, would go on for another ${quantity(daysLeft)} days at the same rate.`;
}
