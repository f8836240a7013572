import { describe, expect, test } from 'vitest';
import { appText, boardWith, flashFake } from './testing/bench.ts';
import { FakeEspruino } from './testing/fake-espruino.ts';

const OLD = appText('old');
const NEW = appText('new', 4000);

const isData = (text: string): boolean => text.startsWith('\x10\x01') && text.charCodeAt(2) >> 5 === 4;

/** Change the packets of data that `which` picks, counted from 0. */
function spoil(
  board: FakeEspruino,
  which: (count: number) => boolean,
  change: (text: string) => string,
): void {
  let count = 0;
  board.onWay = (text) => (isData(text) && which(count++) ? change(text) : text);
}

const third = (count: number): boolean => count === 2;

describe('one fault on the line, and the bundle arrives all the same', () => {
  test.each<[string, (text: string) => string]>([
    ['a byte is lost', (text) => text.slice(0, 100) + text.slice(101)],
    ['the start of a packet is lost, and the rest falls into the prompt', (text) => text.slice(3)],
    ['a bit flips, and the board says ACK', (text) => `${text.slice(0, 100)}#${text.slice(101)}`],
    ['a bit flips in the length', (text) => `${text.slice(0, 3)}\x01${text.slice(4)}`],
    ['a packet comes twice', (text) => text + text],
    ['a packet is lost', () => ''],
    ['Ctrl-C comes in between', (text) => `\x03${text}`],
  ])('%s', async (_, change) => {
    const board = await boardWith(OLD);
    spoil(board, third, change);
    const { tries } = await flashFake(board, NEW);
    expect(board.running).toBe(NEW);
    expect(tries).toBeLessThanOrEqual(2);
  });

  test('an ACK is lost', async () => {
    const board = await boardWith(OLD);
    let acks = 0;
    board.onWayBack = (text) => (text === '\x06' && ++acks === 4 ? '' : text);
    await flashFake(board, NEW);
    expect(board.running).toBe(NEW);
  });

  test('a NAK comes back, and the same piece is sent again', async () => {
    const board = await boardWith(OLD);
    let sent = 0;
    spoil(board, third, (text) => {
      sent++;
      // A type that there is none of.
      return `\x10\x01\xe0\x01${text.slice(0, 1)}`;
    });
    expect(await flashFake(board, NEW)).toMatchObject({ tries: 1 });
    expect(sent).toBe(1);
    expect(board.running).toBe(NEW);
  });

  test('XON and XOFF come in between', async () => {
    const board = await boardWith(OLD);
    board.onWayBack = (text) => `\x11${text}\x13`;
    expect(await flashFake(board, NEW)).toMatchObject({ tries: 1 });
    expect(board.running).toBe(NEW);
  });

  test('an answer is damaged, and is asked for again', async () => {
    const board = await boardWith(OLD);
    let answers = 0;
    board.onWayBack = (text) => (text.includes('@{') && answers++ % 3 === 0 ? text.replace('{', '[') : text);
    await flashFake(board, NEW);
    expect(board.running).toBe(NEW);
  });

  test('a damaged line is not run', async () => {
    const board = await boardWith(OLD);
    let lines = 0;
    board.onWay = (text) =>
      text.startsWith('\x10(') && lines++ % 3 === 0 ? text.replace('Storage', 'Storaga') : text;
    await flashFake(board, NEW);
    expect(board.running).toBe(NEW);
    expect(board.storage.list()).toHaveLength(4);
  });

  test('the board restarts in the middle, and the old app runs again', async () => {
    const board = await boardWith(OLD);
    spoil(board, third, (text) => {
      board.start();
      return text;
    });
    await flashFake(board, NEW);
    expect(board.running).toBe(NEW);
  });

  test('the cable is pulled and plugged in again', async () => {
    const board = await boardWith(OLD);
    spoil(board, third, () => {
      board.unplug();
      board.isPlugged = true;
      return '';
    });
    await flashFake(board, NEW);
    expect(board.running).toBe(NEW);
  });
});

