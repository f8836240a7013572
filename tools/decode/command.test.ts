import { encode } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { ColdrailError } from '../errors/error.ts';
import { configPage } from '../provision/config-page.ts';
import { randomStream } from '../sim/random.ts';
import { decodeAny } from './command.ts';
import { JournalWriter } from './testing/write-journal.ts';

function journal(): JournalWriter {
  const writer = new JournalWriter({ intervalS: 600, firstSeq: 50 }).powerOnAt(1, 0);
  writer.reading(52, 182, { reason: 0 }).anchor(10, 1_795_262_400).record(5, [40]);
  return writer;
}

/** The raw region of a tracker: the configuration, and behind it the journal. */
function region(writer = journal()): Buffer {
  const bytes = Buffer.alloc(4 * 4096, 0xff);
  bytes.set(configPage({ ...DEFAULT_CONFIG, deviceId: 'box-7' }, 1), 0);
  bytes.set(writer.image(), 2 * 4096);
  return bytes;
}

const parsed = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line));

function idOf(bytes: Uint8Array): string {
  try {
    decodeAny(bytes, 'cbor');
    decodeAny(bytes);
  } catch (error) {
    if (error instanceof ColdrailError) return error.id;
    throw error;
  }
  return 'none';
}

test('the raw region of a tracker gives its records in order, and its configuration is no journal page', () => {
  const { lines, problems } = decodeAny(region());
  expect(problems).toEqual([]);
  expect(parsed(lines)).toMatchObject([
    { seq: 50, kind: 'POWER_ON' },
    { seq: 51, kind: 'READING', supplyC: 5.2, supplyRh: 91, returnC: null, utc: '2026-11-21T11:59:50.000Z' },
    { seq: 52, kind: 'ANCHOR', utc: '2026-11-21T12:00:00.000Z' },
    { seq: 53, kind: 'ACK', utc: null, utcErrorS: null },
  ]);
});

test('each time comes with its bound, and each reading with the age of the last position', () => {
  const writer = journal().fix(20, 5_200_000, 1_340_000, 7).reading(52, 182, 60).reading(52, 182, 60);
  const lines = parsed(decodeAny(region(writer)).lines);
  // 5 s of the anchor at 10 s, 1 s of the row clock, and a twentieth of the distance.
  expect(lines).toMatchObject([
    { seq: 50, utcErrorS: 7 },
    { seq: 51, utcErrorS: 7, fixAgeS: null },
    { seq: 52, utcErrorS: 6 },
    { seq: 53, utcErrorS: null },
    { seq: 54, kind: 'FIX', utcErrorS: 7 },
    { seq: 55, kind: 'READING', monoS: 600, utcErrorS: 36, fixAgeS: 580 },
    { seq: 56, kind: 'READING', monoS: 1200, utcErrorS: 66, fixAgeS: 1180 },
  ]);
});

test('an anchor that a better one contradicts says so, and dates nothing', () => {
  const writer = journal().fix(20, 5_200_000, 1_340_000, 7, 1_795_266_010);
  expect(parsed(decodeAny(region(writer)).lines)).toMatchObject([
    { seq: 50 },
    { seq: 51, utc: '2026-11-21T12:59:50.000Z' },
    { seq: 52, kind: 'ANCHOR', contradicted: true, utcS: 1_795_262_400, utc: '2026-11-21T13:00:00.000Z' },
    { seq: 53 },
    { seq: 54, kind: 'FIX', utc: '2026-11-21T13:00:10.000Z' },
  ]);
});

test('readings that a KEPT holds have lines of their own, dated by its clock, each once', () => {
  const kept = [10, 12].map((seq) => ({ seq, monoS: 600 * seq, channels: [40 + seq, 120, 60] }));
  const writer = journal().kept(7, kept, 1_795_000_000).kept(7, kept.slice(0, 1));
  const lines = parsed(decodeAny(region(writer)).lines);
  expect(lines).toMatchObject([
    { seq: 10, kind: 'READING', powerOn: 7, supplyC: 5, utc: new Date(1_795_006_000_000).toISOString() },
    { seq: 12, kind: 'READING', powerOn: 7, supplyC: 5.2, utc: new Date(1_795_007_200_000).toISOString() },
    { seq: 50 },
    { seq: 51 },
    { seq: 52 },
    { seq: 53 },
    { seq: 54, kind: 'KEPT', readings: [10, 12], utc: null },
    { seq: 55, kind: 'KEPT', readings: [10], utc: null },
  ]);
});

test('a damaged page is told with its place', () => {
  const bytes = region();
  bytes[2 * 4096 + 0x51] = 0;
  const { problems } = decodeAny(bytes);
  expect(problems[0]).toMatch(/^rot at byte 82\d\d: /);
});

test('the same problem on page behind page is told once', () => {
  const bytes = Buffer.concat([journal().image(), Buffer.alloc(100 * 4096, 7)]);
  const { problems } = decodeAny(bytes);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^bad-header at byte 4096: .* 99 more places, the last at byte 409600\.$/);
});

