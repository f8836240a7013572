import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomStream } from '../sim/random.ts';
import { decodeJournalImage } from './image.ts';
import type { Reading } from './reading.ts';
import { JournalWriter } from './testing/write-journal.ts';

/** Where the first check of a page stands. */
const CHECKS = 15 * 256 + 3;

const channel = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -16384, max: 49119 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((reason) => ({ reason })) },
);

function bare({ reasons: _, ...reading }: Reading) {
  return reading;
}

function drift(journal: JournalWriter, count: number): JournalWriter {
  for (let i = 0; i < count; i++) journal.reading(41 + (i % 3), 120 - (i % 5), 60 + ((i * 7) % 40));
  return journal;
}

test.each([
  ['1', [0x01]],
  ['2', [0x01, 0x02]],
  ['3', [0x01, 0x11, 0x02]],
  ['8', [0x01, 0x11, 0x02, 0x12, 0x03, 0x13, 0x04, 0x17]],
])('reads back every reading of %s channels, over blocks and pages', (_, channels) => {
  const reading = fc.array(channel, { minLength: channels.length, maxLength: channels.length });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 900 }), (inputs) => {
      const journal = new JournalWriter({ channels }).powerOnAt(1, 2);
      for (const input of inputs) journal.reading(...input);
      const image = decodeJournalImage(journal.image());
      expect(image.readings.map(bare)).toEqual(journal.readings);
      expect(image.problems).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('a page says what its ring and its steps are', () => {
  const options = { channels: [0x03, 0x14], temperatureStep: 10, humidityStep: 100, intervalS: 60 };
  const journal = new JournalWriter({ ...options, firstPageSequence: 21, firstSeq: 900, ringPages: 16 });
  const { pages, readings } = decodeJournalImage(journal.powerOnAt(3, 100).reading(-1234, 655).image());
  expect(pages).toMatchObject([
    {
      sequence: 21,
      index: 4,
      ringPages: 16,
      firstSeq: 900,
      steps: { temperatureMilliC: 10, humidityMilliPercent: 100 },
      channels: ['ambientC', 'cargo1Rh'],
      seal: Buffer.alloc(16),
    },
  ]);
  expect(readings).toEqual([
    { seq: 901, powerOn: 3, monoS: 100, ambientC: -12.34, cargo1Rh: 65.5, reasons: {} },
  ]);
});

test('every kind of record comes with its number, its time and its fields', () => {
  const journal = new JournalWriter()
    .powerOnAt(7, 3, 1)
    .reading(41, 120, 60)
    .anchor(30, 1_790_000_000)
    .fix(-17, 5_203_124, -1_340_512, 9)
    .record(5, [4])
    .record(6, [15, 0])
    .record(7, [12, -1, 1])
    .record(8, [0, 3])
    .record(9, [8, 4])
    .timeAt(4000)
    .changeInterval(600)
    .record(13, ['later', { a: [1] }, null, Buffer.of(1, 2)])
    .record(4_294_967_295, [])
    .reading({ reason: 0 }, { reason: 1 }, 60);
  const { records, readings, problems } = decodeJournalImage(journal.image());
  expect(records).toEqual([
    { seq: 0, powerOn: 7, monoS: 3, kind: 'POWER_ON', cause: 1 },
    { seq: 2, powerOn: 7, monoS: 30, kind: 'ANCHOR', utcS: 1_790_000_000, source: 2, boundS: 5 },
    {
      seq: 3,
      powerOn: 7,
      monoS: -17,
      kind: 'FIX',
      latDeg: 52.03124,
      lonDeg: -13.40512,
      satellites: 9,
      utcS: null,
    },
    { seq: 4, powerOn: 7, monoS: 3, kind: 'ACK', acked: 4 },
    { seq: 5, powerOn: 7, monoS: 18, kind: 'SESSION', outcome: 0 },
    { seq: 6, powerOn: 7, monoS: 4, kind: 'FAULT', code: 12, detail: -1 },
    { seq: 7, powerOn: 7, monoS: 3, kind: 'LOST', firstSeq: 0, lastSeq: 3 },
    { seq: 8, powerOn: 7, monoS: 11, kind: 'NOFIX', reason: 4 },
    { seq: 9, powerOn: 7, monoS: 4000, kind: 'TIME' },
    { seq: 10, powerOn: 7, monoS: 3700, kind: 'INTERVAL', intervalS: 600 },
    { seq: 11, powerOn: 7, monoS: 3700, kind: 'UNKNOWN', code: 13, hex: expect.stringMatching(/^850d.*f6/) },
    { seq: 12, powerOn: 7, monoS: 3700, kind: 'UNKNOWN', code: 4_294_967_295, hex: '811affffffff' },
  ]);
  expect(readings.map(({ seq, monoS }) => [seq, monoS])).toEqual([
    [1, 3],
    [13, 4300],
  ]);
  expect(readings[1]?.reasons).toEqual({ supplyC: 'not-answering', supplyRh: 'bad-check-digit' });
  expect(problems.map(({ kind }) => kind)).toEqual(['unknown-kind', 'unknown-kind']);
});

test('positions and clocks are differences within a block, each against the last that had it', () => {
  const journal = new JournalWriter().powerOnAt(1, 0);
  for (let i = 0; i < 40; i++) {
    journal.fix(300 * i + 20, 5_200_000 + i, 1_300_000 - 7 * i, 8, i % 3 ? null : 1_790_000_000 + 300 * i);
    if (i % 4 === 0) journal.anchor(300 * i + 25, 1_790_000_006 + 300 * i);
    if (i % 5 === 0) journal.kept(1, [{ seq: 0, monoS: 9, channels: [1, 2, 3] }], 7, [8, 9]);
    journal.reading(41, 120, 60);
  }
  const { records, pages } = decodeJournalImage(journal.image());
  expect(pages[0]?.blocks.length).toBeGreaterThan(2);
  const fixes = records.flatMap((record) => (record.kind === 'FIX' ? [record] : []));
  expect(fixes.map(({ latDeg, lonDeg, utcS }) => [latDeg, lonDeg, utcS])).toEqual(
    fixes.map((_, i) => [
      (5_200_000 + i) / 1e5,
      (1_300_000 - 7 * i) / 1e5,
      i % 3 ? null : 1_790_000_000 + 300 * i,
    ]),
  );
  const anchors = records.flatMap((record) => (record.kind === 'ANCHOR' ? [record] : []));
  expect(anchors.map(({ utcS }) => utcS)).toEqual(anchors.map((_, i) => 1_790_000_006 + 1200 * i));
});

test('a KEPT gives its readings with their own numbers, power-on and times', () => {
  const inputs = [
    { seq: 3, monoS: 900, channels: [41, 120, 60] },
    { seq: 15, monoS: 4500, channels: [42, 120, 59] },
    { seq: 16, monoS: 4800, channels: [{ reason: 0 }, 120, 59] },
    { seq: 40, monoS: 14_000, channels: [500, -30, 1] },
  ];
  const journal = new JournalWriter({ firstSeq: 100 }).powerOnAt(9, 0).reading(7, 7, 7);
  journal.kept(8, inputs, 1_790_000_000, [5_203_124, 1_340_512]).kept(8, inputs.slice(0, 1)).reading(7, 7, 7);
  const { records, readings, problems } = decodeJournalImage(journal.image());
  expect(problems).toEqual([]);
  expect(readings.map(bare)).toEqual(journal.readings);
  expect(records).toMatchObject([
    { kind: 'POWER_ON' },
    { seq: 102, powerOn: 9, monoS: 0, kind: 'KEPT', utcS: 1_790_000_900, latDeg: 52.03124, lonDeg: 13.40512 },
    { seq: 103, powerOn: 9, monoS: 0, kind: 'KEPT', utcS: null, latDeg: null, lonDeg: null },
  ]);
  const kept = records.flatMap((record) => (record.kind === 'KEPT' ? record.readings.map(bare) : []));
  const written = inputs.map(({ seq, monoS, channels }) => journal.valuesOf(seq, 8, monoS, channels));
  expect(kept).toEqual([...written, written[0]]);
});

test.each<[string, unknown[]]>([
  ['no reading', [1, 1, 0, null, null, null]],
  ['a first reading of differences', [1, 1, 0, null, null, null, 0]],
  ['half of a further reading', [1, 1, 0, null, null, null, Buffer.alloc(6), 1]],
  ['two readings under one number', [1, 1, 0, null, null, null, Buffer.alloc(6), 0, 0, 0]],
  ['a reading of the future', [100, 1, 0, null, null, null, Buffer.alloc(6)]],
  ['a text for a reading', [1, 1, 0, null, null, null, 'x']],
  [
    '17 readings',
    [1, 1, 0, null, null, null, Buffer.alloc(6), ...new Array(48).fill([1, 0, 0]).flat()].slice(0, 55),
  ],
])('a KEPT with %s is passed over as an unknown kind is, and gives no reading', (_, items) => {
  const journal = drift(new JournalWriter({ firstSeq: 95 }), 5).record(10, items);
  const { records, readings, problems } = decodeJournalImage(journal.image());
  expect(readings.map(bare)).toEqual(journal.readings);
  expect(records).toMatchObject([{ kind: 'UNKNOWN', code: 10 }]);
  expect(problems).toMatchObject([{ kind: 'unknown-kind' }]);
});

test('what was done at the console: who changed what, trips, and self-tests', () => {
  const journal = new JournalWriter()
    .powerOnAt(7, 3)
    .record(17, [2, 600, 300, 'J-Doe', 4])
    .record(17, [9, '(none)', '(set)', 'web', 5])
    .record(17, [20, Buffer.of(2, 255), null, 'web', 6])
    .record(18, [1, 'DU-CD-17', 'CSQU3054383', 'J-Doe', 7])
    .record(18, [0, 'DU-CD-17', '', 'J-Doe', 8])
    .record(19, [null, 'J-Doe', 9, []])
    .record(19, [
      1,
      'J-Doe',
      9,
      [
        [1, 0, 3, 0],
        [3, 1, null, 66],
      ],
    ])
    .reading(1, 2, 3);
  const { records, problems } = decodeJournalImage(journal.image());
  expect(problems).toEqual([]);
  // The row clock stands an interval in front of the first reading.
  const at = (after: number) => ({ powerOn: 7, monoS: 3 - 300 + after });
  expect(records.slice(1)).toEqual([
    { seq: 1, ...at(4), kind: 'CHANGED', key: 2, old: 600, new: 300, who: 'J-Doe' },
    { seq: 2, ...at(5), kind: 'CHANGED', key: 9, old: '(none)', new: '(set)', who: 'web' },
    { seq: 3, ...at(6), kind: 'CHANGED', key: 20, old: { hex: '02ff' }, new: null, who: 'web' },
    {
      seq: 4,
      ...at(7),
      ...{ kind: 'TRIP', started: true, trip: 'DU-CD-17', container: 'CSQU3054383', who: 'J-Doe' },
    },
    { seq: 5, ...at(8), kind: 'TRIP', started: false, trip: 'DU-CD-17', container: '', who: 'J-Doe' },
    { seq: 6, ...at(9), kind: 'TESTED', verdict: null, who: 'J-Doe', steps: [] },
    {
      seq: 7,
      ...at(9),
      kind: 'TESTED',
      verdict: 1,
      who: 'J-Doe',
      steps: [
        { step: 1, verdict: 0, value: 3, error: 0 },
        { step: 3, verdict: 1, value: null, error: 66 },
      ],
    },
  ]);
});

test.each<[string, number, unknown[]]>([
  ['a CHANGED without who', 17, [2, 600, 300, 4]],
  ['a CHANGED to an array', 17, [2, 600, [], 'web', 4]],
  ['a CHANGED with more', 17, [2, 600, 300, 'web', 4, 0]],
  ['a TRIP that is neither started nor ended', 18, [2, 'T', '', 'web', 4]],
  ['a TRIP whose name is a number', 18, [1, 7, '', 'web', 4]],
  ['a TESTED with a verdict of its own', 19, [4, 'web', 0, []]],
  ['a TESTED with a verdict below all', 19, [-1, 'web', 0, []]],
  ['a TESTED with half a step', 19, [0, 'web', 0, [[1, 0, null]]]],
  ['a TESTED whose steps are a number', 19, [0, 'web', 0, 5]],
])('%s is passed over as an unknown kind is', (_, kind, items) => {
  const { records } = decodeJournalImage(new JournalWriter().reading(1, 2, 3).record(kind, items).image());
  expect(records).toMatchObject([{ kind: 'UNKNOWN', code: kind }]);
});

test('INTERVAL spaces the readings behind it, in its block and in those that follow', () => {
  const journal = drift(new JournalWriter().powerOnAt(1, 5), 20).changeInterval(60);
  drift(journal, 200).timeAt(90_000).changeInterval(3600);
  drift(journal, 2).powerOnAt(2, 7).reading(41, 120, 60).reading(41, 120, 60);
  const { pages, records, readings, problems } = decodeJournalImage(journal.image());
  const times = readings.map(({ monoS }) => monoS);
  expect(times.slice(18, 23)).toEqual([5 + 18 * 300, 5705, 5705 + 60, 5705 + 120, 5705 + 180]);
  // TIME set the row clock to one interval of 60 s before 90 000; INTERVAL left it there.
  expect(times.slice(219)).toEqual([5705 + 200 * 60, 93_540, 97_140, 7, 3607]);
  expect(records.filter(({ kind }) => kind === 'INTERVAL')).toEqual([
    { seq: 21, powerOn: 1, monoS: 5705, kind: 'INTERVAL', intervalS: 60 },
    { seq: 223, powerOn: 1, monoS: 89_940, kind: 'INTERVAL', intervalS: 3600 },
  ]);
  const intervals = pages.flatMap(({ blocks }) => blocks.map(({ key }) => key.intervalS));
  expect([intervals.length > 3, intervals[0], intervals[1], intervals[2]]).toEqual([true, 300, 60, 60]);
  expect([readings.map(bare), problems]).toEqual([journal.readings, []]);
});

test('pages come in the order of their sequence, wherever the ring stands', () => {
  const journal = drift(new JournalWriter({ pageSize: 768 }).powerOnAt(1, 0), 900);
  expect(journal.pages.length).toBeGreaterThan(4);
  const image = decodeJournalImage(journal.image(3), { pageSize: 768 });
  const sequences = image.pages.map(({ sequence }) => sequence);
  expect(sequences).toEqual(journal.pages.map((_, index) => index + 1).slice(-3));
  expect(image.readings.map(bare)).toEqual(journal.readings.slice(-image.readings.length));
});

test('records of an earlier lap under a new page header verify nowhere', () => {
  const page = drift(new JournalWriter().powerOnAt(1, 0), 700).image().subarray(0, 4096);
  page.writeUInt32BE(17, 6);
  page.writeUInt32BE(crc32(page.subarray(0, 35)), 36);
  const { pages, readings, records, problems } = decodeJournalImage(page);
  expect([pages.length, readings, records]).toEqual([1, [], []]);
  expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['rot']));
});

