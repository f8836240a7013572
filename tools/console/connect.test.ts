import { expect, test } from 'vitest';
import { randomStream } from '../sim/random.ts';
import { connect } from './connect.ts';
import { badLine } from './testing/bad-line.ts';
import { FakeTracker, type Mood } from './testing/fake-tracker.ts';

const quick = { wakeS: 0.6, knockMs: 30, knocksBeforeReset: 3, path: '/dev/ttyX' };

test('a tracker with an open console answers at once', async () => {
  const news: string[] = [];
  const { hello } = await connect(new FakeTracker(), { ...quick, onNews: (sentence) => news.push(sentence) });
  expect(hello).toMatchObject({ device: 'TR-0001', powerOn: 3, version: '0.2.0', keys: 28, isOpen: true });
  expect(news).toEqual([]);
});

test('a tracker that waits for a key gets one', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'waiting';
  expect((await connect(tracker, quick)).hello.powerOn).toBe(3);
});

test('a tracker that sleeps is reset, and that is told', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'asleep';
  const news: string[] = [];
  const { hello } = await connect(tracker, { ...quick, onNews: (sentence) => news.push(sentence) });
  expect(hello.powerOn).toBe(4);
  expect(news.join(' ')).toContain('reset line was pulled');
});

test('without a reset line the person is asked to press the button, and the console is caught then', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'asleep';
  tracker.hasResetLine = false;
  const onNews = (sentence: string): void => {
    if (sentence.includes('press its reset button')) tracker.restart();
  };
  expect((await connect(tracker, { ...quick, onNews })).hello.powerOn).toBe(4);
});

test.each<[Mood, string, RegExp]>([
  ['asleep', 'console.silent', /No tracker answers on \/dev\/ttyX/],
  ['interpreter', 'console.interpreter', /Espruino 2v29 ESP32/],
  ['foreign', 'console.foreign', /GNRMC/],
  ['garbled', 'console.garbled', /no text/],
])('what is %s is told apart', async (mood, id, sentence) => {
  const tracker = new FakeTracker();
  tracker.mood = mood;
  tracker.hasResetLine = false;
  await expect(connect(tracker, quick)).rejects.toMatchObject({
    id,
    message: expect.stringMatching(sentence),
  });
});

test('what goes on to talk and is no tracker is given up before the time is over', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'foreign';
  const connected = connect(tracker, { ...quick, wakeS: 1e6, knockMs: 5 });
  await expect(connected).rejects.toMatchObject({ id: 'console.foreign' });
});

test('the interpreter that answers once, in the moment before it starts the firmware, is no reason to give up', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'interpreter';
  setTimeout(() => {
    tracker.mood = 'awake';
  }, 45);
  expect((await connect(tracker, quick)).hello.device).toBe('TR-0001');
});

test('a tracker of a later protocol is refused by its number', async () => {
  const tracker = new FakeTracker();
  tracker.protocol = 2;
  await expect(connect(tracker, quick)).rejects.toMatchObject({ id: 'console.protocol' });
});

test('a cable pulled while we knock ends it', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'asleep';
  setTimeout(() => tracker.pull(), 40);
  await expect(connect(tracker, { ...quick, wakeS: 600, knocksBeforeReset: 1e9 })).rejects.toBeInstanceOf(
    Error,
  );
});

test('a line that loses and flips bytes is knocked at until an answer comes whole', async () => {
  const { next } = randomStream(5, 'connect');
  for (let i = 0; i < 10; i++) {
    const port = badLine(new FakeTracker(), { drop: 0.003, flip: 0.003, split: 0.5, silent: 0.1 }, next);
    expect((await connect(port, { ...quick, wakeS: 20 })).hello.device).toBe('TR-0001');
  }
});
