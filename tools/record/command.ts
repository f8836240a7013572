import { Command } from 'commander';
import { readDeviceKey } from '../verify/key.ts';
import { prove } from './proof.ts';
import { readRecordFile } from './read-record.ts';
import { recordLines } from './record-page.ts';

export function recordCommand(print: (text: string) => void): Command {
  return new Command('record')
    .description('show the record of a self-test, and prove by the device key that the tracker wrote it')
    .argument('<file>', 'what coldrail selftest --record has written')
    .option('--key <file>', 'file with the device key, 64 hexadecimal digits')
    .option('--json', 'as JSON')
    .action((file: string, { key, json = false }: { key?: string; json?: boolean }) => {
      const read = readRecordFile(file);
      const proof = prove(read, key === undefined ? undefined : readDeviceKey(`@${key.replace(/^@/, '')}`));
      print(json ? JSON.stringify({ ...read.record, ...proof }) : recordLines(read.record, proof).join('\n'));
      process.exitCode = proof.proven ? 0 : 1;
    });
}
