import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildProgram } from '../program.ts';
import { behindPty, type PtyLine } from '../serial/pty-line.ts';
import { appText } from './testing/bench.ts';
import { FakeEspruino } from './testing/fake-espruino.ts';

const NEW = appText('new', 4000);
const folder = mkdtempSync(join(tmpdir(), 'coldrail-flash-command-'));
const bundle = join(folder, 't-sim7080g-s3.js');

let line: PtyLine | undefined;

afterEach(() => {
  line?.pull();
  process.exitCode = 0;
});

/** `coldrail flash` on a fake board behind a pty; what it prints. */
async function run(board: FakeEspruino, ...words: string[]): Promise<string> {
  writeFileSync(bundle, NEW);
  line = behindPty(await board.plug());
  let printed = '';
  const program = buildProgram((text) => {
    printed += text;
  });
  await program.parseAsync(['node', 'coldrail', 'flash', bundle, '--port', line.path, ...words]);
  return printed;
}

test('the command flashes a board over a serial port and prints what it did', async () => {
  const board = new FakeEspruino();
  const result = JSON.parse(await run(board, '--json'));
  expect(result).toMatchObject({
    espruino: '2v29.277 ESP32S3',
    bytes: 4000,
    build: expect.stringMatching(/^[0-9a-f]{8}$/),
    before: null,
    inPlace: true,
    device: 'TR-0001',
    version: '0.2.0',
  });
  expect(board.running).toBe(NEW);
});

test('--verify-only ends with 1 where the tracker runs something else', async () => {
  const board = new FakeEspruino();
  board.storage.write('.bootcde', appText('old'));
  board.start();
  expect(await run(board, '--verify-only')).toMatch(/^not in place: the tracker has build [0-9a-f]{8}/);
  expect(process.exitCode).toBe(1);
});

test('a bundle for another chip is refused by the name of its file', async () => {
  const board = new FakeEspruino({ board: 'ESP32' });
  await expect(run(board)).rejects.toMatchObject({ id: 'flash.wrong-chip' });
  rmSync(folder, { recursive: true });
});
