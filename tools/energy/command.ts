import { Command } from 'commander';
import { ColdrailError } from '../errors/error.ts';
import { chooseModem } from '../radio-plan/modem-choice.ts';
import { integerOption, numberOption } from '../ride/options.ts';
import {
  BATTERY_NAMES,
  type BatteryKind,
  batteryOf,
  findBattery,
  usableMilliampHours,
} from '../sim/batteries.ts';
import { boardHardware } from '../sim/board-hardware.ts';
import { boardDraw } from '../sim/currents.ts';
import { type Board, dayOf, sum, type Task } from './duty.ts';
import { type Way, waysTable } from './table.ts';
import { type Duty, firmwareTasks, hourlyTasks, USUAL_DEAD_SHARE } from './tasks.ts';

interface Flags {
  readonly board?: string;
  readonly battery?: string;
  readonly interval: number;
  readonly fix: number;
  readonly uplink: number;
  readonly deadShare: number;
  readonly json?: true;
}

const TEMPERATURES = [20, -20];

function wayOf(name: string, tasks: readonly Task[], board: Board, battery: BatteryKind): Way {
  const byState = dayOf(tasks, board);
  const perDay = sum(byState);
  const days = TEMPERATURES.map((celsius) => ({
    celsius,
    days: usableMilliampHours(battery, celsius) / perDay,
  }));
  return { name, byState, perDay, days };
}

/** A tracker wakes for its readings, so nothing else can come more often. */
function checkIntervals({ interval, fix, uplink }: Flags): void {
  for (const [option, seconds] of Object.entries({ '--fix': fix, '--uplink': uplink }))
    if (seconds < interval)
      throw new ColdrailError('energy.shorter-than-interval', { option, seconds, interval });
}

function run(flags: Flags, print: (text: string) => void): void {
  checkIntervals(flags);
  const { board: name, family, technologies } = chooseModem(flags.board, undefined);
  const battery = flags.battery === undefined ? batteryOf(name) : findBattery(flags.battery);
  const board = { asleep: boardDraw(name, 'asleep'), awake: boardDraw(name, 'awake') };
  const { interval: intervalS, fix: fixIntervalS, uplink: uplinkIntervalS, deadShare } = flags;
  const duty: Duty = { family, technologies, intervalS, fixIntervalS, uplinkIntervalS, deadShare };
  const dead = `${Math.round(deadShare * 100)} % dead`;
  const ways = [
    wayOf('good coverage', firmwareTasks({ ...duty, deadShare: 0 }), board, battery),
    wayOf(dead, firmwareTasks(duty), board, battery),
    wayOf(`hourly, no policy, ${dead}`, hourlyTasks(duty), board, battery),
  ];
  if (flags.json) {
    const { capacity } = battery;
    const fitted = { name: battery.name, capacityMilliampHours: capacity.milliampHours };
    print(JSON.stringify({ board: name, ...duty, battery: fitted, ways }, null, 2));
    return;
  }
  print(
    `${name}, on ${technologies[0]}: a reading every ${intervalS} s, a position every ${fixIntervalS} s, an uplink every ${uplinkIntervalS} s; beside it
a tracker that reads as often, and tries for a position and an uplink every hour.
Dead: a share of the time in which there is neither network nor sky.

${waysTable(ways, battery.name)}`,
  );
}

/** `coldrail energy`: where a tracker's charge goes in a day, and how long its battery lasts. */
export function energyCommand(print: (text: string) => void): Command {
  return new Command('energy')
    .description(
      "charge of a tracker's day by state, beside hourly reporting without a policy, and days on battery",
    )
    .option('--board <name>', `one of ${Object.keys(boardHardware).join(', ')} (default: t-sim7080g-s3)`)
    .option(
      '--battery <name>',
      `one of ${BATTERY_NAMES.join(', ')} (default: what the board is usually fitted with)`,
    )
    .option(
      '--interval <s>',
      'seconds between readings',
      (text) => integerOption('--interval', text, 60, 3600),
      600,
    )
    .option(
      '--fix <s>',
      'seconds between positions',
      (text) => integerOption('--fix', text, 600, 86_400),
      3600,
    )
    .option(
      '--uplink <s>',
      'seconds between uplink sessions',
      (text) => integerOption('--uplink', text, 900, 86_400),
      14_400,
    )
    .option(
      '--dead-share <x>',
      'share of the time in dead zones, 0 to 1',
      (text) => numberOption('--dead-share', text, 0, 1),
      USUAL_DEAD_SHARE,
    )
    .option('--json', 'print JSON instead of a table')
    .action((flags: Flags) => run(flags, print));
}
