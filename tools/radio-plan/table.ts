import type { DeadZone } from './dead-zone.ts';
import type { Leg, RadioPlan } from './radio-plan.ts';

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

function layOut(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] as string[]).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] as number;
          return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row(name: string, leg: Leg): string[] {
  const { searching, sessions, asleep } = leg.milliampHours;
  return [
    name,
    leg.hours.toFixed(1),
    String(leg.tried),
    String(leg.delivered),
    String(leg.heldBack),
    String(leg.readings),
    (leg.bytes / 1000).toFixed(1),
    leg.cost === null ? '-' : leg.cost.toFixed(2),
    (leg.searchedS / 60).toFixed(0),
    searching.toFixed(1),
    sessions.toFixed(1),
    asleep.toFixed(1),
    (searching + sessions + asleep).toFixed(1),
  ];
}

/** A plan as a table for a terminal. */
export function planTable({ legs, total, waiting }: RadioPlan): string {
  const table = layOut([
    [
      'leg',
      'hours',
      'tried',
      'delivered',
      'held back',
      'readings',
      'kB',
      'cost',
      'search min',
      'search mAh',
      'session mAh',
      'asleep mAh',
      'mAh',
    ],
    ...legs.map((leg) => row(countryNames.of(leg.country) ?? leg.country, leg)),
    row('all', total),
  ]);
  const days = total.hours / 24;
  const { searching, sessions, asleep } = total.milliampHours;
  const perDay = ((searching + sessions + asleep) / days).toFixed(1);
  return `${table}

${perDay} mAh a day for the radio and the sleeping board; sensors and positions come on top. ${waiting} readings wait at the end.`;
}

/** The comparison as a table for a terminal. */
export function deadZoneTable({ days, policy, hourly }: DeadZone): string {
  const line = (name: string, tries: number, searchedS: number, mAh: number) => [
    name,
    String(tries),
    (searchedS / 60).toFixed(0),
    mAh.toFixed(1),
    (mAh / days).toFixed(1),
  ];
  const table = layOut([
    [`${days} days without network`, 'tries', 'search min', 'mAh', 'mAh a day'],
    line('every hour, 3 min each', hourly.tries, hourly.searchedS, hourly.milliampHours),
    line("the firmware's policy", policy.tries, policy.searchedS, policy.milliampHours),
  ]);
  const times = (hourly.milliampHours / policy.milliampHours).toFixed(1);
  return `${table}\n\nThe policy takes ${times} times less.`;
}
