import { Command } from 'commander';
import { readDeviceKey } from './key.ts';
import { readImage } from './read-image.ts';
import { explain } from './text.ts';
import { verifyImage } from './verify.ts';

interface Flags {
  key?: string;
  json?: true;
}

/** `coldrail verify`: exit code 0 means proven, 1 not, 2 that there is nothing to prove. */
export function verifyCommand(print: (text: string) => void): Command {
  return new Command('verify')
    .description("prove by the device's key that a flash image is whole and unchanged")
    .argument('<file>', 'flash.bin, or the journal of it alone; - for standard input')
    .option('--key <key>', 'the device key: 64 hexadecimal digits, or a file that holds them (KEY or @KEY)')
    .option('--json', 'print one JSON object instead of text')
    .action(async (file: string, { key, json }: Flags) => {
      const deviceKey = key === undefined ? undefined : readDeviceKey(key);
      const result = verifyImage(await readImage(file), deviceKey);
      print(json ? JSON.stringify(result, null, 2) : explain(file, result).join('\n'));
      process.exitCode = result.verdict === 'proven' ? 0 : 1;
    });
}
