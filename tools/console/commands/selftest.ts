import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { ColdrailError } from '../../errors/error.ts';
import { type SelfTest, type Step, selfTest, type Verdict } from '../selftest.ts';
import { type DeviceFlags, deviceCommand, whoOption } from './device-command.ts';
import { whoOf } from './who.ts';
import { tell, withTracker } from './with-tracker.ts';

interface Flags extends DeviceFlags {
  readonly who?: string;
  readonly record?: string;
  readonly gnss: boolean;
  readonly modem: boolean;
}

const COLOURS: Readonly<Record<Verdict, Parameters<typeof styleText>[0]>> = {
  green: 'green',
  amber: 'yellow',
  red: 'red',
  skipped: 'gray',
};
const VERDICT_WIDTH = 8;
const NAME_WIDTH = 20;

/** The word of a verdict, in its colour where the terminal has any: it says the same without. */
function coloured(verdict: Verdict, text: string, stream: NodeJS.WriteStream): string {
  return styleText(COLOURS[verdict], text, { stream });
}

function stepLine({ name, verdict, value }: Step, stream: NodeJS.WriteStream): string {
  const word = coloured(verdict, verdict.toUpperCase().padEnd(VERDICT_WIDTH), stream);
  return `${word}${name.padEnd(NAME_WIDTH)}${value}`.trimEnd();
}

/** The result on one screen: a line for each step, and behind them what to do. */
function resultLines({ verdict, steps }: SelfTest): string[] {
  const open = steps.filter((step) => step.verdict === 'amber' || step.verdict === 'red');
  return [
    ...steps.map((step) => stepLine(step, process.stdout)),
    '',
    ...open.flatMap(({ name, sentence, remedy }) => [`${name}: ${sentence}`.trimEnd(), `  ${remedy}`]),
    ...(open.length > 0 ? [''] : []),
    `${coloured(verdict, verdict.toUpperCase(), process.stdout)}: ${concluded(verdict, steps)}`,
  ];
}

/** What is left out cannot be called good. */
function concluded(verdict: Verdict, steps: readonly Step[]): string {
  const skipped = steps.filter((step) => step.verdict === 'skipped').length;
  if (verdict !== 'green' || skipped === 0) return WORDS[verdict];
  return `nothing is wrong in what was tested; ${skipped} of ${steps.length} steps were skipped.`;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  green: 'the tracker is ready to go.',
  amber: 'it will run, but look at what is amber first.',
  red: 'do not let it go like this: see to what is red, and test again.',
  skipped: 'nothing was tested.',
};

/** `coldrail selftest`: exit code 1 where a step is red. */
export function selftestCommand(print: (text: string) => void): Command {
  return deviceCommand('selftest')
    .description(
      'test sensors, flash, battery, position, SIM, network, broker and clock; exit code 1 on red. Behind a session the tracker restarts',
    )
    .option('--record <file>', 'write the installation record (JSON), which the tracker has signed')
    .option('--no-gnss', 'leave the position out')
    .option('--no-modem', 'leave SIM, network, broker and the battery under load out')
    .addOption(whoOption())
    .action((flags: Flags) =>
      withTracker(flags, async ({ client, hello, unlock }) => {
        const who = whoOf(flags.who);
        if (flags.record !== undefined) mustBeWritable(flags.record);
        await unlock();
        tell('Testing; with a modem this takes some minutes. Ctrl-C stops it.');
        const stop = (): void => void client.stop().catch(() => {});
        process.on('SIGINT', stop);
        try {
          const result = await selfTest(client, {
            who,
            device: hello.device,
            skipGnss: !flags.gnss,
            skipModem: !flags.modem,
            onStep: (step) => tell(`  ${stepLine(step, process.stderr)}`),
          });
          if (flags.record !== undefined) writeRecord(flags.record, result);
          if (flags.json) print(JSON.stringify(result, null, 2));
          else print(resultLines(result).join('\n'));
          process.exitCode = result.verdict === 'red' ? 1 : 0;
        } finally {
          process.off('SIGINT', stop);
        }
      }),
    );
}

/** Before a test that takes minutes, and not behind it. */
function mustBeWritable(file: string): void {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw new ColdrailError('usage.unwritable', { file, detail: (error as Error).message });
  }
}

function writeRecord(file: string, { record }: SelfTest): void {
  try {
    writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  } catch (error) {
    throw new ColdrailError('usage.unwritable', { file, detail: (error as Error).message });
  }
  const signed = record.mac === '' ? 'not signed, as the tracker has no device key' : 'signed by the tracker';
  tell(`Installation record in ${file}, ${signed}.`);
}
