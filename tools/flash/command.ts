import type { Command } from 'commander';
import { boardNames } from '../build/bundle.ts';
import { confirm } from '../console/commands/ask.ts';
import { type DeviceFlags, deviceCommand } from '../console/commands/device-command.ts';
import { pinSource } from '../console/commands/pin.ts';
import { portOf, tell } from '../console/commands/with-tracker.ts';
import { ColdrailError } from '../errors/error.ts';
import { openPort } from '../serial/open-port.ts';
import { readBundle } from './bundle-file.ts';
import { chipOf } from './chips.ts';
import { runProgram } from './esptool.ts';
import { type FlashResult, flash } from './flash.ts';
import { appName } from './loader.ts';
import { uploadProgress } from './progress.ts';
import { writeRuntime } from './runtime.ts';

interface Flags extends DeviceFlags {
  readonly board?: string;
  readonly verifyOnly?: true;
  readonly runtime?: string;
  readonly erase?: true;
  readonly start: boolean;
}

/** A first reading may wait for a sensor's time-outs, and the mount of a full journal. */
const HELLO_WITHIN_MS = 60_000;

/** `coldrail flash`: exit code 0 where the bundle is in place, read back, and has said hello. */
export function flashCommand(print: (text: string) => void): Command {
  return deviceCommand('flash')
    .description('put the firmware into a board that runs Espruino, and prove that it arrived')
    .argument('[bundle]', 'the bundle, as in dist/t-sim7080g-s3.js; without it, what --board is built to now')
    .option('--board <name>', `one of ${boardNames().join(', ')}`)
    .option('--verify-only', 'write nothing, and say whether the tracker runs this bundle')
    .option('--runtime <path>', 'first write Espruino itself, from its unpacked archive, by esptool')
    .option('--erase', 'empty the file store first; configuration and journal stay')
    .option('--no-start', 'leave the board at the prompt of Espruino')
    .action(async (file: string | undefined, flags: Flags) => {
      const bundle = await readBundle(file, flags.board);
      const pin = pinSource(flags.pinFile);
      const path = await portOf(flags);
      if (flags.runtime !== undefined) await writeEspruino(flags.runtime, bundle.board, path, flags);
      const result = await flash({
        open: () => openPort(path, { mayReset: flags.reset }),
        pin,
        tell,
        content: bundle.content,
        chip: bundle.board === undefined ? undefined : chipOf(bundle.board),
        verifyOnly: flags.verifyOnly ?? false,
        // With Espruino itself it was emptied by esptool.
        eraseFirst: flags.erase === true && flags.runtime === undefined,
        helloWithinMs: flags.start ? HELLO_WITHIN_MS : 0,
        onProgress: uploadProgress(process.stderr, bundle.content.length),
      });
      print(flags.json ? JSON.stringify(asJson(result), null, 2) : asText(result));
      if (!result.isInPlace) process.exitCode = 1;
    });
}

async function writeEspruino(
  path: string,
  board: string | undefined,
  port: string,
  { erase, yes }: Flags,
): Promise<void> {
  const chip = board === undefined ? undefined : chipOf(board);
  if (!chip) throw new ColdrailError('flash.no-chip', { board: board ?? 'no board is named' });
  await writeRuntime({
    path,
    chip,
    port,
    eraseFirst: erase ?? false,
    confirm: async (commands) => {
      tell(commands);
      return await confirm('Run this?', yes);
    },
    run: runProgram,
  });
}

function asJson(result: FlashResult): object {
  const { espruino, bundle, before, isInPlace, tries, greeting } = result;
  return {
    espruino: `${espruino.version} ${espruino.board}`,
    bytes: bundle.length,
    build: appName(bundle).slice(3),
    before: before && appName(before).slice(3),
    inPlace: isInPlace,
    tries,
    device: greeting?.device ?? null,
    version: greeting?.version ?? null,
  };
}

function asText({ bundle, before, isInPlace, greeting }: FlashResult): string {
  const build = appName(bundle).slice(3);
  if (!isInPlace)
    return `not in place: the tracker has ${before ? `build ${appName(before).slice(3)}` : 'no app'}, and this is ${build}`;
  const said = greeting ? `; it says hello${greeting.device === '' ? '' : ` as ${greeting.device}`}` : '';
  return `build ${build} of ${bundle.length} bytes is in place${said}`;
}
