import type { Command } from 'commander';
import { ColdrailError } from '../../errors/error.ts';
import { openPort } from '../../serial/open-port.ts';
import { connect } from '../connect.ts';
import type { Port } from '../port.ts';
import { type DeviceFlags, deviceCommand } from './device-command.ts';
import { typeLines } from './type-lines.ts';
import { portOf, tell } from './with-tracker.ts';

/** Ctrl-] as in telnet. */
const LEAVE = '\x1d';

type Flags = DeviceFlags & { readonly raw?: true };

/** `coldrail console`: a person's keys to the tracker, and what it says to the terminal. */
export function consoleCommand(): Command {
  return deviceCommand('console')
    .description("the tracker's own console in this terminal; Ctrl-] leaves. From a pipe, line by line")
    .option('--raw', 'only pass on what is typed and said: do not wake the tracker first')
    .action(async (flags: Flags) => {
      const path = await portOf(flags);
      const port = await openPort(path, { mayReset: flags.reset });
      try {
        if (!flags.raw) await connect(port, { path, onNews: tell });
        await (process.stdin.isTTY ? terminal(port, path) : piped(port, path));
      } finally {
        await port.close();
      }
    });
}

function echo(text: string): void {
  process.stdout.write(Buffer.from(text, 'latin1'));
}

async function terminal(port: Port, path: string): Promise<void> {
  const { stdin } = process;
  tell('Ctrl-] leaves.');
  port.onText(echo);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    await new Promise<void>((resolve, reject) => {
      port.onClosed(() => reject(new ColdrailError('serial.gone', { path })));
      stdin.on('data', (data: Buffer) => {
        const typed = data.toString('latin1');
        const end = typed.indexOf(LEAVE);
        port.write(end < 0 ? typed : typed.slice(0, end)).then(() => end >= 0 && resolve(), reject);
      });
      port.write('\r').catch(reject);
    });
  } finally {
    stdin.removeAllListeners('data');
    stdin.setRawMode(false);
    stdin.pause();
    process.stdout.write('\n');
  }
}

async function piped(port: Port, path: string): Promise<void> {
  process.stdin.setEncoding('latin1');
  await typeLines(port, process.stdin, echo, path);
}
