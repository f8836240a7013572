import { Command } from 'commander';
import { textTable } from '../../ride/text-table.ts';
import { listPorts } from '../../serial/ports.ts';

/** `coldrail ports`: exit code 0 when there is one that a tracker can be behind, else 1. */
export function portsCommand(print: (text: string) => void): Command {
  return new Command('ports')
    .description('list the serial ports; exit code 1 when no tracker can be behind any of them')
    .option('--json', 'print JSON instead of text')
    .action(async ({ json }: { json?: true }) => {
      const ports = await listPorts();
      process.exitCode = ports.some(({ isCandidate }) => isCandidate) ? 0 : 1;
      if (json) print(JSON.stringify(ports, null, 2));
      else if (ports.length === 0) print('no serial ports');
      else {
        const columns = [
          { head: 'port' },
          { head: 'tracker?' },
          { head: 'usb' },
          { head: 'what' },
          { head: 'serial' },
        ];
        const rows = ports.map(({ path, isCandidate, usbId, what, serialNumber }) => [
          path,
          isCandidate ? 'may be' : 'no USB',
          usbId,
          what,
          serialNumber,
        ]);
        print(textTable(columns, rows).join('\n'));
      }
    });
}
