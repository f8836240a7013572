import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ColdrailError } from '../../errors/error.ts';
import { integerOption } from '../../ride/options.ts';
import { readDeviceKey } from '../../verify/key.ts';
import { explain } from '../../verify/text.ts';
import { verifyImage } from '../../verify/verify.ts';
import { downloadJournal } from '../download.ts';
import type { Message } from '../frame.ts';
import { type DeviceFlags, deviceCommand } from './device-command.ts';
import { partialImage } from './partial-image.ts';
import { transferLine } from './transfer-line.ts';
import { tell, withTracker } from './with-tracker.ts';

type Print = (text: string) => void;

interface DownloadFlags extends DeviceFlags {
  readonly key?: string;
}

interface TailFlags extends DeviceFlags {
  readonly lines: string;
}

/** The most that a tracker tells at a time. */
const MOST_LINES = 50;

function downloadCommand(print: Print): Command {
  return deviceCommand('download')
    .description(
      'copy the log out of flash, without the configuration and its secrets; goes on where it broke off',
    )
    .argument('<file>', 'the image, for coldrail decode and verify')
    .option(
      '--key <file>',
      'file with the device key: the image is verified, and exit code 1 says not proven',
    )
    .action((file: string, flags: DownloadFlags) => {
      const key = flags.key === undefined ? undefined : readDeviceKey(`@${flags.key.replace(/^@/, '')}`);
      if (existsSync(file) && !flags.yes) throw new ColdrailError('log.exists', { file });
      const partial = partialImage(file);
      return withTracker(flags, async ({ client, hello }) => {
        const progress = transferLine(process.stderr);
        try {
          const { image, info, pagesRead } = await downloadJournal(client, {
            keep: partial.keep,
            ...(partial.known ? { known: partial.known } : {}),
            onProgress: ({ bytes, totalBytes }) => progress.show(bytes, totalBytes),
          });
          progress.end();
          partial.finish(image);
          const result = key ? verifyImage(image, key) : undefined;
          const records = { from: info.from, to: info.next - 1 };
          if (flags.json)
            print(
              JSON.stringify({
                file,
                device: hello.device,
                bytes: image.length,
                pagesRead,
                records,
                verification: result ?? null,
              }),
            );
          else {
            print(
              `${file}: ${image.length} bytes, records ${records.from} to ${records.to}; ${pagesRead} of ${info.pages} pages were read.`,
            );
            if (result) print(explain(file, result).join('\n'));
            else
              print(
                `To prove that it is whole and unchanged: coldrail verify ${file} --key FILE, with the device key.`,
              );
          }
          process.exitCode = result && result.verdict !== 'proven' ? 1 : 0;
        } catch (error) {
          progress.end();
          if (existsSync(`${file}.part`))
            tell(`What came so far is in ${file}.part; the same command goes on from there.`);
          throw error;
        }
      });
    });
}

/** Lines for a person, as `journal.tail` and `events` give them. */
async function showRecords(doing: string, flags: TailFlags, print: Print): Promise<void> {
  const n = integerOption('--lines', flags.lines, 1, MOST_LINES);
  await withTracker(flags, async ({ client }) => {
    const { parts } = await client.collect(doing, { n });
    const records = parts.map(({ seq, text }: Message) => ({ seq, text }));
    if (flags.json) print(JSON.stringify(records, null, 2));
    else if (records.length === 0) print('nothing yet');
    else print(records.map(({ seq, text }) => `${seq}  ${text}`).join('\n'));
  });
}

function withLines(command: Command): Command {
  return command.option('-n, --lines <count>', `how many, 1 to ${MOST_LINES}`, '10');
}

function tailCommand(print: Print): Command {
  return withLines(deviceCommand('tail'))
    .description('the newest records of the log')
    .action((flags: TailFlags) => showRecords('journal.tail', flags, print));
}

/** `coldrail events` */
export function eventsCommand(print: Print): Command {
  return withLines(deviceCommand('events'))
    .description('what happened last: faults, alarms, trips, changes, sessions')
    .action((flags: TailFlags) => showRecords('events', flags, print));
}

/** `coldrail log` */
export function logCommand(print: Print): Command {
  return new Command('log')
    .description('read the log of a tracker')
    .addCommand(downloadCommand(print))
    .addCommand(tailCommand(print))
    .action(() => {
      throw new ColdrailError('usage.unknown-option', { detail: 'log takes what to do: download or tail' });
    });
}
