import { expect, test } from 'vitest';
import { randomStream } from '../sim/random.ts';
import { Client } from './client.ts';
import { encodeFrame, type Message } from './frame.ts';
import { badLine, type Damage } from './testing/bad-line.ts';
import { FakeTracker } from './testing/fake-tracker.ts';

const options = { timeoutMs: 100, attempts: 3 };
const tail = (message: Message) =>
  message['do'] === 'journal.tail'
    ? { parts: [1, 2, 3].map((seq) => ({ seq, text: `reading ${seq}` })), last: {} }
    : undefined;

test('an answer comes, whatever lines stand around it', async () => {
  const tracker = new FakeTracker();
  const lines: string[] = [];
  const client = new Client(tracker, options);
  client.onLine = (line) => lines.push(line);
  tracker.say('> reading 5\r\n> ');
  expect(await client.request('hello')).toMatchObject({ device: 'TR-0001', ok: 1 });
  expect(lines).toEqual(['> reading 5']);
});

test('what the tracker refuses has the words of the catalogue', async () => {
  const client = new Client(new FakeTracker(() => 111), options);
  const refused = client.request('config.get', { key: 'intervalls' });
  await expect(refused).rejects.toMatchObject({ name: 'DeviceError', code: 111, about: 'intervalls' });
});

test('requests are sent one behind the other, each with its own answer', async () => {
  const client = new Client(new FakeTracker(({ key }) => ({ last: { value: key } })), options);
  const values = await Promise.all(['a', 'b', 'c'].map((key) => client.request('config.get', { key })));
  expect(values.map(({ value }) => value)).toEqual(['a', 'b', 'c']);
});

test('a silent tracker is asked again, and then given up', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'asleep';
  const client = new Client(tracker, options);
  await expect(client.request('hello')).rejects.toMatchObject({ id: 'link.silent', failure: 'silent' });
});

test('the echo of our own line is no answer', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'interpreter';
  const client = new Client(tracker, options);
  await expect(client.request('hello')).rejects.toMatchObject({ failure: 'silent' });
});

test('a late answer to the request before is not taken for that of the next', async () => {
  const tracker = new FakeTracker(({ key }) => ({ last: { value: key } }));
  const client = new Client(tracker, { ...options, firstId: 5 });
  tracker.say(`${encodeFrame({ id: 4, ok: 1, value: 'old' })}\r\n`);
  expect(await client.request('config.get', { key: 'new' })).toMatchObject({ value: 'new' });
});

test('an answer to the first attempt counts although a second one was made', async () => {
  let asked = 0;
  const tracker = new FakeTracker((message) => {
    if (++asked > 1) return 124;
    const line = `${encodeFrame({ id: message['id'], ok: 1, value: 'slow' })}\r\n`;
    setTimeout(() => tracker.say(line), 150);
    return { parts: [], last: { id: 999_999 } };
  });
  const client = new Client(tracker, { ...options, firstId: 1 });
  expect(await client.request('gnss')).toMatchObject({ value: 'slow' });
});

test('a tracker that is busy with something else says so at once', async () => {
  const client = new Client(new FakeTracker(() => 124), options);
  await expect(client.request('gnss')).rejects.toMatchObject({ code: 124 });
});

test('a pulled cable ends the request under way and each that follows', async () => {
  const tracker = new FakeTracker();
  tracker.mood = 'asleep';
  const client = new Client(tracker, { timeoutMs: 60_000 });
  const asked = client.request('hello');
  const next = client.request('status');
  tracker.pull();
  await expect(asked).rejects.toMatchObject({ failure: 'closed' });
  await expect(next).rejects.toMatchObject({ failure: 'closed' });
});

test('numbers of requests begin anew behind the last that the protocol has', async () => {
  const tracker = new FakeTracker();
  const client = new Client(tracker, { ...options, firstId: 999_999 });
  await client.request('hello');
  await client.request('hello');
  expect(tracker.asked.map(({ id }) => id)).toEqual([999_999, 1]);
});

const kinds: Record<string, Damage> = {
  'splits lines anywhere': { split: 0.9 },
  'loses bytes': { drop: 0.002 },
  'flips bits': { flip: 0.002 },
  'inserts noise and lines for people': { noise: 0.3, split: 0.5 },
  'answers late, or twice': { late: 0.2, lateMs: 150, twice: 0.2 },
  'does not answer': { silent: 0.2 },
  'does all of that': {
    split: 0.3,
    drop: 0.0005,
    flip: 0.0005,
    noise: 0.2,
    late: 0.05,
    twice: 0.1,
    silent: 0.05,
  },
};

test.each(Object.entries(kinds))('a line that %s gives whole answers all the same', async (name, damage) => {
  const { next } = randomStream(21, name);
  const port = badLine(new FakeTracker(tail), damage, next);
  const client = new Client(port, { timeoutMs: 60, attempts: 40 });
  for (let i = 0; i < 25; i++) {
    expect(await client.request('hello')).toMatchObject({ device: 'TR-0001', powerOn: 3 });
    const { parts } = await client.collect('journal.tail');
    expect(parts.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  }
});
