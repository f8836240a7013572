import { Command } from 'commander';
import { integerOption, numberOption } from '../ride/options.ts';
import { boardHardware } from '../sim/board-hardware.ts';
import { loadCorridor } from '../world/load-corridor.ts';
import { findScenario, scenarios } from '../world/scenario.ts';
import { deadZone } from './dead-zone.ts';
import { chooseModem } from './modem-choice.ts';
import { profileOf } from './operators.ts';
import { radioPlan } from './radio-plan.ts';
import { deadZoneTable, planTable } from './table.ts';
import { TECHNOLOGIES } from './technology.ts';

interface Flags {
  readonly scenario: string;
  readonly board?: string;
  readonly technologies?: string;
  readonly operators?: string;
  readonly interval: number;
  readonly uplinkInterval: number;
  readonly costPerMb?: number;
  readonly seed: number;
  readonly deadZone?: number;
  readonly json?: true;
}

function run(flags: Flags, print: (text: string) => void): void {
  const modem = chooseModem(flags.board, flags.technologies);
  const { interval: intervalS, uplinkInterval: uplinkIntervalS } = flags;
  const setting = { ...modem, intervalS, uplinkIntervalS };
  if (flags.deadZone !== undefined) {
    const compared = deadZone({ ...setting, days: flags.deadZone });
    print(flags.json ? JSON.stringify({ ...setting, ...compared }, null, 2) : deadZoneTable(compared));
    return;
  }
  const named = findScenario(flags.scenario);
  const shipped = loadCorridor();
  const own = flags.operators === undefined ? undefined : profileOf(shipped, flags.operators);
  const corridor = own ? { ...shipped, simProfiles: [own] } : shipped;
  const scenario = own ? { ...named, simProfile: own.name } : named;
  const { costPerMb, seed } = flags;
  const plan = radioPlan({ corridor, scenario, modem, seed, intervalS, uplinkIntervalS, costPerMb });
  const head = {
    scenario: scenario.name,
    sim: scenario.simProfile,
    ...setting,
    seed,
    costPerMb: costPerMb ?? null,
  };
  if (flags.json) print(JSON.stringify({ ...head, ...plan }, null, 2));
  else
    print(
      `${scenario.title}: board ${modem.board} (${modem.technologies.join(', ')}), SIM ${head.sim}, a reading every ${intervalS} s, an uplink every ${uplinkIntervalS} s\n\n${planTable(plan)}`,
    );
}

/** `coldrail radio-plan`: what a tracker's radio may be expected to do on a route, before anybody buys a SIM. */
export function radioPlanCommand(print: (text: string) => void): Command {
  return new Command('radio-plan')
    .description("expected sessions, bytes, cost and charge of a ride by country, from the firmware's policy")
    .option('--scenario <name>', `one of ${Object.keys(scenarios).join(', ')}`, 'hanoi-duisburg')
    .option('--board <name>', `one of ${Object.keys(boardHardware).join(', ')} (default: t-sim7080g-s3)`)
    .option('--technologies <list>', `what the modem may use, of ${TECHNOLOGIES.join(', ')}`)
    .option(
      '--operators <list>',
      "networks that take the SIM, as in 45204,46000 (default: the scenario's SIM)",
    )
    .option(
      '--interval <s>',
      'seconds between readings',
      (text) => integerOption('--interval', text, 60, 3600),
      600,
    )
    .option(
      '--uplink-interval <s>',
      'seconds between uplink sessions',
      (text) => integerOption('--uplink-interval', text, 900, 86_400),
      14_400,
    )
    .option('--cost-per-mb <x>', 'price of a million bytes', (text) =>
      numberOption('--cost-per-mb', text, 0, 10_000),
    )
    .option(
      '--seed <n>',
      'seed of everything random',
      (text) => integerOption('--seed', text, 0, 4294967295),
      1,
    )
    .option('--dead-zone <days>', 'instead, what so many days without any network cost', (text) =>
      numberOption('--dead-zone', text, 0.1, 365),
    )
    .option('--json', 'print JSON instead of a table')
    .action((flags: Flags) => run(flags, print));
}
