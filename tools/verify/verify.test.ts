import { encode } from 'cbor-x';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { JOURNAL_TORN, JOURNAL_VERIFY } from '../../hal/faults.ts';
import { JournalWriter } from '../decode/testing/write-journal.ts';
import { ColdrailError } from '../errors/error.ts';
import { configPage } from '../provision/config-page.ts';
import { randomStream } from '../sim/random.ts';
import { sealImage, TEST_KEY } from './testing/seal-image.ts';
import { explain } from './text.ts';
import { type Verification, verifyImage } from './verify.ts';

const PAGE = 4096;
const FAULT = 7;
const LOST = 8;

/** Two pages, of which the first is full enough; the second goes on with `more`. */
function journal(more: (writer: JournalWriter) => unknown = () => {}, ringPages = 4): Buffer {
  const writer = new JournalWriter({ ringPages }).powerOnAt(1, 0).anchor(10, 1_795_262_400);
  for (let i = 0; i < 40; i++) writer.reading(40 + (i % 3), 170, 60);
  writer.startPage();
  for (let i = 0; i < 10; i++) writer.reading(41, 170 + i, 60);
  more(writer);
  const image = Buffer.alloc(ringPages * PAGE, 0xff);
  writer.image(ringPages).copy(image);
  return sealImage(image);
}

const verify = (image: Uint8Array): Verification => verifyImage(image, TEST_KEY);
const detailsOf = ({ findings }: Verification): string => findings.map(({ detail }) => detail).join('\n');
const kindsOf = ({ findings }: Verification): string[] => findings.map(({ kind }) => kind);

function idOf(image: Uint8Array): string {
  try {
    verify(image);
  } catch (error) {
    if (error instanceof ColdrailError) return `${error.id} ${error.exitCode}`;
    throw error;
  }
  return 'none';
}

test('a log sealed by docs/journal.md alone proves', () => {
  const result = verify(journal());
  expect(detailsOf(result)).toBe('');
  expect(result).toMatchObject({
    verdict: 'proven',
    ring: { offset: 0, pages: 4 },
    held: { firstPage: 1, lastPage: 2 },
    sealed: [{ firstPage: 1, lastPage: 1, records: { count: 42, firstSeq: 0, lastSeq: 41 } }],
    newest: { firstPage: 2, offset: PAGE, records: { count: 10, firstSeq: 42, lastSeq: 51 } },
  });
  expect(result.sealed[0]?.times?.first.utc).toBe('2026-11-21T11:59:50.000Z');
});

test('the times of what is sealed come from clocks that are sealed', () => {
  const writer = new JournalWriter({ ringPages: 4 }).powerOnAt(1, 0).reading(40, 170, 60).startPage();
  const image = sealImage(writer.anchor(10, 1_795_262_400).reading(40, 170, 60).image(4));
  const { sealed, newest } = verify(image);
  expect(sealed[0]?.times?.first).toMatchObject({ seq: 0, powerOn: 1, monoS: 0, utc: null });
  expect(newest?.times?.first.utc).toBe('2026-11-21T12:00:00.000Z');
});

describe('rubbish in the newest page', () => {
  const junk = [0x83, 0x07, 0x01, 0x00];

  test('is in order where a fault behind it counts its bytes, and so are the numbers skipped for them', () => {
    const result = verify(
      journal((w) => w.cutWith(junk).record(FAULT, [JOURNAL_TORN, 4, 0]).reading(1, 2, 3)),
    );
    expect(detailsOf(result)).toBe('');
    expect(result).toMatchObject({ verdict: 'proven', skipped: [{ firstSeq: 52, lastSeq: 55 }] });
    expect(explain('x', result).join('\n')).toContain('skipped behind a power cut, as the log says: 52-55');
  });

  test('is in order where what the tracker writes of its own accord comes first', () => {
    const result = verify(
      journal((w) => w.cutWith(junk).record(LOST, [3, 9]).record(FAULT, [JOURNAL_TORN, 4, 0])),
    );
    expect(result).toMatchObject({ verdict: 'proven', lost: [{ firstSeq: 3, lastSeq: 9 }] });
  });

  test.each([
    ['counts other bytes', (w: JournalWriter) => w.record(FAULT, [JOURNAL_TORN, 5, 0])],
    ['comes behind a reading', (w: JournalWriter) => w.reading(1, 2, 3).record(FAULT, [JOURNAL_TORN, 4, 0])],
    ['is another one', (w: JournalWriter) => w.record(FAULT, [20, 4, 0])],
  ])('is not in order where the fault %s', (_, more) => {
    const result = verify(journal((w) => more(w.cutWith(junk))));
    expect(kindsOf(result).sort()).toEqual(['missing-records', 'rubbish']);
    expect(detailsOf(result)).toContain('Missing: records 52 to 55');
    expect(detailsOf(result)).toContain('no record behind them says that a power cut left them');
  });

  test('is not in order at the end of the log, and the next start will explain it', () => {
    const result = verify(journal((w) => w.reading(1, 2, 3).cutWith(junk)));
    expect(kindsOf(result)).toEqual(['rubbish']);
    expect(detailsOf(result)).toContain('the next start of the tracker will say so in the log');
  });

  test('is in order in a block that was given up as worn, which takes no numbers', () => {
    const worn = (w: JournalWriter): unknown => {
      w.cutWith(junk);
      w.seq -= junk.length;
      return w.record(FAULT, [JOURNAL_VERIFY, 1, 0]).reading(1, 2, 3);
    };
    expect(detailsOf(verify(journal(worn)))).toBe('');
  });

  test('is in order as it is once the page is sealed', () => {
    const image = journal((w) => w.cutWith(junk).reading(1, 2, 3).startPage().reading(1, 2, 3));
    const result = verify(image);
    expect(detailsOf(result)).toBe('');
    expect(result.skipped).toEqual([{ firstSeq: 52, lastSeq: 55 }]);
  });
});

