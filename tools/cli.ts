import { mkdirSync, writeFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { boardNames, bundleBoard } from './build/bundle.ts';
import { runCheck } from './check/run.ts';
import { ColdrailError } from './errors/error.ts';
import { espruinoCommand } from './lockstep/command.ts';
import { rideCommand } from './ride/command.ts';

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

function buildCommand(): Command {
  return new Command('build')
    .description('bundle the firmware of every board into dist/')
    .action(async () => {
      mkdirSync('dist', { recursive: true });
      for (const board of boardNames()) {
        const bundle = await bundleBoard(board);
        writeFileSync(`dist/${board}.js`, bundle);
        print(`dist/${board}.js  ${bundle.length} bytes`);
      }
    });
}

function checkCommand(): Command {
  return new Command('check')
    .description('check a bundle against what the Espruino interpreter can run')
    .argument('<file>', 'the bundle, as in dist/t-sim7080g-s3.js')
    .action(async (file: string) => {
      process.exitCode = await runCheck(file, print);
    });
}

/** Run the command line; resolves to the exit code: 0, 1 for a failure, 2 for wrong use. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('coldrail')
    .description('the open tracker for refrigerated containers on the rail corridor')
    .addCommand(rideCommand(print))
    .addCommand(espruinoCommand(print))
    .addCommand(buildCommand())
    .addCommand(checkCommand());
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: () => {} });
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return explain(error);
  }
}

/** Say what went wrong, in the catalogue's words; returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const detail = error.message.replace(/^error: /, '').replace(/\.$/, '');
    return explain(new ColdrailError('usage.unknown-option', { detail }));
  }
  const known = error instanceof ColdrailError ? error : unexpected(error);
  process.stderr.write(`${known.report()}\n`);
  return known.exitCode;
}

function unexpected(error: unknown): ColdrailError {
  if (process.env['COLDRAIL_DEBUG']) console.error(error);
  return new ColdrailError('host.unexpected', {
    detail: error instanceof Error ? error.message : String(error),
  });
}
