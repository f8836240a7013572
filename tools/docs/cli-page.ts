import type { Command } from 'commander';
import { code, type Page, page } from './markdown.ts';

/** Columns of the help text, whatever the terminal of the reader or of the person who runs this. */
const WIDTH = 100;

function helpText(command: Command): string {
  const help = command.createHelp();
  help.helpWidth = WIDTH;
  return help.formatHelp(command, help).trimEnd();
}

function section(heading: string, command: Command): string[] {
  return [
    `## ${heading}`,
    ['```text', helpText(command), '```'].join('\n'),
    ...command.commands.flatMap((one) => section(`${heading} ${one.name()}`, one)),
  ];
}

/** docs/cli.md: the help text of every command of `program`. */
export function cliPage(program: Command): Page {
  const name = program.name();
  return page(
    'docs/cli.md',
    `The command ${code(name)}`,
    ['tools/program.ts'],
    [
      `In a clone, \`npx ${name} ...\` runs it; \`npm start -- ...\` is \`${name} ride ...\`, and installs what is missing first. Exit code 0 is success, 1 a failure, 2 wrong use; [errors.md](errors.md) lists what can go wrong.`,
      ...section(name, program),
    ],
  );
}