test('numbers that are skipped for no reason are missing, sealed or not', () => {
  const gap = (w: JournalWriter): unknown => {
    w.startPage();
    w.seq += 7;
    return w.reading(1, 2, 3).startPage().reading(1, 2, 3);
  };
  const result = verify(journal(gap));
  expect(detailsOf(result)).toContain('Missing: records 52 to 58');
  expect(result.verdict).toBe('not proven');
});

test('a number that comes again is told', () => {
  const again = (w: JournalWriter): unknown => {
    w.startPage();
    w.seq -= 3;
    return w.reading(1, 2, 3);
  };
  expect(detailsOf(verify(journal(again)))).toContain('Record 49 comes a second time, in page 3');
});

describe('the first seal', () => {
  test('must be none where there is no page before', () => {
    const image = new JournalWriter({ ringPages: 4 }).powerOnAt(1, 0).image(4);
    expect(detailsOf(verify(image))).toBe('');
    image[45] = 1;
    expect(detailsOf(verify(image))).toContain('Page 1 has a seal in it, though there is no page before it');
  });

  test('must be a byte string, though the page that it vouches for is gone', () => {
    const writer = new JournalWriter({ ringPages: 2, firstPageSequence: 7 });
    const image = writer.powerOnAt(1, 0).image(2);
    image[40] = 0x51;
    expect(kindsOf(verify(image))).toEqual(['seal']);
  });
});

describe('places of the ring', () => {
  test('that hold rubbish are told, the one behind the newest page as what a power cut may leave', () => {
    const image = journal();
    image[2 * PAGE + 100] = 0;
    expect(detailsOf(verify(image))).toMatch(/place 2 of the ring of 4, next behind the newest page/);
    image[2 * PAGE + 100] = 0xff;
    image[3 * PAGE + 100] = 0;
    expect(detailsOf(verify(image))).toMatch(/place 3 of the ring of 4\. No header verifies there/);
  });

  test('that are erased where the ring was full are told, whatever the newest page says of worn ones', () => {
    const writer = new JournalWriter({ ringPages: 4, firstPageSequence: 5 }).powerOnAt(1, 0).startPage();
    const image = sealImage(writer.reading(1, 2, 3).record(FAULT, [JOURNAL_VERIFY, 9, 0]).image(4));
    expect(detailsOf(verify(image))).toContain('Erased: place 3 of the ring of 4');
  });

  test('of a later format are told', () => {
    const image = journal();
    image.set(Buffer.from('8863435232', 'hex'), 3 * PAGE);
    expect(kindsOf(verify(image))).toEqual(['later-format']);
  });
});

