import { Command } from 'commander';
import { boardNames } from '../build/bundle.ts';
import { BATTERY_NAMES } from '../sim/batteries.ts';
import { scenarios } from '../world/scenario.ts';
import { harmTable } from './harm-table.ts';
import { integerOption, numberOption, outageOption, type RideOptions } from './options.ts';
import { progressLine } from './progress.ts';
import { type RideOutcome, ride } from './ride.ts';
import { summaryTable } from './summary-table.ts';

interface Flags {
  scenario: string;
  board: string;
  seed: number;
  days?: number;
  interval: number;
  broker?: string;
  brokerPort?: number;
  brokerOutage?: { atHour: number; hours: number };
  powerCut: number[];
  battery?: string;
  charge?: number;
  mains?: true;
  climate?: string;
  timeColumn?: string;
  temperatureColumn?: string;
  humidityColumn?: string;
  out: string;
  json?: true;
}

function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function toOptions(flags: Flags): RideOptions {
  return {
    scenario: flags.scenario,
    board: flags.board,
    seed: flags.seed,
    intervalS: flags.interval,
    out: flags.out,
    powerCutAtHours: flags.powerCut,
    climateColumns: defined({
      time: flags.timeColumn,
      temperature: flags.temperatureColumn,
      humidity: flags.humidityColumn,
    }),
    ...defined({
      days: flags.days,
      broker: flags.broker,
      brokerPort: flags.brokerPort,
      brokerOutage: flags.brokerOutage,
      climate: flags.climate,
      battery: flags.battery,
      chargePct: flags.charge,
      mains: flags.mains,
    }),
  } as RideOptions;
}

/** Lines below the summary: what the climate check found, and what went wrong on the way. */
function remarks(outcome: RideOutcome): string {
  const lines: string[] = [];
  const { climate } = outcome;
  if (climate) {
    lines.push(
      `climate: ${climate.agreed} of ${climate.rows} rows in the database agree with the file at the declared step (0.1 C, 0.5 %)`,
    );
    if (climate.onAnEdge > 0)
      lines.push(
        `  ${climate.onAnEdge} of them lie within one count of the sensor of an edge between two steps`,
      );
    if (climate.laps > 1)
      lines.push(`  the ride is longer than the file, which was read ${climate.laps} times over`);
  }
  if (outcome.summary.lost > 0)
    lines.push(
      `${outcome.summary.lost} readings did not reach the database; flash.bin shows what the tracker still holds`,
    );
  for (const problem of outcome.problems) lines.push(problem);
  return lines.length > 0 ? `\n${lines.join('\n')}\n` : '';
}

export function rideCommand(print: (text: string) => void): Command {
  return new Command('ride')
    .description('let a simulated tracker ride the corridor with the real firmware bundle')
    .option('--scenario <name>', `one of ${Object.keys(scenarios).join(', ')}`, 'hanoi-duisburg')
    .option('--board <name>', `one of ${boardNames().join(', ')}`, 't-sim7080g-s3')
    .option(
      '--seed <n>',
      'seed of everything random',
      (text) => integerOption('--seed', text, 0, 4294967295),
      1,
    )
    .option('--days <n>', 'ride only so many days', (text) => numberOption('--days', text, 0.1, 365))
    .option(
      '--interval <s>',
      'seconds between readings',
      (text) => integerOption('--interval', text, 60, 3600),
      600,
    )
    .option('--broker <url>', 'MQTT broker to use instead of the embedded one, mqtt://host:port')
    .option('--broker-port <n>', 'port of the embedded broker (default: a free one)', (text) =>
      integerOption('--broker-port', text, 1, 65535),
    )
    .option(
      '--broker-outage <hour[+hours]>',
      'kill the embedded broker at this hour, as in 120+1',
      outageOption,
    )
    .option(
      '--power-cut <hour>',
      'cut the power in the middle of the first flash write after this hour; may be repeated',
      (text, before: number[]) => [...before, numberOption('--power-cut', text, 0, 10_000)],
      [],
    )
    .option(
      '--battery <name>',
      `live on a battery that runs down and feels the cold, one of ${BATTERY_NAMES.join(', ')} (default: 3.9 V for ever)`,
    )
    .option('--charge <percent>', 'what is left in the battery at departure (default: 100)', (text) =>
      numberOption('--charge', text, 0, 100),
    )
    .option('--mains', "feed the tracker from the reefer's socket while that has mains")
    .option('--climate <file.csv>', 'feed a recorded series to the sensors instead of the model')
    .option('--time-column <name>', "header of the series' time (date or time)")
    .option('--temperature-column <name>', "header of the series' temperature in degrees Celsius")
    .option('--humidity-column <name>', "header of the series' relative humidity in percent")
    .option('--out <folder>', 'where the results go', 'out')
    .option('--json', 'print summary.json instead of a table')
    .action(async (flags: Flags) => {
      const options = toOptions(flags);
      process.stderr.write(`seed ${options.seed}\n`);
      const progress = progressLine(process.stderr);
      const outcome = await ride(options, progress.show).finally(progress.end);
      const { summary } = outcome;
      if (flags.json) {
        print(JSON.stringify(summary, null, 2));
        process.stderr.write(remarks(outcome));
      } else {
        print(`${summaryTable(summary)}\n\n${harmTable(outcome.harm)}${remarks(outcome)}`);
        print(`\n${outcome.folder}/: summary.json, readings.sqlite, flash.bin, device-key.hex, report.html`);
        print(
          `  npx coldrail verify ${outcome.folder}/flash.bin --key ${outcome.folder}/device-key.hex proves the log`,
        );
      }
      const { climate } = outcome;
      const failed =
        summary.lost > 0 ||
        summary.invented > 0 ||
        outcome.complaints > 0 ||
        (climate && climate.agreed < climate.rows);
      process.exitCode = failed ? 1 : 0;
    });
}
