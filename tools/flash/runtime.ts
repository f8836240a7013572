import { ColdrailError } from '../errors/error.ts';
import type { Chip } from './chips.ts';
import { eraseCommand, findEsptool, type RunProgram, shown, writeCommand } from './esptool.ts';
import { imageFiles } from './image.ts';

export interface RuntimeRequest {
  /** A folder with the files of Espruino's archive, or the interpreter alone. */
  readonly path: string;
  readonly chip: Chip;
  /** The serial port, as esptool takes it. */
  readonly port: string;
  /** Empty Storage as well, which ends a boot loop. */
  readonly eraseFirst: boolean;
  /** May it be run? Told what would be. */
  readonly confirm: (commands: string) => Promise<boolean>;
  readonly run: RunProgram;
}

/**
 * Write Espruino itself with the user's esptool.
 * @throws flash.image-unusable, flash.no-esptool, flash.declined, flash.esptool-failed
 */
export async function writeRuntime(request: RuntimeRequest): Promise<void> {
  const { path, chip, port, eraseFirst, confirm, run } = request;
  const files = imageFiles(path, chip);
  const esptool = findEsptool(run);
  const commands = [writeCommand(esptool, port, chip, files)];
  if (eraseFirst) commands.unshift(eraseCommand(esptool, port, chip));
  if (!(await confirm(commands.map(shown).join('\n')))) throw new ColdrailError('flash.declined');
  for (const command of commands) {
    const code = run(command, false);
    if (code !== 0)
      throw new ColdrailError('flash.esptool-failed', { code: String(code), command: shown(command) });
  }
}
