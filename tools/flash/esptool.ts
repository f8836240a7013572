/** Python's esptool, which writes Espruino itself. It is the user's own; nothing of it is here. */
import { spawnSync } from 'node:child_process';
import { ColdrailError } from '../errors/error.ts';
import type { Chip } from './chips.ts';
import type { ImageFile } from './image.ts';

/** Runs a program; its exit code, or null where there is no such program. `isQuiet`: its output goes nowhere. */
export type RunProgram = (command: readonly string[], isQuiet: boolean) => number | null;

/** Names that an installation of esptool has. */
const NAMES = [
  ['esptool'],
  ['esptool.py'],
  ['python3', '-m', 'esptool'],
  ['python', '-m', 'esptool'],
] as const;
/** Faster ones fail on many boards. */
const BAUD = '460800';
/** Espruino's partition "storage" on every chip: targets/esp32, partitions.csv. */
const STORAGE = { offset: 0x320000, size: 0xe0000 };

export const runProgram: RunProgram = ([program = '', ...args], isQuiet) =>
  spawnSync(program, args, { stdio: isQuiet ? 'ignore' : ['inherit', process.stderr, process.stderr] })
    .status;

/** How esptool is called here. @throws flash.no-esptool */
export function findEsptool(run: RunProgram): readonly string[] {
  const found = NAMES.find((name) => run([...name, 'version'], true) === 0);
  if (!found) throw new ColdrailError('flash.no-esptool');
  return found;
}

/** The command that writes Espruino's image. */
export function writeCommand(
  esptool: readonly string[],
  port: string,
  chip: Chip,
  files: readonly ImageFile[],
): string[] {
  const frequency = ['--flash_mode', 'dio', '--flash_freq', chip.flashFrequency, '--flash_size', 'detect'];
  const parts = files.flatMap(({ offset, path }) => [hex(offset), path]);
  return [...at(esptool, port, chip), 'write_flash', ...frequency, ...parts];
}

/** The command that empties Storage and nothing else: configuration and journal are in another partition. */
export function eraseCommand(esptool: readonly string[], port: string, chip: Chip): string[] {
  return [...at(esptool, port, chip), 'erase_region', hex(STORAGE.offset), hex(STORAGE.size)];
}

function at(esptool: readonly string[], port: string, chip: Chip): string[] {
  return [...esptool, '--chip', chip.name, '--port', port, '--baud', BAUD];
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** A command as a shell takes it. */
export function shown(command: readonly string[]): string {
  return command.map((word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}
