import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJournalImage } from './image.ts';
import type { Reading } from './reading.ts';
import { type ChannelInput, JournalWriter, type WrittenReading } from './testing/write-journal.ts';

const channel = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -20, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -16384, max: 49119 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((reason) => ({ reason })) },
);

function bare(reading: Reading): WrittenReading {
  const { reasons: _, ...rest } = reading;
  return rest;
}

function drift(journal: JournalWriter, count: number): JournalWriter {
  for (let i = 0; i < count; i++) journal.reading(41 + (i % 3), 120 - (i % 5), 60 + ((i * 7) % 40));
  return journal;
}

test('reads back every reading that was written, over pages and blocks', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(channel, channel, channel), { maxLength: 400 }), (inputs) => {
      const journal = new JournalWriter({ pageSize: 1024 }).powerOnAt(1, 2);
      for (const input of inputs as [ChannelInput, ChannelInput, ChannelInput][]) journal.reading(...input);
      const image = decodeJournalImage(journal.image(), { pageSize: 1024 });
      expect(image.readings.map(bare)).toEqual(journal.readings);
      expect(image.problems).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('every kind of record comes with its number, its time and its fields', () => {
  const journal = new JournalWriter()
    .powerOnAt(7, 3, 1)
    .reading(41, 120, 60)
    .anchor(30, 1_790_000_000)
    .record(4, [-20, 5_203_124, -1_340_512, 9])
    .record(5, [4])
    .record(6, [15, 0])
    .record(7, [12, -1, 1])
    .record(8, [0, 3])
    .record(9, [8, 4])
    .timeAt(4000)
    .record(23, ['later', { a: [1] }])
    .reading({ reason: 0 }, { reason: 1 }, 60);
  const { records, readings, problems } = decodeJournalImage(journal.image());
  expect(records).toEqual([
    { seq: 0, powerOn: 7, monoS: 3, kind: 'POWER_ON', cause: 1 },
    { seq: 2, powerOn: 7, monoS: 30, kind: 'ANCHOR', utcS: 1_790_000_000, source: 2, boundS: 5 },
    { seq: 3, powerOn: 7, monoS: -17, kind: 'FIX', latDeg: 52.03124, lonDeg: -13.40512, satellites: 9 },
    { seq: 4, powerOn: 7, monoS: 3, kind: 'ACK', acked: 4 },
    { seq: 5, powerOn: 7, monoS: 18, kind: 'SESSION', outcome: 0 },
    { seq: 6, powerOn: 7, monoS: 4, kind: 'FAULT', code: 12, detail: -1 },
    { seq: 7, powerOn: 7, monoS: 3, kind: 'LOST', firstSeq: 0, lastSeq: 3 },
    { seq: 8, powerOn: 7, monoS: 11, kind: 'NOFIX', reason: 4 },
    { seq: 9, powerOn: 7, monoS: 4000, kind: 'TIME' },
    { seq: 10, powerOn: 7, monoS: 3700, kind: 'UNKNOWN', code: 23, hex: expect.stringMatching(/^8417/) },
  ]);
  expect(readings.map(({ seq, monoS }) => [seq, monoS])).toEqual([
    [1, 3],
    [11, 4000],
  ]);
  expect(readings[1]?.reasons).toEqual({ supplyC: 'not-answering', supplyRh: 'bad-check-digit' });
  expect(problems.map(({ kind }) => kind)).toEqual(['unknown-kind']);
});

test('pages come in the order of their sequence, wherever the ring stands', () => {
  const journal = drift(new JournalWriter({ pageSize: 512 }).powerOnAt(1, 0), 900);
  expect(journal.pages.length).toBeGreaterThan(4);
  const image = decodeJournalImage(journal.image(3), { pageSize: 512 });
  const sequences = image.pages.map(({ sequence }) => sequence);
  expect(sequences).toEqual(journal.pages.map((_, index) => index + 1).slice(-3));
  expect(image.readings.map(bare)).toEqual(journal.readings.slice(-image.readings.length));
});

test('a block of an earlier lap under a new page header verifies nowhere', () => {
  const options = { pageSize: 512 };
  const old = drift(new JournalWriter(options).powerOnAt(1, 0), 120).image().subarray(0, 512);
  const lap = drift(new JournalWriter({ ...options, firstPageSequence: 4 }).powerOnAt(1, 0), 1)
    .image()
    .subarray(0, 512);
  old.copy(lap, 256, 256, 512);
  const image = decodeJournalImage(lap, options);
  expect(image.readings).toHaveLength(1);
  expect(image.problems.map(({ kind }) => kind)).toEqual(['bad-key']);
});

test('a torn tail is told and the next block is read', () => {
  const journal = drift(new JournalWriter().powerOnAt(1, 0), 5).cutWith([0x43, 0x12]);
  drift(journal.record(7, [3, 2, 0]), 5);
  const image = decodeJournalImage(journal.image());
  expect(image.readings.map(bare)).toEqual(journal.readings);
  expect(image.problems).toMatchObject([{ kind: 'torn-tail', detail: expect.stringMatching(/^2 bytes/) }]);
});

test('a page cut off at any byte gives a prefix of what was written', () => {
  const journal = drift(new JournalWriter({ pageSize: 512 }).powerOnAt(1, 0), 100);
  const whole = journal.image().subarray(0, 512);
  for (let cut = 0; cut <= 512; cut++) {
    const image = Buffer.alloc(512, 0xff);
    whole.copy(image, 0, 0, cut);
    const { readings } = decodeJournalImage(image, { pageSize: 512 });
    expect(readings.map(bare)).toEqual(journal.readings.slice(0, readings.length));
  }
});

test('no single bit flip anywhere in a page gives a reading that was not written', () => {
  const journal = drift(new JournalWriter({ pageSize: 512 }).powerOnAt(1, 0), 45);
  journal.anchor(9, 1_790_000_000).reading(41, { reason: 2 }, 44).reading(500, 120, -30);
  drift(journal, 20);
  expect(journal.pages.length).toBe(1);
  const whole = journal.image().subarray(0, 512);
  const written = new Map(journal.readings.map((reading) => [reading.seq, reading]));
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const image = Buffer.from(whole);
    image.writeUInt8(image.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    const { readings } = decodeJournalImage(image, { pageSize: 512 });
    expect(readings.map(bare), `bit ${bit}`).toEqual(readings.map(({ seq }) => written.get(seq)));
  }
});

test('a page of another format is reported and not guessed at', () => {
  const image = drift(new JournalWriter().powerOnAt(1, 0), 5).image();
  image.write('CR2', 2, 'latin1');
  const { readings, problems } = decodeJournalImage(image);
  expect(readings).toEqual([]);
  expect(problems.map(({ kind }) => kind)).toEqual(['other-format']);
});

test('any bytes give a result', () => {
  const header = drift(new JournalWriter({ pageSize: 512 }).powerOnAt(1, 0), 3)
    .image()
    .subarray(0, 512);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1100 }), fc.nat(512), (noise, from) => {
      decodeJournalImage(noise, { pageSize: 512 });
      const image = Buffer.from(header);
      image.set(noise.subarray(0, 512 - Math.min(from, 512)), Math.min(from, 512));
      decodeJournalImage(image, { pageSize: 512 });
    }),
    { numRuns: 500 },
  );
  expect(decodeJournalImage(new Uint8Array(0))).toMatchObject({ readings: [], problems: [] });
});

test('an erased region holds nothing and has no problems', () => {
  expect(decodeJournalImage(new Uint8Array(65536).fill(0xff))).toEqual({
    pages: [],
    records: [],
    readings: [],
    problems: [],
  });
});
