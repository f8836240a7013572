import type { Command } from 'commander';
import { textTable } from '../../ride/text-table.ts';
import { probesOf, reeferWords } from '../sensors.ts';
import { celsius, percent } from '../status.ts';
import { type DeviceFlags, deviceCommand } from './device-command.ts';
import { withTracker } from './with-tracker.ts';

/** A probe may need its conversion time, and a bus its time-outs; milliseconds. */
const MEASURE_MS = 30_000;

/** `coldrail sensors` */
export function sensorsCommand(print: (text: string) => void): Command {
  return deviceCommand('sensors')
    .description('measure now, at each probe; exit code 1 when one gives no value')
    .action((flags: DeviceFlags) =>
      withTracker(flags, async ({ client }) => {
        const { probes, door, reefer } = await client.request('sensors', {}, { timeoutMs: MEASURE_MS });
        const found = probesOf(probes);
        process.exitCode = found.every(({ milliC }) => milliC !== null) ? 0 : 1;
        if (flags.json) {
          print(JSON.stringify({ probes: found, door: door ?? null, reefer: reefer ?? null }, null, 2));
          return;
        }
        const columns = [
          { head: 'probe' },
          { head: 'temperature', isFigure: true },
          { head: 'humidity', isFigure: true },
          { head: '' },
        ];
        const rows = found.map(({ place, milliC, milliPct, reason }) => [
          place,
          milliC === null ? '-' : celsius(milliC),
          milliPct === null ? '-' : percent(milliPct),
          reason,
        ]);
        print(textTable(columns, rows).join('\n'));
        print(
          `door    ${door === 1 ? 'open' : door === 0 ? 'closed' : 'no contact fitted, or it is not known'}`,
        );
        print(`reefer  ${reeferWords(reefer)}`);
      }),
    );
}