test('a torn tail is told and the next block is read', () => {
  const journal = drift(new JournalWriter().powerOnAt(1, 0), 5).cutWith([0x43, 0x12]);
  drift(journal.record(7, [1, 2, 0]), 5);
  const image = decodeJournalImage(journal.image());
  expect(image.readings.map(bare)).toEqual(journal.readings);
  expect(image.problems).toMatchObject([{ kind: 'torn-tail', detail: expect.stringMatching(/^2 bytes/) }]);
});

/** The bytes of a page in the order in which they are programmed, and the cells of its first `count`. */
function programOrder(journal: JournalWriter): { at: number; byte: number; isCheck: boolean }[] {
  const { header, seal, blocks } = journal.pages[0] as (typeof journal.pages)[0];
  const put = (bytes: Iterable<number>, at: number) =>
    [...bytes].map((byte, i) => ({ at: at + i, byte, isCheck: false }));
  const order = [...put(seal, 40), ...put(header, 0)];
  let place = CHECKS;
  for (const { at, records, checks } of blocks) {
    let next = at;
    for (const [i, record] of records.entries()) {
      order.push(...put(record, next));
      next += record.length;
      if (place % 256 === 3) order.push(...put([0x59, 0x00, 0xfd], place - 3));
      order.push({ at: place, byte: checks[i] as number, isCheck: true });
      place += place % 256 === 255 ? 1 - 512 + 3 : 1;
    }
  }
  return order;
}

