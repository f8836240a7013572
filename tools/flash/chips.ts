/** The chips that Espruino's own image is made for, and where its parts go. */

export type ChipName = 'esp32' | 'esp32s3';

/** A part of Espruino's image: where it goes, and its file in Espruino's archive. */
export interface ImagePart {
  readonly offset: number;
  readonly file: string;
}

export interface Chip {
  readonly name: ChipName;
  /** What `process.env.BOARD` begins with on it. */
  readonly espruinoBoard: string;
  readonly flashFrequency: '40m' | '80m';
  readonly parts: readonly ImagePart[];
}

/** Espruino, targets/esp32/README_flash.txt and README_flash_S3.txt. */
export const chips: Readonly<Record<ChipName, Chip>> = {
  esp32: {
    name: 'esp32',
    espruinoBoard: 'ESP32',
    flashFrequency: '40m',
    parts: [
      { offset: 0x1000, file: 'bootloader.bin' },
      { offset: 0x8000, file: 'partitions_espruino.bin' },
      { offset: 0x10000, file: 'espruino_esp32.bin' },
    ],
  },
  esp32s3: {
    name: 'esp32s3',
    espruinoBoard: 'ESP32S3',
    flashFrequency: '80m',
    parts: [
      { offset: 0x0, file: 'bootloader.bin' },
      { offset: 0x8000, file: 'partition-table.bin' },
      { offset: 0x10000, file: 'espruino-esp32s3.bin' },
    ],
  },
};

/** The chip of each board; none for what has no esptool. */
const boards: Readonly<Record<string, ChipName | null>> = {
  'espruino-linux': null,
  't-a7670': 'esp32',
  't-sim7000g': 'esp32',
  't-sim7000g-s3': 'esp32s3',
  't-sim7080g-s3': 'esp32s3',
};

/** The chip of a board; null for one without, undefined for a board that nobody told about. */
export function chipOf(board: string): Chip | null | undefined {
  const name = boards[board];
  return name ? chips[name] : name;
}

/** Is a bundle for `chip` at home on what says it is `espruinoBoard`, as in ESP32S3 or ESP32_IDF4? */
export function runsOn(chip: Chip | null, espruinoBoard: string): boolean {
  if (chip === null) return espruinoBoard === 'LINUX';
  const [family] = espruinoBoard.split('_');
  return family === chip.espruinoBoard;
}
