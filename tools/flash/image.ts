/** The files of Espruino's own image, looked at before they are written: a wrong one can only be mended with esptool. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ColdrailError } from '../errors/error.ts';
import type { Chip } from './chips.ts';

export interface ImageFile {
  readonly offset: number;
  readonly path: string;
}

/** What an ESP image begins with, and what a line of a partition table does (ESP-IDF, esp_app_format.h, esp_flash_partitions.h). */
const IMAGE_MAGIC = 0xe9;
const PARTITION_MAGIC = 0x50aa;
/** `chip_id` in the header of an image. */
const CHIP_ID_AT = 12;
const CHIP_IDS = { esp32: 0, esp32s3: 9 } as const;
const LEAST_APP = 200_000;
const APP_OFFSET = 0x10000;
const TABLE_OFFSET = 0x8000;
/** Where the trackers keep configuration and journal, and Espruino its Storage: boards/*.ts, `RAW_FLASH`. */
const NEEDED = [
  { offset: 0x310000, size: 0x10000 },
  { offset: 0x320000, size: 0xe0000 },
] as const;

/**
 * What of `path` goes where: a folder with the files of Espruino's archive, or the interpreter alone, for a board that has
 * a boot loader and a partition table.
 * @throws flash.image-unusable
 */
export function imageFiles(path: string, chip: Chip): ImageFile[] {
  if (!existsSync(path)) throw unusable(path, 'it is not there');
  const isFolder = statSync(path).isDirectory();
  const parts = isFolder ? chip.parts : chip.parts.filter(({ offset }) => offset === APP_OFFSET);
  return parts.map(({ offset, file }) => {
    const found = isFolder ? join(path, file) : path;
    if (!existsSync(found)) throw unusable(found, 'it is not there, and the image needs it');
    const fault = faultOf(readFileSync(found), offset, chip);
    if (fault !== undefined) throw unusable(found, fault);
    return { offset, path: found };
  });
}

function faultOf(bytes: Buffer, offset: number, chip: Chip): string | undefined {
  if (offset === TABLE_OFFSET) return faultOfTable(bytes);
  if (bytes.length < CHIP_ID_AT + 2 || bytes[0] !== IMAGE_MAGIC) return 'it is no image for an ESP chip';
  if (bytes.readUInt16LE(CHIP_ID_AT) !== CHIP_IDS[chip.name])
    return `it is for another chip than ${chip.name}`;
  if (offset === APP_OFFSET && bytes.length < LEAST_APP)
    return `it has ${bytes.length} bytes, which is half a file`;
  return undefined;
}

function faultOfTable(bytes: Buffer): string | undefined {
  const partitions: { offset: number; size: number }[] = [];
  for (let at = 0; at + 32 <= bytes.length && bytes.readUInt16LE(at) === PARTITION_MAGIC; at += 32)
    partitions.push({ offset: bytes.readUInt32LE(at + 4), size: bytes.readUInt32LE(at + 8) });
  if (partitions.length === 0) return 'it is no partition table';
  const missing = NEEDED.find(
    ({ offset, size }) => !partitions.some((one) => one.offset === offset && one.size >= size),
  );
  return (
    missing && `it has no partition at 0x${missing.offset.toString(16)}, where the tracker keeps its data`
  );
}

function unusable(file: string, detail: string): ColdrailError {
  return new ColdrailError('flash.image-unusable', { file, detail });
}
