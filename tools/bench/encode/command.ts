import { Command } from 'commander';
import { ColdrailError } from '../../errors/error.ts';
import type { ColumnNames } from './columns.ts';
import { readSeries } from './read-series.ts';
import { COARSE, FINE } from './series.ts';
import { shown } from './shown.ts';
import { asJson, table } from './table.ts';

interface Flags extends ColumnNames {
  readonly delimiter?: string;
  readonly fine?: true;
  readonly json?: true;
}

function delimiterOption(text: string): string {
  const char = text === 'tab' || text === '\\t' ? '\t' : text;
  if (char.length !== 1 || /["\r\n]/.test(char))
    throw new ColdrailError('usage.delimiter', { text: shown(text) });
  return char;
}

async function run(file: string, flags: Flags, print: (text: string) => void): Promise<void> {
  const series = readSeries(file, flags, flags.fine ? FINE : COARSE, flags.delimiter);
  // Nothing else that `coldrail` does needs all these encoders.
  const { measure } = await import('./measure.ts');
  const progress = process.stderr.isTTY
    ? (text: string) => process.stderr.write(`\r${text}\x1b[K`)
    : () => {};
  const measurements = measure(series, progress);
  progress('');
  print(flags.json ? asJson(series, measurements) : table(series, measurements));
}

export function encodeCommand(print: (text: string) => void): Command {
  return new Command('encode')
    .description("compare the journal's bytes with other encodings of a recorded series")
    .argument('<file.csv>', 'time, temperature (C), humidity (%) and, if there, positions (degrees)')
    .option('--time <column>', 'header of the time: ISO 8601, "2015-02-11 14:48:00", or s or ms since 1970')
    .option('--temperature <column>', 'header of the temperature')
    .option('--humidity <column>', 'header of the relative humidity')
    .option('--lat <column>', 'header of the latitude')
    .option('--lon <column>', 'header of the longitude')
    .option(
      '--delimiter <char>',
      'what separates columns, or tab (default: as in the header)',
      delimiterOption,
    )
    .option('--fine', 'steps of 0.01 C and 0.1 % instead of 0.1 C and 0.5 %')
    .option('--json', 'print JSON instead of a table')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action((file: string, flags: Flags) => run(file, flags, print));
}