describe('the configuration in front of the ring', () => {
  const copy = (generation: number): Uint8Array =>
    configPage({ ...DEFAULT_CONFIG, deviceId: 'box-7', deviceKey: new Uint8Array(TEST_KEY) }, generation);

  function region(first: Uint8Array | null, second: Uint8Array | null): Buffer {
    const image = Buffer.concat([Buffer.alloc(2 * PAGE, 0xff), journal()]);
    if (first) image.set(first, 0);
    if (second) image.set(second, PAGE);
    return image;
  }

  test('is in order with two copies, one, or none', () => {
    for (const image of [region(copy(8), copy(7)), region(null, copy(1)), region(null, null)])
      expect(detailsOf(verify(image))).toBe('');
    expect(verify(region(copy(8), null))).toMatchObject({
      verdict: 'proven',
      ring: { offset: 2 * PAGE },
      configuration: [
        { page: 0, offset: 0, state: 'verified', generation: 8 },
        { page: 1, offset: PAGE, state: 'erased', generation: null },
      ],
    });
  });

  test('is not in order where a copy is torn', () => {
    const torn = copy(8).subarray(0, 40);
    const result = verify(region(copy(7), torn));
    expect(kindsOf(result)).toEqual(['configuration']);
    expect(detailsOf(result)).toContain(
      'Configuration, page 1: The copy of the configuration does not verify',
    );
  });

  test('notices a flipped bit anywhere, behind a copy and in an erased page too', () => {
    const image = region(copy(7), null);
    const missed: number[] = [];
    for (let bit = 0; bit < 2 * PAGE * 8; bit += bit < 120 * 8 ? 1 : 61) {
      const at = bit >> 3;
      image[at] = (image[at] as number) ^ (1 << (bit & 7));
      if (!kindsOf(verify(image)).includes('configuration')) missed.push(bit);
      image[at] = (image[at] as number) ^ (1 << (bit & 7));
    }
    expect(missed).toEqual([]);
  });

  /** The region with a configuration in both pages, or none, and this in the strip of the boot guard (docs/config.md). */
  function withStrip(marks: string, settled: string, configured: boolean): Buffer {
    const image = configured ? region(copy(8), copy(7)) : region(null, null);
    image.write(marks.padEnd(32, 'f') + settled.padEnd(32, 'f'), PAGE - 32, 'hex');
    return image;
  }

  test.each([
    ['no boot yet', '', ''],
    ['a first boot that is under way', 'fe', ''],
    ['a boot that went well', 'fe', 'fe'],
    ['three that failed, in safe mode', 'f8', ''],
    ['11 boots, two of which failed at last', '00f8', '00fe'],
    ['a strip that is full', '00'.repeat(16), '00'.repeat(16)],
    ['a strip that is full, and the last boot failed', '00'.repeat(16), `${'00'.repeat(15)}80`],
  ])('is in order with marks of the boot guard: %s', (_, marks, settled) => {
    for (const configured of [true, false])
      expect(detailsOf(verify(withStrip(marks, settled, configured)))).toBe('');
  });

  test.each([
    ['a bit out of the row', 'fd', ''],
    ['a mark behind a byte that has room', 'fffe', ''],
    ['more settled than made', 'fe', 'fc'],
    ['settled out of the row', 'fc', 'fd'],
    ['four failures', 'f0', ''],
    ['rubbish', '5a03c1', '77'],
  ])('is not in order with anything else in the strip: %s', (_, marks, settled) => {
    for (const configured of [true, false]) {
      const { findings } = verify(withStrip(marks, settled, configured));
      expect(findings).toMatchObject([{ kind: 'configuration', offset: PAGE - 32 }]);
      expect(findings[0]?.detail).toContain('Configuration, page 0: The strip of the boot guard');
    }
  });

  test('has the strip of the PIN in the second page, with as many wrong ones as there are', () => {
    const image = region(copy(8), copy(7));
    image.fill(0, 2 * PAGE - 32, 2 * PAGE - 16);
    expect(detailsOf(verify(image))).not.toContain('Configuration');
    image.writeUInt8(0xfd, 2 * PAGE - 16);
    expect(detailsOf(verify(image))).toContain('Configuration, page 1: The strip of the PIN');
  });

  test('shows no key', () => {
    const result = verify(region(copy(8), copy(7)));
    const shown = JSON.stringify(result) + explain('x', result).join();
    expect(shown).not.toContain(TEST_KEY.toString('hex').slice(0, 16));
  });
});

test('bytes around the region are told, as nobody has examined them', () => {
  const image = Buffer.concat([Buffer.alloc(3 * PAGE, 0xff), journal(), Buffer.alloc(100, 0xff)]);
  expect(verify(image).findings).toMatchObject([
    { kind: 'outside', offset: 0 },
    { kind: 'outside', offset: 7 * PAGE },
  ]);
});

describe('nothing to prove', () => {
  const message = new JournalWriter().powerOnAt(1, 0).reading(1, 2, 3).message('box-7');

  test.each([
    ['an empty file', Buffer.alloc(0), 'verify.nothing 2'],
    ['erased flash', Buffer.alloc(3 * PAGE, 0xff), 'verify.nothing 2'],
    ['text', Buffer.from('seq,temperature\n1,4.0\n'), 'verify.nothing 2'],
    ['a configuration', Buffer.from(configPage(DEFAULT_CONFIG, 1)), 'verify.nothing 2'],
    ['an uplink message', message, 'verify.message 2'],
    ['a damaged uplink message', message.subarray(0, -2), 'verify.message 2'],
    [
      'a header item of a message',
      encode([1, 'box-7', 1, 16, 0, 100, 500, Buffer.of(1)]),
      'verify.message 2',
    ],
    [
      'a page of a later format',
      Buffer.concat([Buffer.from('8863435232', 'hex'), Buffer.alloc(PAGE)]),
      'verify.later-format 2',
    ],
  ])('%s', (_, bytes, id) => expect(idOf(bytes)).toBe(id));

  test('noise', () => {
    const random = randomStream(3, 'noise');
    const noise = Buffer.from(Array.from({ length: 64 * 1024 }, () => random.int(0, 255)));
    expect(idOf(noise)).toBe('verify.nothing 2');
    expect(idOf(Buffer.concat(Array.from({ length: 256 }, () => noise)))).toBe('verify.nothing 2');
  });
});

test('any bytes behind good headers give a verdict', () => {
  const random = randomStream(5, 'pages');
  for (let run = 0; run < 200; run++) {
    const image = journal((w) => w.startPage().reading(1, 2, 3));
    for (let i = random.int(1, 400); i > 0; i--) image[random.int(0, image.length - 1)] = random.int(0, 255);
    if (idOf(image) === 'none') expect(verify(image).verdict).toBe('not proven');
  }
});