const oneBlock = (): JournalWriter => {
  const journal = drift(new JournalWriter(), 12).reading(41, { reason: 2 }, 44).reading(500, 120, -30);
  for (let i = 0; i < 300; i++) journal.reading(41 + (i % 2), 120, 60);
  return drift(journal.anchor(9, 1_790_000_000), 30);
};

test('whatever byte is the last that is programmed, there is every reading whose check is, and no other', () => {
  const journal = oneBlock();
  expect(journal.pages.length).toBe(1);
  const cells = Buffer.alloc(4096, 0xff);
  const blockOf = (count: number) =>
    journal.pages[0]?.blocks.map(({ checks }) => checks.length).slice(0, count);
  let checks = 0;
  for (const { at, byte, isCheck } of programOrder(journal)) {
    cells[at] = byte;
    if (isCheck) checks++;
    if (!isCheck && at % 5 > 0) continue;
    const { readings, records, pages } = decodeJournalImage(cells);
    const items = readings.length + records.length + (pages[0]?.blocks.length ?? 0);
    expect(items).toBe(checks);
    expect(readings.map(bare)).toEqual(journal.readings.slice(0, readings.length));
  }
  expect(checks).toBe((blockOf(9) ?? []).reduce((sum, count) => sum + count, 0));
});

test('a cut that scrambles the rest of its 256 bytes brings no reading to life and loses none', () => {
  const journal = oneBlock();
  const order = programOrder(journal);
  const random = randomStream(4, 'cuts');
  for (let run = 0; run < 400; run++) {
    const cut = random.int(0, order.length - 1);
    const cells = Buffer.alloc(4096, 0xff);
    for (const { at, byte } of order.slice(0, cut)) cells[at] = byte;
    const { at: from, isCheck } = order[cut] as (typeof order)[0];
    for (let at = from; at < (from & ~255) + 256; at++) cells[at] = random.int(0, 255);
    const checks = order.slice(0, cut).filter((step) => step.isCheck).length;
    const { readings, records, pages } = decodeJournalImage(cells);
    const items = readings.length + records.length + (pages[0]?.blocks.length ?? 0);
    if (from >= 57) expect(items - checks, `cut at ${from}`).toBeOneOf(isCheck ? [0, 1] : [0]);
    expect(readings.map(bare)).toEqual(journal.readings.slice(0, readings.length));
  }
});