test('half of a request that stands at the prompt does not hide it', async () => {
  const board = new FakeEspruino();
  let isFirst = true;
  board.onWay = (text) => {
    // The line is bad from the first byte on, and comes back in the middle of what asks for a console.
    if (isFirst && text.includes('hello')) {
      isFirst = false;
      return text.replace('}', '');
    }
    return isFirst ? '' : text;
  };
  await flashFake(board, NEW);
  expect(board.running).toBe(NEW);
});

test('lines go on from where the board fell silent, however often it does', async () => {
  const board = await boardWith(OLD, { version: '2v24' });
  let pieces = 0;
  board.onWay = (text) => {
    // Each fifth piece hangs the board, until its reset line is pulled.
    if (text.includes('atob') && ++pieces % 5 === 0) board.hang();
    return text;
  };
  expect(await flashFake(board, NEW)).toMatchObject({ isInPlace: true });
  expect(board.running).toBe(NEW);
  expect(pieces).toBeLessThan(30);
});

describe('what cannot be mended leaves the old app', () => {
  async function expectOld(board: FakeEspruino): Promise<void> {
    board.onWay = (text) => text;
    board.isPlugged = true;
    board.start();
    expect(board.running).toBe(OLD);
    await flashFake(board, NEW, { eraseFirst: board.storage.list().length > 10 });
    expect(board.running).toBe(NEW);
  }

  test('packets that are always damaged go over to lines; lines as well, and it ends', async () => {
    const board = await boardWith(OLD);
    board.onWay = (text) =>
      isData(text) || text.includes('atob') ? `${text.slice(0, 90)}#${text.slice(91)}` : text;
    await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.upload-failed' });
    await expectOld(board);
  });

  test('packets that are always damaged go over to lines', async () => {
    const board = await boardWith(OLD);
    spoil(
      board,
      () => true,
      (text) => `${text.slice(0, 90)}#${text.slice(91)}`,
    );
    expect(await flashFake(board, NEW)).toMatchObject({ tries: 3 });
    expect(board.running).toBe(NEW);
  });

  test('the cable is pulled', async () => {
    const board = await boardWith(OLD);
    spoil(board, third, () => {
      board.unplug();
      return '';
    });
    await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.line-gone' });
    await expectOld(board);
  });

  test('the board falls silent', async () => {
    const board = await boardWith(OLD, { hasResetLine: false });
    let isSilent = false;
    board.onWayBack = (text) => (isSilent ? '' : text);
    spoil(board, third, (text) => {
      isSilent = true;
      return text;
    });
    await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.no-prompt' });
    isSilent = false;
    await expectOld(board);
  });

  test('Storage has no room', async () => {
    const board = await boardWith(OLD, { capacity: 8000 });
    await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.storage-full' });
    board.start();
    expect(board.running).toBe(OLD);
    await flashFake(board, appText('new', 5000), { eraseFirst: true });
  });

  test('Storage is torn, and keeps nothing that is written', async () => {
    const board = await boardWith(OLD);
    board.storage.tearHeader();
    await expect(flashFake(board, NEW)).rejects.toMatchObject({ id: 'flash.not-kept' });
    board.start();
    expect(board.running).toBe(OLD);
    await flashFake(board, NEW, { eraseFirst: true });
    expect(board.running).toBe(NEW);
  });
});

test('Storage is compacted only when the room behind the last file is used up', async () => {
  const board = await boardWith(OLD, { capacity: 11_000 });
  await flashFake(board, appText('second'));
  expect(board.storage.compactions).toBe(0);
  const said: string[] = [];
  await flashFake(board, appText('third'), { said });
  expect(board.storage.compactions).toBe(1);
  expect(said.some((sentence) => sentence.includes('do not unplug'))).toBe(true);
  expect(board.running).toBe(appText('third'));
});
