import { expect, test } from 'vitest';
import type { Port } from '../port.ts';
import { FakeTracker } from '../testing/fake-tracker.ts';
import { typeLines } from './type-lines.ts';

const quick = { quietMs: 20, longestMs: 200 };

async function* input(...chunks: string[]) {
  yield* chunks;
}

/** Takes a line at a time, and loses what comes while it is busy with one. */
function busyTracker(answerMs: number): Port & { readonly taken: string[] } {
  let hear: (text: string) => void = () => {};
  let isBusy = false;
  const taken: string[] = [];
  return {
    taken,
    write: async (text) => {
      if (isBusy) return;
      isBusy = true;
      if (text !== '\r') taken.push(text.trim());
      setTimeout(() => {
        isBusy = false;
        hear('an answer\r\nTR-1> ');
      }, answerMs);
    },
    onText: (listener) => {
      hear = listener;
    },
    onClosed: () => {},
    reset: async () => false,
    close: async () => {},
  };
}

test('each line waits until the one before is answered, wherever the input is cut', async () => {
  const tracker = busyTracker(60);
  let said = '';
  await typeLines(tracker, input('one\ntw', 'o\r\n', 'three'), (text) => (said += text), 'p', quick);
  expect(tracker.taken).toEqual(['one', 'two', 'three']);
  expect(said.match(/TR-1> /g)).toHaveLength(4);
});

test('a tracker that does not answer is told', async () => {
  const typed = typeLines(busyTracker(1e9), input('status\n'), () => {}, 'p', quick);
  await expect(typed).rejects.toMatchObject({ id: 'link.silent' });
});

test('a pulled cable is told', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'asleep';
  setTimeout(() => tracker.pull(), 30);
  const typed = typeLines(tracker, input('status\n'), () => {}, '/dev/ttyX', {
    quietMs: 20,
    longestMs: 60_000,
  });
  await expect(typed).rejects.toMatchObject({ id: 'serial.gone' });
});
