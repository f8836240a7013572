import { encode } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { decodeBatch } from './batch.ts';
import { readCapture } from './capture.ts';
import { JournalWriter } from './testing/write-journal.ts';

function journal(readings: number): JournalWriter {
  const writer = new JournalWriter().powerOnAt(1, 0);
  for (let i = 0; i < readings; i++) writer.reading(41 + (i % 3), 120, 60 + ((i * 7) % 40));
  return writer;
}

function errorId(bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown = decodeBatch): string {
  try {
    decode(bytes);
  } catch (error) {
    if (error instanceof ColdrailError) return error.id;
    throw error;
  }
  return 'none';
}

const channels = Buffer.of(0x01, 0x11, 0x02);
const header = [1, 'D1', 7, 16, 0, 100, 500, channels];
const headerWith = (at: number, value: unknown): Buffer => encode(header.with(at, value as number));

test('a message gives the readings of its blocks, without the page that they stood in', () => {
  const writer = journal(250);
  const batch = decodeBatch(writer.message('CRLU1234567'));
  expect(batch.device).toBe('CRLU1234567');
  expect(batch.page).toMatchObject({ sequence: 1, index: 0, ringPages: 16 });
  expect(batch.blocks.length).toBeGreaterThan(1);
  expect(batch.readings).toMatchObject(writer.readings);
  expect(batch.records.map(({ kind }) => kind)).toEqual(['POWER_ON']);
});

test('a message may begin at any block', () => {
  const writer = journal(250);
  const { readings } = decodeBatch(writer.message('CRLU1234567', 0, 1));
  expect(readings.length).toBeLessThan(250);
  expect(readings).toMatchObject(writer.readings.slice(-readings.length));
});

test('a page of eight channels goes in a message like any other', () => {
  const writer = new JournalWriter({ channels: [1, 2, 3, 4, 5, 6, 7, 0x17] });
  for (let i = 0; i < 40; i++) writer.reading(1, 2, 3, i, i * i, 6, 7, 80);
  expect(decodeBatch(writer.message('D1')).readings).toMatchObject(writer.readings);
});

test('what a power cut left behind a block is not part of the message', () => {
  const writer = journal(5).cutWith([0x43, 0x12]).reading(1, 2, 3);
  expect(decodeBatch(writer.message('CRLU1234567')).readings).toMatchObject(writer.readings);
});

test('no flipped bit behind the device id changes what is read; one of a check that three others vouch for costs nothing', () => {
  const writer = journal(120);
  const message = writer.message('D1');
  const whole = decodeBatch(message);
  const counts = writer.pages[0]?.blocks.map(({ checks }) => checks.length) ?? [];
  expect(counts.length).toBeGreaterThan(1);
  let taken = 0;
  const behindDevice = Buffer.from([0x88, 1, 0x62, 0x44, 0x31]).length;
  for (let bit = behindDevice * 8; bit < message.length * 8; bit++) {
    const flipped = Buffer.from(message);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    const id = errorId(flipped, (bytes) => expect(decodeBatch(bytes)).toEqual(whole));
    if (id === 'none') taken++;
    else expect(id, `bit ${bit}`).toMatch(/^decode\.message-(block|header)$/);
  }
  expect(taken).toBe(8 * counts.reduce((sum, count) => sum + count - 3, 0));
});

test('a message cut off anywhere is refused, if not between two blocks', () => {
  const writer = journal(250);
  const message = writer.message('D1');
  const ends = (writer.pages[0]?.blocks ?? []).map((_, from) => writer.message('D1', 0, from).length);
  const whole = ends.map((length) => message.length - length + encode(header).length);
  for (let end = 0; end < message.length; end++) {
    if (whole.includes(end)) expect(decodeBatch(message.subarray(0, end)).device).toBe('D1');
    else
      expect(errorId(message.subarray(0, end)), `${end} bytes`).toMatch(/^decode\.message-(block|header)$/);
  }
});

