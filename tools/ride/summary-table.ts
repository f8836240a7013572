import type { EnergySummary } from './energy-summary.ts';
import type { RadioRow } from './radio-ledger.ts';
import type { Summary } from './result.ts';
import { textTable } from './text-table.ts';

/** The summary as a table for a terminal. */
export function summaryTable(summary: Summary): string {
  const { perDay, battery } = summary.energy;
  const rows: [string, string | number][] = [
    ['scenario', `${summary.scenario}, seed ${summary.seed}, board ${summary.board}`],
    ['days', summary.days],
    ['readings taken by the sensors', summary.samples],
    ['  stored in flash', summary.stored],
    ['  in the database when the ride was over', summary.delivered],
    ['  in the database at the end', summary.inDatabase],
    ['  lost', summary.lost],
    ['  invented', summary.invented],
    ['duplicates dropped', summary.duplicatesDropped],
    ['longest time without uplink', `${summary.longestGapHours} h`],
    ['sessions', summary.sessions],
    ['bytes on air, up and down', `${summary.bytesOnAirUp} + ${summary.bytesOnAirDown}`],
    ['  per reading', summary.bytesPerReadingOnAir],
    ['bytes in flash per reading', summary.flash.bytesPerReading],
    ['flash pages used, erases', `${summary.flash.pagesUsed}, ${summary.flash.erases}`],
    ['alarms raised, false ones', `${summary.alarms.raised}, ${summary.alarms.false}`],
    ['wakes', summary.wakes],
    ['modelled charge', `${summary.modelledMilliampHours} mAh (${perDay.toFixed(1)} a day)`],
    [`  left in a ${battery.name}`, `${battery.daysLeft ?? '-'} days at ${battery.coldestC} C`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}${value}`);
  return [...lines, '', ...radioTable(summary.radio), '', ...stateTable(summary)].join('\n');
}

/** Bytes on the air and charge of the modem, a line for each country and technology. */
function radioTable(rows: readonly RadioRow[]): string[] {
  const cells = rows.map((row) => [
    row.country,
    uses[row.use] ?? row.use,
    `${row.bytesUp + row.bytesDown}`,
    row.milliampHours.toFixed(1),
  ]);
  return textTable(
    [
      { head: 'country' },
      { head: 'radio' },
      { head: 'bytes', isFigure: true },
      { head: 'mAh', isFigure: true },
    ],
    cells,
  );
}

/** Where the charge went. */
function stateTable({ energy, days }: { energy: EnergySummary; days: number }): string[] {
  const cells = energy.byState.map(({ state, hours, milliampHours }) => [
    state,
    hours.toFixed(2),
    milliampHours.toFixed(1),
    days > 0 ? (milliampHours / days).toFixed(1) : '-',
  ]);
  return textTable(
    [
      { head: 'state' },
      { head: 'hours', isFigure: true },
      { head: 'mAh', isFigure: true },
      { head: 'mAh a day', isFigure: true },
    ],
    cells,
  );
}

const uses: Partial<Record<RadioRow['use'], string>> = { none: 'searching, idle', gnss: 'GNSS' };
