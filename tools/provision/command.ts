import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type DeviceFlags, deviceCommand, whoOption } from '../console/commands/device-command.ts';
import { whoOf } from '../console/commands/who.ts';
import { ColdrailError } from '../errors/error.ts';
import { labelPage } from './label.ts';
import { LABEL_SIZES, type LabelSize } from './label-style.ts';
import type { Provisioned } from './provision-unit.ts';
import { readOrder } from './read-order.ts';
import { Results } from './results.ts';
import { runOrder } from './run-order.ts';
import type { Unit } from './unit.ts';
import { terminalBench } from './workbench.ts';

interface Options extends DeviceFlags {
  readonly who?: string;
  readonly dryRun?: true;
  readonly newKeys?: string;
  readonly only?: string;
  readonly results?: string;
  readonly delimiter: string;
  readonly labels?: string;
  readonly labelSize: LabelSize;
}

function delimiterOf(text: string): string {
  if (text === 'tab') return '\t';
  if (text.length === 1) return text;
  throw new ColdrailError('usage.delimiter', { text });
}

function chosen(units: readonly Unit[], only: string | undefined): readonly Unit[] {
  if (only === undefined) return units;
  const found = units.filter(({ deviceId }) => deviceId === only);
  if (found.length === 0) throw new ColdrailError('provision.only', { deviceId: only });
  return found;
}

function writeLabels(file: string, units: readonly Unit[], size: LabelSize): void {
  try {
    writeFileSync(file, labelPage(units, size));
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ColdrailError('usage.unwritable', { file, detail: code });
  }
  process.stderr.write(`${units.length} on ${file}; print at 100 %.\n`);
}

function lineOf({ deviceId, changed, generation }: Provisioned): string {
  if (generation === null) return `${deviceId}: has all of it already`;
  return `${deviceId}: ${changed} ${changed === 1 ? 'key' : 'keys'} written and read back, generation ${generation}`;
}

async function provision(file: string, options: Options, print: (text: string) => void): Promise<void> {
  const units = chosen(readOrder(file, delimiterOf(options.delimiter)), options.only);
  const who = whoOf(options.who);
  if (options.labels !== undefined) writeLabels(options.labels, units, options.labelSize);
  if (options.dryRun) {
    print(
      options.json
        ? JSON.stringify({ units: units.map(({ deviceId }) => deviceId) })
        : `${units.length === 1 ? '1 unit is' : `${units.length} units are`} in order; nothing was sent.`,
    );
    return;
  }
  const isMany = !/\.json$/i.test(file);
  const results = options.results ?? (isMany ? `${file}.results` : undefined);
  await runOrder(units, terminalBench(options), {
    who,
    now: () => new Date().toISOString(),
    onDone: (unit) => print(options.json ? JSON.stringify(unit) : lineOf(unit)),
    ...(options.newKeys === undefined ? {} : { newKeys: options.newKeys }),
    ...(results === undefined ? {} : { results: new Results(results) }),
  });
}

export function provisionCommand(print: (text: string) => void): Command {
  const sizes = Object.entries(LABEL_SIZES).map(([name, { what }]) => `${name}: ${what}`);
  return deviceCommand('provision')
    .description('bring a work order into a tracker, or one after the other into many')
    .argument('<file>', 'JSON for one tracker, CSV for many: docs/provisioning.md')
    .option('--dry-run', 'check the work order, and send nothing')
    .addOption(whoOption())
    .option(
      '--new-keys <folder>',
      'draw a device key for each tracker without one, into <folder>/<device id>.key',
    )
    .option('--only <id>', 'this tracker of the work order alone')
    .option('--results <file>', 'what was done, to resume from; of a CSV it is <file>.results')
    .option('--delimiter <character>', 'between the columns of a CSV; or tab', ',')
    .option('--labels <file>', 'write labels as an HTML page for the printer')
    .addOption(
      new Option('--label-size <size>', sizes.join('; ')).choices(Object.keys(LABEL_SIZES)).default('a4'),
    )
    .action((file: string, options: Options) => provision(file, options, print));
}
