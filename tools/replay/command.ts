import { Command } from 'commander';
import { ColdrailError } from '../errors/error.ts';
import { linesOf } from './lines.ts';
import { nmeaCommand } from './nmea/command.ts';
import { profileNamed, profiles } from './profiles.ts';
import { readItems } from './read-file.ts';
import { replay } from './replay.ts';
import { type TargetOptions, targetOf } from './target.ts';
import { itemLine } from './transcript.ts';

interface Flags extends TargetOptions {
  readonly profile?: string;
  readonly json?: true;
  readonly convert?: true;
  readonly rail: boolean;
  readonly assumeOk?: true;
}

async function run(file: string, flags: Flags, print: (text: string) => void): Promise<void> {
  if (flags.convert) {
    print((await readItems(file)).map(itemLine).join('\n'));
    return;
  }
  const { profile, rail } = profileNamed(flags.profile);
  const target = targetOf(flags, profile);
  const { decisions, opened } = await replay(await readItems(file), {
    profile,
    target,
    rail: rail && flags.rail,
    assumeOk: flags.assumeOk ?? false,
  });
  const lines = flags.json
    ? decisions.map((decision) => JSON.stringify(decision))
    : decisions.flatMap(linesOf);
  print(lines.join('\n'));
  process.exitCode = opened ? 0 : 1;
}

function modemCommand(print: (text: string) => void): Command {
  return new Command('modem')
    .description("play a modem's transcript against the drivers in virtual time, and print each decision")
    .argument('<file>', 'JSON lines, or a terminal capture (docs/radio.md); - for standard input')
    .option('--profile <name>', `the modem: ${Object.keys(profiles).join(', ')}`)
    .option('--apn <name>', 'APN of the session (default: iot.example)')
    .option('--host <name>', 'the broker (default: broker.example)')
    .option('--port <number>', 'its port (default: 8883)')
    .option('--pin <digits>', 'PIN of the SIM')
    .option(
      '--search <list>',
      'what to search, 120 s each, as in gsm,lte-m (default: all that the modem can)',
    )
    .option('--utc <time>', 'what the tracker knows of the time, as in 2026-11-22T12:00:00Z')
    .option('--no-rail', "the board cannot switch the modem's supply")
    .option('--assume-ok', 'answer what the transcript does not have as if all were well')
    .option('--json', 'print JSON lines')
    .option('--convert', 'print the transcript in the file instead of playing it')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action((file: string, flags: Flags) => run(file, flags, print));
}

/** `coldrail replay`: exit code 0 means that the stream opened, 1 that it did not. */
export function replayCommand(print: (text: string) => void): Command {
  return new Command('replay')
    .description('play what was recorded in the field against the code of the tracker')
    .addCommand(modemCommand(print))
    .addCommand(nmeaCommand(print))
    .action(() => {
      throw new ColdrailError('usage.unknown-option', {
        detail: 'replay takes what to play, as in replay modem',
      });
    });
}
