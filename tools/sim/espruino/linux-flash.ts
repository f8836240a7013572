/**
 * The flash of Espruino for Linux (boards/LINUX.py): the file `espruino.flash` in the folder that it runs in, 256 KiB. Its
 * Storage begins at the start and must end in an erased page; the raw region is the last part.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ColdrailError } from '../../errors/error.ts';
import { RAW_REGION_SIZE } from '../board-hardware.ts';
import { storageImage } from './storage-image.ts';

const SIZE = 256 * 1024;
/** Where the interpreter's `Flash` module finds the first byte of it. */
export const LINUX_FLASH = 0x10000000;
/** Offset of the raw region. */
export const LINUX_RAW_REGION = SIZE - RAW_REGION_SIZE;
/** Storage asks for an erased page behind its last file, and finds it at most two of its pages further on. */
const STORAGE_END = 2048;

/** Make the flash for an interpreter that will run in `folder`: `files` in Storage, `raw` at the start of the raw region. */
export function writeLinuxFlash(
  folder: string,
  files: readonly { name: string; content: string }[],
  raw: Uint8Array,
): void {
  const storage = storageImage(files);
  if (storage.length > LINUX_RAW_REGION - STORAGE_END)
    throw new ColdrailError('espruino.bundle-too-large', { size: storage.length });
  const image = Buffer.alloc(SIZE, 0xff);
  image.set(storage, 0);
  image.set(raw, LINUX_RAW_REGION);
  writeFileSync(join(folder, 'espruino.flash'), image);
}

/** The raw region as the interpreter in `folder` has left it. */
export function readRawRegion(folder: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(folder, 'espruino.flash')).subarray(LINUX_RAW_REGION));
}
