import type { Command } from 'commander';
import { statusLines } from '../status.ts';
import { type DeviceFlags, deviceCommand } from './device-command.ts';
import { withTracker } from './with-tracker.ts';

const NAME_WIDTH = 20;

/** `coldrail status` */
export function statusCommand(print: (text: string) => void): Command {
  return deviceCommand('status')
    .description('say how the tracker is: last reading, alarm, battery, what waits to be sent')
    .action((flags: DeviceFlags) =>
      withTracker(flags, async ({ client, hello }) => {
        const { id: _id, ok: _ok, ...status } = await client.request('status');
        if (flags.json) print(JSON.stringify({ ...status, version: hello.version }, null, 2));
        else {
          const lines = [...statusLines(status), { name: 'firmware', text: hello.version }];
          print(lines.map(({ name, text }) => `${name.padEnd(NAME_WIDTH)}${text}`).join('\n'));
        }
      }),
    );
}
