import { Command } from 'commander';
import { ColdrailError } from '../errors/error.ts';
import { generatedPages, stalePages, writePages } from './generate.ts';

/** `coldrail docs`: its pages describe the program that it is part of. */
export function docsCommand(print: (text: string) => void): Command {
  return new Command('docs')
    .description('write the pages of docs/ and the tables of the firmware that are made from sources')
    .option('--check', 'write nothing; fail when one of them is not current')
    .action(({ check }: { check?: true }, command: Command) => {
      const pages = generatedPages(command.parent ?? command);
      const stale = stalePages(pages);
      if (!check) {
        writePages(pages);
        print(stale.length > 0 ? `written: ${stale.join(', ')}` : 'all files were current');
      } else if (stale.length > 0) {
        throw new ColdrailError('docs.stale', { files: stale.join(', ') });
      } else {
        print('all files are current');
      }
    });
}
