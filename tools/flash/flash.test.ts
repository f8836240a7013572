import { expect, test } from 'vitest';
import { chips } from './chips.ts';
import { appText, boardWith, flashFake } from './testing/bench.ts';
import { FakeEspruino } from './testing/fake-espruino.ts';

const OLD = appText('old');
const NEW = appText('new', 4000);

test('a bare board runs the bundle after its restart, and says hello', async () => {
  const board = new FakeEspruino();
  const result = await flashFake(board, NEW, { chip: chips.esp32s3 });
  expect(result).toMatchObject({
    before: null,
    isInPlace: true,
    tries: 1,
    greeting: { device: 'TR-0001', version: '0.2.0' },
  });
  expect(board.running).toBe(NEW);
});

test('a tracker is asked for its interpreter, with the PIN where one is set', async () => {
  const board = await boardWith(OLD, { pin: '4711', hasResetLine: false });
  expect(await flashFake(board, NEW, { pinCode: '4711' })).toMatchObject({ isInPlace: true });
  expect(board.running).toBe(NEW);
});

test('without the PIN, or with a wrong one, nothing is changed', async () => {
  const board = await boardWith(OLD, { pin: '4711' });
  await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'console.pin-needed' });
  await expect(flashFake(board, NEW, { pinCode: '1' })).rejects.toMatchObject({ code: 121 });
  expect(board.running).toBe(OLD);
});

test('the watchdog of the app that was stopped does not bite in the middle', async () => {
  const board = await boardWith(OLD);
  const { starts } = board;
  await flashFake(board, NEW, { helloWithinMs: 0 });
  expect(board.starts).toBe(starts);
});

test('an app without a console is stopped by its prompt', async () => {
  const board = new FakeEspruino();
  board.storage.write('.bootcde', appText('blink', 200, 'none'));
  board.start();
  await flashFake(board, NEW);
  expect(board.running).toBe(NEW);
});

test('what is in place already is not sent again', async () => {
  const board = await boardWith(NEW);
  const { operations } = board.storage;
  expect(await flashFake(board, NEW)).toMatchObject({ tries: 0, isInPlace: true });
  expect(board.storage.operations).toBe(operations);
});

test('--verify-only writes nothing, tells whether the bundle runs, and lets the tracker go on', async () => {
  const board = await boardWith(OLD);
  const { operations } = board.storage;
  expect(await flashFake(board, OLD, { verifyOnly: true })).toMatchObject({ isInPlace: true });
  expect(await flashFake(board, NEW, { verifyOnly: true })).toMatchObject({ isInPlace: false });
  expect(board.storage.operations).toBe(operations);
  await expect.poll(() => board.running).toBe(OLD);
});

test('a bundle for another chip is refused', async () => {
  const board = await boardWith(OLD);
  await expect(flashFake(board, NEW, { chip: chips.esp32 })).rejects.toMatchObject({
    id: 'flash.wrong-chip',
  });
  board.start();
  expect(board.running).toBe(OLD);
});

test('WiFi and Bluetooth are switched off before anything is written', async () => {
  const board = new FakeEspruino({ radios: { Wifi: true, BLE: true } });
  await flashFake(board, NEW);
  expect(board.radios).toEqual({ Wifi: false, BLE: false });
  expect(board.running).toBe(NEW);
});

test('a radio that comes on again is an error', async () => {
  const board = new FakeEspruino({ radios: { Wifi: true, BLE: false }, hasStubbornRadios: true });
  await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.radios-on' });
});

test('an interpreter without the memory for a session is refused', async () => {
  const board = new FakeEspruino({ memory: 2200 });
  await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.memory-short' });
});

test.each([
  ['2v29', true],
  ['2v28.14', true],
  ['2v29.1', false],
  ['2v30', false],
  ['3v00', false],
])('Espruino %s: warned of lost modem answers: %s', async (version, isWarned) => {
  const said: string[] = [];
  await flashFake(new FakeEspruino({ version }), NEW, { said });
  expect(said.some((sentence) => sentence.startsWith('Warning'))).toBe(isWarned);
});

test('an interpreter from before packets gets the bundle in lines', async () => {
  const board = new FakeEspruino({ version: '2v24' });
  expect(await flashFake(board, NEW)).toMatchObject({ tries: 1, isInPlace: true });
  expect(board.running).toBe(NEW);
});

test('a file that would run in the place of the firmware is an error, and --erase removes it', async () => {
  const board = new FakeEspruino();
  board.storage.write('.bootrst', appText('other', 200, 'none'));
  await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.other-boot-file' });
  await flashFake(board, NEW, { eraseFirst: true });
  expect(board.running).toBe(NEW);
});

test('firmware that stops at its start is told from one that says nothing', async () => {
  const stops = flashFake(new FakeEspruino(), appText('throw', 300, 'none'));
  await expect(stops).rejects.toMatchObject({ id: 'flash.app-complains' });
});

test('--no-start leaves the prompt, and the next start runs the bundle', async () => {
  const board = new FakeEspruino();
  expect(await flashFake(board, NEW, { helloWithinMs: 0 })).toMatchObject({
    isInPlace: true,
    greeting: null,
  });
  expect(board.running).toBe('');
  board.start();
  expect(board.running).toBe(NEW);
});