test('messages give lines that name their device', () => {
  const bytes = Buffer.concat([journal().message('D1'), journal().message('D2')]);
  expect(parsed(decodeAny(bytes).lines).map((line) => Object.values(line as object)[0])).toEqual([
    ...new Array(4).fill('D1'),
    ...new Array(4).fill('D2'),
  ]);
});

test('messages before a damaged one are read, and its place is told', () => {
  const message = journal().message('D1');
  const { lines, problems } = decodeAny(Buffer.concat([message, message.subarray(0, -2)]));
  expect(lines).toHaveLength(4);
  expect(problems).toEqual([expect.stringContaining(`message at byte ${message.length}: `)]);
});

test('an anchor in one message dates the readings of another', () => {
  const before = new JournalWriter().powerOnAt(1, 0).reading(1, 2, 3).startPage().anchor(10, 1_795_262_410);
  const bytes = Buffer.concat([before.message('D1', 0), before.message('D1', 1)]);
  expect(parsed(decodeAny(bytes).lines)[1]).toMatchObject({ seq: 1, utc: '2026-11-21T12:00:00.000Z' });
});

test('every item of a page in diagnostic notation, behind its offset', () => {
  const { lines, problems } = decodeAny(region(), 'cbor');
  expect(problems).toEqual([]);
  expect(lines.slice(0, -1)).toEqual([
    expect.stringMatching(/^00002000 {2}\["CR1", 1, 16, 50, 100, 500, h'0111020000000000', \d+\]$/),
    `00002028  h'${'00'.repeat(16)}'`,
    '00002039  [0, 3843, 50, 0, 0, 600, 50, null, 0, null]',
    '0000204a  [1, 1, 0, 0]',
    "0000204f  h'403440b6ffe0'",
    '00002056  [3, 10, 1795262390, 2, 5]',
    '00002060  [5, 40]',
  ]);
  expect(lines.at(-1)).toMatch(/^00002f00 {2}h'[0-9a-f]{10}(ff){248}'$/);
});

test('every item of messages in diagnostic notation, behind its offset', () => {
  const message = journal().message('D1');
  const { lines } = decodeAny(Buffer.concat([message, message]), 'cbor');
  expect(lines.map((line) => line.slice(10))).toMatchObject([
    ...['[1, "D1", 1, 16, 50, 100, 500, h\'011102\']', expect.stringMatching(/^h'[0-9a-f]{10}'$/)],
    ...['[0, 3843, 50, 0, 0, 600, 50, null, 0, null]', '[1, 1, 0, 0]', "h'403440b6ffe0'"],
    ...['[3, 10, 1795262390, 2, 5]', '[5, 40]'],
    ...lines.slice(7).map((line) => line.slice(10)),
  ]);
  expect(lines).toHaveLength(14);
  expect(Number.parseInt(lines[7]?.slice(0, 8) ?? '', 16)).toBe(message.length);
});

test('what is neither an image nor a message is refused, in either form', () => {
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 89) & 255);
  for (const bytes of [new Uint8Array(0), new Uint8Array(9).fill(255), noise, Uint8Array.of(0x85, 1, 2)])
    expect(idOf(bytes)).toBe('decode.nothing');
  expect(idOf(encode([2, 'D1']))).toBe('decode.nothing');
  expect(idOf(journal().message('D1').subarray(0, -1))).toBe('decode.message-block');
});

test('a journal of a later format is named as one, unless there are pages of ours beside it', () => {
  const later = journal().image();
  later.write('CR3', 2, 'latin1');
  expect(idOf(later)).toBe('decode.later-format');
  const { lines, problems } = decodeAny(Buffer.concat([later, journal().image()]));
  expect(lines).toHaveLength(4);
  expect(problems).toEqual([expect.stringMatching(/^other-format at byte 0: /)]);
});

test('half a page says that its checks are missing, and gives nothing', () => {
  const { lines, problems } = decodeAny(journal().image().subarray(0, 2048));
  expect(lines).toEqual([]);
  expect(problems[0]).toMatch(/^cut-page at byte 0: .* 2048 bytes/);
});

test('a large file of noise, or of one byte, is answered', () => {
  const bytes = Buffer.alloc(100 * 1024 * 1024);
  for (const byte of [0x00, 0x81, 0x9b, 0xff]) expect(idOf(bytes.fill(byte))).toBe('decode.nothing');
  const random = randomStream(7, 'noise');
  const noise = Buffer.from(Array.from({ length: 65536 }, () => random.int(0, 255)));
  expect(idOf(bytes.fill(noise))).toBe('decode.nothing');
  journal().image().copy(bytes, 4096);
  expect(decodeAny(bytes)).toMatchObject({ lines: { length: 4 }, problems: { length: 1 } });
});

test('any bytes are printed or refused in either form', () => {
  const page = journal().image();
  const message = journal().message('D1');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), fc.boolean(), (noise, at, inPage) => {
      const bytes = Buffer.from(inPage ? page : message);
      bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
      idOf(bytes);
      idOf(noise);
    }),
    { numRuns: 500 },
  );
});
