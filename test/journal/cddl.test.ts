/**
 * docs/journal.cddl against pages and messages, made by the tests' writer and by the firmware, and read by a CBOR decoder
 * that knows nothing of the journal.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { JournalWriter } from '../../tools/decode/testing/write-journal.ts';
import { Schema } from './testing/cddl.ts';
import { type Item, messageItems, pageItems } from './testing/cddl-items.ts';
import { liveLife } from './testing/cddl-life.ts';

const schema = new Schema(readFileSync(new URL('../../docs/journal.cddl', import.meta.url), 'utf8'));

/** Of a self-test. */
const testSteps = [
  [1, 0, 3, 0],
  [3, 1, 3600, 66],
];

/** A journal with every kind of record and every form of reading. */
function everything(): JournalWriter {
  const journal = new JournalWriter({ firstSeq: 5000 }).powerOnAt(7, 3, 1);
  const kept = [10, 22, 90].map((seq) => ({ seq, monoS: 300 * seq, channels: [41 + seq, 120, 60] }));
  for (let round = 0; round < 12; round++) {
    for (const change of [0, 1, 4, 40, 200]) journal.reading(41, 120, 60).reading(41 + change, 120, 60);
    journal.reading({ reason: 0 }, { reason: 1 }, 60).anchor(30, 1_790_000_000);
    journal.fix(-17, 5_203_124, -1_340_512, 9).fix(-10, 5_203_000, -1_340_500, 4, 1_790_000_000);
    journal.record(5, [4]).record(6, [15, 0]).record(7, [12, -1, 1]).record(8, [0, 3]).record(9, [8, 4]);
    journal.kept(6, kept, 1_780_000_000, [5_203_124, 1_340_512]).kept(6, kept.slice(0, 1));
    journal
      .changeInterval(300 + round)
      .timeAt(4000 + round)
      .record(12, [0, 1, 26_201, -97, 7, 30, 240, 12, 2957, -40, null, 0, 0])
      .record(13, [-3, 300 + round, round % 2 === 0 ? null : 3700])
      .record(14, [round === 0 ? null : round, 0, 0, 4711, null, -5])
      .record(15, [0, 1, 0, 1, 2, 9100, 8000, 600, 7, round % 2 === 0 ? null : 9300])
      .record(16, [2, -120, 20_780, 'DKD-K-123'])
      .record(17, [2, 600, 300, 'J-Doe', 4])
      .record(17, [8, '', '#1234:0badcafe', 'web', -1])
      .record(17, [20, Buffer.of(1, 2, 3), null, 'web', 0])
      .record(18, [round % 2, 'DU-CD-17', round % 4 === 0 ? '' : 'CSQU3054383', 'J-Doe', 9])
      .record(19, [1, 'J-Doe', 30, [...testSteps, [5, 3, null, 0]]])
      .record(17, [0, 7, 8, 'web', 0])
      .record(19, [null, 'J-Doe', 30, []])
      .record(23, ['later', { a: [1] }, null, Buffer.of(1, 2)]);
  }
  return journal;
}

const journal = everything();
const page = pageItems(journal.image().subarray(0, 4096));
const message = messageItems(journal.message('CRLU1234567', 0));

const life = liveLife(20261121);
const livedPages = life.pages.flatMap(pageItems);
const livedMessages = life.messages.flatMap(messageItems);

/** What every data block begins with, and what may stand behind that. */
const kinds = [
  ...['key', 'reading', 'power-on', 'time', 'anchor', 'fix', 'ack', 'session', 'fault', 'lost', 'no-fix'],
  ...['kept', 'interval', 'radio', 'conditions', 'judged', 'alarm', 'calibrated'],
  ...['changed', 'trip', 'tested', 'later-kind'],
];

test('the schema is closed: every rule that it names is there', () => {
  for (const rule of schema.rules) expect(() => schema.matches(rule, [])).not.toThrow();
});

const sources: [string, Item[]][] = [
  ['a page', page],
  ['a message', message],
  ['the pages of a life', livedPages],
  ['the messages of a life', livedMessages],
];

test.each(sources)('every item of %s is what the schema says', (_, items) => {
  expect(items.length).toBeGreaterThan(100);
  for (const [rule, value] of items) expect(schema.matches(rule, value), JSON.stringify(value)).toBe(true);
});

