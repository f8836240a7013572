import { expect, test } from 'vitest';
import { LOADER } from './loader.ts';
import { appText, boardWith, flashFake } from './testing/bench.ts';
import { FakeEspruino } from './testing/fake-espruino.ts';

const OLD = appText('old');
const NEW = appText('new', 4000);

test('a power cut at any flash operation leaves the old app or the new one, whole', async () => {
  const probe = await boardWith(OLD);
  const before = probe.storage.operations;
  await flashFake(probe, NEW);
  const operations = probe.storage.operations - before;
  expect(operations).toBeGreaterThan(20);
  for (let cut = 0; cut < operations; cut++) {
    const board = await boardWith(OLD);
    board.storage.operationsLeft = cut;
    await expect(flashFake(board, NEW)).rejects.toMatchObject({
      id: expect.stringMatching(/^flash.line-gone/),
    });
    board.isPlugged = true;
    board.start();
    expect([OLD, NEW], `cut in operation ${cut}`).toContain(board.running);
  }
});

test('a power cut while a bare board is flashed leaves the new app or none', async () => {
  const probe = new FakeEspruino();
  await flashFake(probe, NEW);
  for (let cut = 0; cut < probe.storage.operations; cut++) {
    const board = new FakeEspruino();
    board.storage.operationsLeft = cut;
    await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.line-gone' });
    board.isPlugged = true;
    board.start();
    expect(['', NEW], `cut in operation ${cut}`).toContain(board.running);
  }
});

test('after a power cut the command goes on from what there is', async () => {
  const board = await boardWith(OLD);
  board.storage.operationsLeft = 9;
  await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.line-gone' });
  board.isPlugged = true;
  board.start();
  await flashFake(board, NEW);
  expect(board.running).toBe(NEW);
});

test('the loader is the same text for ever, as a replacement of it is what a power cut can come between', () => {
  expect(LOADER).toBe(
    'eval((require("Storage").read(require("Storage").read("cr.hold")||"-")||' +
      'require("Storage").read(require("Storage").read("cr.app")||"-"))||"")',
  );
});
