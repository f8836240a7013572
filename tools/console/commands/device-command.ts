import { Command, Option } from 'commander';

/** What each command takes that talks to a tracker. */
export interface DeviceFlags {
  readonly port?: string;
  readonly json?: true;
  readonly yes?: true;
  readonly reset: boolean;
  readonly pinFile?: string;
}

/** A command that talks to a tracker, with the options that all of those have. */
export function deviceCommand(name: string): Command {
  return new Command(name)
    .addOption(
      new Option('--port <path>', 'serial port of the tracker (default: the only USB one)').env(
        'COLDRAIL_PORT',
      ),
    )
    .option('--json', 'print JSON instead of text')
    .option('--yes', 'do not ask before something is changed')
    .option('--no-reset', 'leave the reset line alone; press the button instead')
    .option('--pin-file <file>', 'file with the PIN of the console (or COLDRAIL_PIN, or typed when asked)');
}

/** Who does it, for the journal. */
export function whoOption(): Option {
  return new Option('--who <name>', 'who does it, for the journal: 1 to 16 of A-Z a-z 0-9 - _').env(
    'COLDRAIL_WHO',
  );
}
