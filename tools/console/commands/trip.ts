import { Command } from 'commander';
import { ColdrailError } from '../../errors/error.ts';
import { numberOption } from '../../ride/options.ts';
import { type Display, specOf, wordsOf } from '../display.ts';
import { readConfig } from '../read-config.ts';
import { startTrip, stopTrip, TRIP_KEYS } from '../trip.ts';
import { confirm } from './ask.ts';
import { type DeviceFlags, deviceCommand, whoOption } from './device-command.ts';
import { numberWord } from './number-word.ts';
import { whoOf } from './who.ts';
import { tell, withTracker } from './with-tracker.ts';

type Print = (text: string) => void;

interface TripFlags extends DeviceFlags {
  readonly who?: string;
  readonly container?: string;
  readonly wagon?: string;
  readonly consignment?: string;
  readonly seals?: string;
  readonly setPoint?: string;
  readonly hours?: string;
}

/** What was said of the trip, as values of the configuration. */
function valuesOf(flags: TripFlags): Record<string, Display> {
  const values: Record<string, Display> = {};
  for (const name of ['container', 'wagon', 'consignment', 'seals'] as const) {
    const word = flags[name];
    const spec = specOf(name);
    if (word !== undefined && spec) values[name] = numberWord(spec, word);
  }
  if (flags.setPoint !== undefined)
    values['setPointMilliC'] = Math.round(1000 * numberOption('--set-point', flags.setPoint, -100, 100));
  if (flags.hours !== undefined)
    values['tripHours'] = Math.round(numberOption('--hours', flags.hours, 1, 2400));
  return values;
}

function startCommand(print: Print): Command {
  return deviceCommand('start')
    .description('begin a trip; numbers are checked before the tracker hears of them')
    .argument('<trip>', 'its name: 1 to 32 of A-Z a-z 0-9 - _')
    .option('--container <number>', 'ISO 6346, as CSQU3054383')
    .option('--wagon <number>', '12 digits (UIC) or 8 (1520 mm)')
    .option('--consignment <list>', 'CIM:DIGITS or SMGS:NUMBER, a comma between several')
    .option('--seals <list>', 'H:NUMBER, S:NUMBER or I:NUMBER (ISO 17712), a comma between several')
    .option('--set-point <degrees>', 'of the reefer, in degrees Celsius')
    .option('--hours <hours>', 'planned length of the trip')
    .addOption(whoOption())
    .action((trip: string, flags: TripFlags) => {
      const values = valuesOf(flags);
      return withTracker(flags, async ({ client, unlock, reconnect }) => {
        await unlock();
        for (const [name, value] of Object.entries(values)) tell(`  ${name}: ${value}`);
        if (!(await confirm(`Begin trip ${trip}, and restart the tracker?`, flags.yes))) {
          tell('Nothing was changed.');
          process.exitCode = 1;
          return;
        }
        await startTrip(client, trip, values, { who: whoOf(flags.who), onProgress: tell, reconnect });
        print(flags.json ? JSON.stringify({ trip, ...values }) : `Trip ${trip} is under way.`);
      });
    });
}

function stopCommand(print: Print): Command {
  return deviceCommand('stop')
    .description('end the trip under way')
    .addOption(whoOption())
    .action((flags: TripFlags) =>
      withTracker(flags, async ({ client, unlock, reconnect }) => {
        await unlock();
        if (!(await confirm('End the trip, and restart the tracker?', flags.yes))) {
          tell('Nothing was changed.');
          process.exitCode = 1;
          return;
        }
        await stopTrip(client, { who: whoOf(flags.who), onProgress: tell, reconnect });
        print(flags.json ? JSON.stringify({ trip: null }) : 'The trip has ended.');
      }),
    );
}

function showCommand(print: Print): Command {
  return deviceCommand('show')
    .description('what belongs to the trip; exit code 1 when none is under way')
    .action((flags: DeviceFlags) =>
      withTracker(flags, async ({ client }) => {
        const values = await readConfig(client, TRIP_KEYS);
        process.exitCode = values['trip'] ? 0 : 1;
        if (flags.json) print(JSON.stringify(values, null, 2));
        else
          for (const [name, value] of Object.entries(values)) {
            const spec = specOf(name);
            if (spec) print(`${name.padEnd(20)}${wordsOf(spec, value)}`);
          }
      }),
    );
}

/** `coldrail trip` */
export function tripCommand(print: Print): Command {
  return new Command('trip')
    .description('begin, end and show the trip of a tracker')
    .addCommand(startCommand(print))
    .addCommand(stopCommand(print))
    .addCommand(showCommand(print))
    .action(() => {
      throw new ColdrailError('usage.unknown-option', {
        detail: 'trip takes what to do: start, stop or show',
      });
    });
}
