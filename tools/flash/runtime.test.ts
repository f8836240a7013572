import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type ChipName, chips } from './chips.ts';
import { type RuntimeRequest, writeRuntime } from './runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldrail-image-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CHIP_IDS = { esp32: 0, esp32s3: 9 };

function image(chip: ChipName, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes[0] = 0xe9;
  bytes.writeUInt16LE(CHIP_IDS[chip], 12);
  return bytes;
}

function partitions(...rows: readonly (readonly [number, number])[]): Buffer {
  const lines = rows.map(([offset, size]) => {
    const line = Buffer.alloc(32);
    line.writeUInt16LE(0x50aa, 0);
    line.writeUInt32LE(offset, 4);
    line.writeUInt32LE(size, 8);
    return line;
  });
  return Buffer.concat([...lines, Buffer.alloc(64, 0xff)]);
}

const put = (name: string, bytes: Buffer): void => writeFileSync(join(folder, name), bytes);

beforeEach(() => {
  put('bootloader.bin', image('esp32s3', 20_000));
  put('partition-table.bin', partitions([0x10000, 0x1f4000], [0x310000, 0x10000], [0x320000, 0xe0000]));
  put('espruino-esp32s3.bin', image('esp32s3', 1_200_000));
});

/** Writes with an esptool that is called `name` and ends with `code`; what was run, without looking for it. */
async function write(
  options: Partial<RuntimeRequest> & { name?: string; code?: number } = {},
): Promise<string[]> {
  const { name = 'esptool', code = 0, ...request } = options;
  const ran: string[] = [];
  await writeRuntime({
    path: folder,
    chip: chips.esp32s3,
    port: '/dev/ttyACM0',
    eraseFirst: false,
    confirm: async () => true,
    run: (command) => {
      const line = command.join(' ');
      if (command.at(-1) === 'version') return line === `${name} version` ? 0 : null;
      ran.push(line);
      return code;
    },
    ...request,
  });
  return ran;
}

test('the parts of the image go where the chip has them', async () => {
  const options = '--flash_mode dio --flash_freq 80m --flash_size detect';
  expect(await write()).toEqual([
    `esptool --chip esp32s3 --port /dev/ttyACM0 --baud 460800 write_flash ${options} 0x0 ${folder}/bootloader.bin ` +
      `0x8000 ${folder}/partition-table.bin 0x10000 ${folder}/espruino-esp32s3.bin`,
  ]);
});

test('the interpreter alone goes behind the boot loader that is there', async () => {
  const [line = ''] = await write({ path: join(folder, 'espruino-esp32s3.bin'), name: 'python3 -m esptool' });
  expect(line).toContain('python3 -m esptool --chip esp32s3');
  expect(line).toMatch(/--flash_size detect 0x10000 \S+espruino-esp32s3.bin$/);
});

test('--erase empties Storage and leaves configuration and journal', async () => {
  const [line] = await write({ eraseFirst: true });
  expect(line).toMatch(/erase_region 0x320000 0xe0000$/);
});

test('what would be run is shown, and runs only when somebody agrees', async () => {
  let shown = '';
  const refuse = async (commands: string) => {
    shown = commands;
    return false;
  };
  const ran = write({ confirm: refuse });
  await expect(ran).rejects.toMatchObject({ id: 'flash.declined' });
  expect(shown).toContain('write_flash');
});

test('without esptool the error says how to get it', async () => {
  const error = await write({ name: 'nothing' }).catch((reason) => reason);
  expect(error).toMatchObject({ id: 'flash.no-esptool', remedy: expect.stringContaining('pip install') });
});

test('that esptool fails is an error with the command', async () => {
  const ran = write({ code: 2 });
  await expect(ran).rejects.toMatchObject({ id: 'flash.esptool-failed' });
});

test.each<[string, () => void]>([
  ['for another chip', () => put('espruino-esp32s3.bin', image('esp32', 1_200_000))],
  ['cut off', () => put('espruino-esp32s3.bin', image('esp32s3', 60_000))],
  ['a web page', () => put('bootloader.bin', Buffer.from('<html>not found</html>'))],
  ['empty', () => put('bootloader.bin', Buffer.alloc(0))],
  ['missing', () => rmSync(join(folder, 'bootloader.bin'))],
  ['no partition table', () => put('partition-table.bin', Buffer.alloc(3072))],
  ['without a place for the journal', () => put('partition-table.bin', partitions([0x320000, 0xe0000]))],
])('an image with a part that is %s is refused before anything is run', async (_, spoil) => {
  spoil();
  await expect(write()).rejects.toMatchObject({ id: 'flash.image-unusable', exitCode: 2 });
});
