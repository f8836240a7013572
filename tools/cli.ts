import { type Command, CommanderError } from 'commander';
import { DeviceError } from './errors/device-error.ts';
import { ColdrailError } from './errors/error.ts';
import { buildProgram } from './program.ts';

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Whoever reads our output may stop: `coldrail decode ... | head`. */
function stopWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Run the command line; resolves to the exit code: 0, 1 for a failure, 2 for wrong use. */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', stopWithReader);
  const program = buildProgram(print);
  for (const command of withSubcommands(program))
    command.exitOverride().configureOutput({ writeErr: () => {} });
  if (argv.length <= 2) {
    print(program.helpInformation());
    return 2;
  }
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
  const isKnown = error instanceof ColdrailError || error instanceof DeviceError;
  const known = isKnown ? error : unexpected(error);
  process.stderr.write(`${known.report()}\n`);
  return known.exitCode;
}

function unexpected(error: unknown): ColdrailError {
  if (process.env['COLDRAIL_DEBUG']) console.error(error);
  return new ColdrailError('host.unexpected', {
    detail: error instanceof Error ? error.message : String(error),
  });
}
