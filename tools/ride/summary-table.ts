import type { RadioRow } from './radio-ledger.ts';
import type { Summary } from './result.ts';

/** The summary as a table for a terminal. */
export function summaryTable(summary: Summary): string {
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
    ['wakes', summary.wakes],
    [
      'modelled charge',
      `${summary.modelledMilliampHours} mAh (${(summary.modelledMilliampHours / summary.days).toFixed(1)} a day)`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}${value}`);
  return [...lines, '', ...radioTable(summary.radio)].join('\n');
}

/** Bytes on the air and charge of the modem, a line for each country and technology. */
function radioTable(rows: readonly RadioRow[]): string[] {
  const cells = rows.map((row) => [
    row.country,
    uses[row.use] ?? row.use,
    `${row.bytesUp + row.bytesDown}`,
    row.milliampHours.toFixed(1),
  ]);
  const table = [['country', 'radio', 'bytes', 'mAh'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  return table.map((line) =>
    line
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

const uses: Partial<Record<RadioRow['use'], string>> = { none: 'searching, idle', gnss: 'GNSS' };