test.each([
  ['nothing', Buffer.alloc(0), 'decode.message-header'],
  ['text', Buffer.from('{"t":4.1}'), 'decode.message-header'],
  ['another format', headerWith(0, 2), 'decode.message-format'],
  ['a format that is no number', headerWith(0, 'CR1'), 'decode.message-header'],
  ['a missing item', encode(header.slice(0, 7)), 'decode.message-header'],
  ['an item more', encode([...header, 0]), 'decode.message-header'],
  ['a step of nothing', headerWith(5, 0), 'decode.message-header'],
  ['a step beyond 16 bits', headerWith(6, 65536), 'decode.message-header'],
  ['a device that is no topic level', headerWith(1, 'a/+'), 'decode.message-header'],
  ['a device without a name', headerWith(1, ''), 'decode.message-header'],
  ['a device of 65 characters', headerWith(1, 'd'.repeat(65)), 'decode.message-header'],
  ['a page sequence that is no number', headerWith(2, null), 'decode.message-header'],
  ['a page sequence of 0', headerWith(2, 0), 'decode.message-header'],
  ['a negative place', headerWith(3, -1), 'decode.message-header'],
  ['no channels', headerWith(7, Buffer.alloc(0)), 'decode.message-header'],
  ['channels padded as in flash', headerWith(7, Buffer.of(1, 0x11, 2, 0)), 'decode.message-header'],
  ['channels that are unknown', headerWith(7, Buffer.of(0x91)), 'decode.message-header'],
  ['erased flash', Buffer.concat([encode(header), Buffer.of(255)]), 'decode.message-block'],
  ['a block of nothing', Buffer.concat([encode(header), Buffer.of(0x40)]), 'decode.message-block'],
  ['checks without records', Buffer.concat([encode(header), Buffer.of(0x41, 7)]), 'decode.message-block'],
  ['records without checks', Buffer.concat([encode(header), Buffer.of(0)]), 'decode.message-block'],
  [
    'a second message behind the first',
    Buffer.concat([encode(header), encode(header)]),
    'decode.message-block',
  ],
])('%s is refused with an id', (_, bytes, id) => {
  expect(errorId(bytes)).toBe(id);
});

test('a header without blocks is an empty batch: the device asks what is wanted', () => {
  expect(decodeBatch(encode(header))).toMatchObject({ device: 'D1', blocks: [], readings: [] });
});

test('messages one behind the other are told apart, with blocks or without, of any device', () => {
  const first = journal(250);
  const second = new JournalWriter({ channels: [2] }).powerOnAt(4, 0).reading(1).reading(2);
  const messages = [first.message('D1'), encode(header), second.message('D2'), first.message('D1', 0, 1)];
  const { batches, problem } = readCapture(Buffer.concat(messages));
  expect(problem).toBeUndefined();
  expect(batches.map(({ device, readings }) => [device, readings.length])).toEqual([
    ['D1', 250],
    ['D1', 0],
    ['D2', 2],
    ['D1', decodeBatch(messages[3] as Buffer).readings.length],
  ]);
});

test('a damaged message ends a capture, and those before it are read', () => {
  const message = journal(10).message('D1');
  const capture = Buffer.concat([message, message.subarray(0, -1)]);
  expect(readCapture(capture)).toMatchObject({
    batches: [{ device: 'D1' }],
    problem: { offset: message.length, error: { id: 'decode.message-block' } },
  });
  expect(errorId(message.subarray(0, -1), readCapture)).toBe('decode.message-block');
});

test('any bytes give a batch or an error from the catalogue', () => {
  const message = journal(10).message('D1');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(message.length), (noise, from) => {
      const torn = Buffer.concat([message.subarray(0, from), noise]);
      for (const bytes of [noise, torn]) {
        errorId(bytes);
        errorId(bytes, readCapture);
      }
    }),
    { numRuns: 1000 },
  );
});
