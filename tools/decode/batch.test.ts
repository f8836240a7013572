import { encode } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { decodeBatch } from './batch.ts';
import { JournalWriter } from './testing/write-journal.ts';

function journal(readings: number): JournalWriter {
  const writer = new JournalWriter().powerOnAt(1, 0);
  for (let i = 0; i < readings; i++) writer.reading(41 + (i % 3), 120, 60 + ((i * 7) % 40));
  return writer;
}

function errorId(bytes: Uint8Array): string {
  try {
    decodeBatch(bytes);
  } catch (error) {
    if (error instanceof ColdrailError) return error.id;
    throw error;
  }
  return 'none';
}

test('a message gives the readings of its blocks, without the page that they stood in', () => {
  const writer = journal(150);
  const batch = decodeBatch(writer.message('CRLU1234567'));
  expect(batch.device).toBe('CRLU1234567');
  expect(batch.blocks.length).toBeGreaterThan(1);
  expect(batch.readings).toMatchObject(writer.readings);
  expect(batch.records.map(({ kind }) => kind)).toEqual(['POWER_ON']);
});

test('a message may begin at any block', () => {
  const writer = journal(150);
  const { readings } = decodeBatch(writer.message('CRLU1234567', 0, 1));
  expect(readings).toMatchObject(writer.readings.slice(-readings.length));
});

test('what a power cut left behind a block is not part of the message', () => {
  const writer = journal(5).cutWith([0x43, 0x12]).reading(1, 2, 3);
  expect(decodeBatch(writer.message('CRLU1234567')).readings).toMatchObject(writer.readings);
});

test('no flipped bit behind the device id goes unnoticed', () => {
  const message = journal(40).message('D1');
  const behindDevice = Buffer.from([0x86, 1, 0x62, 0x44, 0x31]).length;
  for (let bit = behindDevice * 8; bit < message.length * 8; bit++) {
    const flipped = Buffer.from(message);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(errorId(flipped), `bit ${bit}`).toMatch(/^decode\.message-(block|header)$/);
  }
});

test('a message cut off inside a record is refused', () => {
  const message = journal(3).message('D1');
  expect(errorId(message.subarray(0, -1))).toBe('decode.message-block');
});

test.each([
  ['nothing', Buffer.alloc(0), 'decode.message-header'],
  ['text', Buffer.from('{"t":4.1}'), 'decode.message-header'],
  ['another format', encode([2, 'D1', 1, 0, 100, 500]), 'decode.message-format'],
  ['a missing step', encode([1, 'D1', 1, 0, 100]), 'decode.message-header'],
  ['a step of nothing', encode([1, 'D1', 1, 0, 0, 500]), 'decode.message-header'],
  ['a device that is no topic level', encode([1, 'a/+', 1, 0, 100, 500]), 'decode.message-header'],
  ['a device without a name', encode([1, '', 1, 0, 100, 500]), 'decode.message-header'],
  ['a page sequence that is no number', encode([1, 'D1', null, 0, 100, 500]), 'decode.message-header'],
  [
    'erased flash',
    Buffer.concat([encode([1, 'D1', 1, 0, 100, 500]), Buffer.from([255])]),
    'decode.message-block',
  ],
])('%s is refused with an id', (_, bytes, id) => {
  expect(errorId(bytes)).toBe(id);
});

test('a header without blocks is an empty batch: the device asks what is wanted', () => {
  expect(decodeBatch(encode([1, 'D1', 7, 0, 100, 500]))).toMatchObject({
    device: 'D1',
    blocks: [],
    readings: [],
  });
});

test('any bytes give a batch or an error from the catalogue', () => {
  const message = journal(10).message('D1');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(message.length), (noise, from) => {
      errorId(noise);
      errorId(Buffer.concat([message.subarray(0, from), noise]));
    }),
    { numRuns: 1000 },
  );
});