test.each(sources)('every kind of record is in %s, under its rule and no other', (name, items) => {
  const found = new Set<string>();
  for (const [, value] of items.filter(([rule]) => rule === 'record' || rule === 'key')) {
    const matching = kinds.filter((rule) => schema.matches(rule, value));
    expect(matching, JSON.stringify(value)).toHaveLength(1);
    found.add(matching[0] as string);
  }
  // The firmware writes no kinds of later ones, and the scripted life neither plans sessions nor calibrates probes,
  // and nobody is at its console.
  const unlived = ['later-kind', 'radio', 'calibrated', 'changed', 'trip', 'tested'];
  expect(found).toEqual(
    new Set(name.includes('life') ? kinds.filter((kind) => !unlived.includes(kind)) : kinds),
  );
});

test('no item is left out: as many are read as were written', () => {
  const [written] = journal.pages;
  const records = written?.blocks.reduce((sum, block) => sum + block.records.length, 0) ?? 0;
  const heads = (items: readonly Item[], rule: string) => items.filter((item) => item[0] === rule).length;
  expect(page.length).toBe(2 + records + heads(page, 'check-block'));
  expect(message.length).toBe(1 + records + (written?.blocks.length ?? 0));
  expect(heads(livedPages, 'seal')).toBe(life.pages.length);
  expect(heads(livedPages, 'check-block')).toBeGreaterThan(life.pages.length);
  expect(heads(livedPages, 'key')).toBeGreaterThan(8 * (life.pages.length - 1));
});

test('a record whose last byte is FF ends there, and not before', () => {
  const items = pageItems(new JournalWriter().reading(0, 0, 0).reading(0, 0, -128).image());
  expect(items.filter(([rule]) => rule === 'record')).toEqual([
    ['record', Buffer.of(0x40, 0, 0x40, 0, 0x40, 0)],
    ['record', Buffer.of(0, 0, 0xff)],
  ]);
});

/** No text may be as long. */
const LONG_TEXT = 'x'.repeat(70);

/** Ways to spoil an item, none of which leaves it what it was. */
function spoilt(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [24, -25, null, 'x', Buffer.alloc(254), [], [-1]];
  const each = value.flatMap((_, i) => [LONG_TEXT, 2 ** 32, 0.5, {}].map((other) => value.with(i, other)));
  return [...each, value.slice(0, -1), [...value, 0], [], Buffer.alloc(17)];
}

test('an item with a field too few, too many, of another type or out of range is none', () => {
  const isOpen = ([, value]: Item) => schema.matches('later-kind', value) || schema.matches('judged', value);
  for (const [rule, value] of [...page, ...message].filter((item) => !isOpen(item) && item[0] !== 'checks')) {
    for (const other of spoilt(value)) {
      expect(schema.matches(rule, other), `${rule} ${JSON.stringify(other)}`).toBe(false);
    }
  }
});

test('what the decoder takes for a record is one by the schema', () => {
  const item = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -3, max: 30 }) },
    fc.constantFrom(null, 4_294_967_295, 4_294_967_296, 'text', [1], 0.5),
    fc.uint8Array({ minLength: 1, maxLength: 7 }).map((bytes) => Buffer.from(bytes)),
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.nat(21), fc.array(item, { maxLength: 13 }), (kind, items) => {
      const { records } = decodeJournalImage(new JournalWriter({ firstSeq: 99 }).record(kind, items).image());
      // What is passed over as unknown may be a known kind with other items.
      const known = records.filter((record) => record.kind !== 'UNKNOWN' || record.code > 19);
      taken += known.length;
      if (known.length > 0) expect(schema.matches('record', [kind, ...items])).toBe(true);
    }),
    { numRuns: 3000, seed: 20261121 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('the answer of the collector', () => {
  for (const answer of [
    [1, 0],
    [1, 300, 1_795_262_400],
  ])
    expect(schema.matches('answer', answer)).toBe(true);
  for (const other of [[2, 0], [1], [1, -1], [1, 2 ** 32], [1, 0, -1], [1, 0, 0, 0]]) {
    expect(schema.matches('answer', other)).toBe(false);
  }
});