test('a bit that flips in a page header takes the page away', () => {
  const whole = drift(new JournalWriter(), 5).image();
  for (let bit = 0; bit < 40 * 8; bit++) {
    const image = Buffer.from(whole);
    image.writeUInt8(image.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    const { pages, problems } = decodeJournalImage(image);
    expect(pages, `bit ${bit}`).toEqual([]);
    expect(problems[0]?.kind).toMatch(/^bad-header|other-format$/);
  }
});

test('a header that verifies but means nothing is no header', () => {
  const whole = drift(new JournalWriter(), 5).image();
  const changes: [number, string][] = [
    [6, '00000000'],
    [21, '0000'],
    [24, '0000'],
    [27, '00'],
    [28, '21'],
    [34, '01'],
  ];
  for (const [at, bytes] of changes) {
    const image = Buffer.from(whole);
    image.write(bytes, at, 'hex');
    image.writeUInt32BE(crc32(image.subarray(0, 35)), 36);
    expect(decodeJournalImage(image).problems[0]?.kind, `byte ${at}`).toBe('bad-header');
  }
});

test('what is wrong with a page is told with its place', () => {
  const kinds = (change: (page: Buffer) => Buffer | undefined) => {
    const page = drift(new JournalWriter(), 50).image();
    const { problems } = decodeJournalImage(change(page) ?? page);
    return problems.map(({ kind, offset }) => `${kind} ${offset}`);
  };
  expect(kinds((page) => page.fill(0, 40, 41))).toEqual(['bad-seal 40']);
  expect(kinds((page) => page.fill(0, 9 * 256 + 7, 9 * 256 + 8))).toEqual([`bad-block ${9 * 256}`]);
  expect(kinds((page) => page.fill(0, 57, 58))).toEqual(['bad-block 57']);
  expect(kinds((page) => page.fill(0xff, 0, 40))).toEqual(['bad-header 0']);
  expect(kinds((page) => page.fill(0, 15 * 256 + 30, 15 * 256 + 31))).toEqual(['bad-check 57']);
  expect(kinds((page) => page.fill(0, 120, 121))[0]).toMatch(/^rot 1\d\d$/);
  expect(kinds((page) => page.subarray(0, 2048))).toEqual(['cut-page 0']);
});

test('a page of another format is reported and not guessed at', () => {
  for (const magic of ['CR2', 'CR9']) {
    const image = drift(new JournalWriter().powerOnAt(1, 0), 5).image();
    image.write(magic, 2, 'latin1');
    const { readings, problems } = decodeJournalImage(image);
    expect(readings).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(['other-format']);
  }
});

test('any bytes give a result', () => {
  const page = drift(new JournalWriter({ pageSize: 768 }).powerOnAt(1, 0), 60)
    .image()
    .subarray(0, 768);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1600 }), fc.nat(768), (noise, from) => {
      decodeJournalImage(noise, { pageSize: 768 });
      const image = Buffer.from(page);
      image.set(noise.subarray(0, 768 - from), from);
      decodeJournalImage(image, { pageSize: 768 });
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
