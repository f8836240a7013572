/** docs/journal.cddl against pages and messages, read by a CBOR decoder that knows nothing of the journal. */
import { readFileSync } from 'node:fs';
import { decode, decodeMultiple } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { JournalWriter } from '../../tools/decode/testing/write-journal.ts';
import { Schema } from './testing/cddl.ts';

const schema = new Schema(readFileSync(new URL('../../docs/journal.cddl', import.meta.url), 'utf8'));

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
    journal.timeAt(4000 + round).record(23, ['later', { a: [1] }, null, Buffer.of(1, 2)]);
  }
  return journal;
}

const journal = everything();
const page = journal.image().subarray(0, 4096);
const blocks = journal.pages[0]?.blocks ?? [];

/** The items of a page by the rule of docs/journal.cddl that they must follow. */
function pageItems(): [rule: string, value: unknown][] {
  const head = decodeMultiple(page.subarray(0, 60)) as unknown[];
  const checkBlocks = [15, 14].map((block) => decode(page.subarray(256 * block, 256 * (block + 1))));
  return [
    ['page-header', head[0]],
    ['seal', head[1]],
    ...blocks.flatMap(({ records }) => blockItems(Buffer.concat(records))),
    ...checkBlocks.map((block): [string, unknown] => ['check-block', block]),
  ];
}

function blockItems(bytes: Buffer): [rule: string, value: unknown][] {
  const [key, ...records] = decodeMultiple(bytes) as unknown[];
  return [['key', key], ...records.map((record): [string, unknown] => ['record', record])];
}

function messageItems(): [rule: string, value: unknown][] {
  const [header, ...rest] = decodeMultiple(journal.message('CRLU1234567', 0)) as unknown[];
  const items: [string, unknown][] = [['message-header', header]];
  for (const { records } of blocks) {
    const [checks, key, ...others] = rest.splice(0, 1 + records.length);
    items.push(
      ['checks', checks],
      ['key', key],
      ...others.map((other): [string, unknown] => ['record', other]),
    );
  }
  expect(rest).toEqual([]);
  return items;
}

test('the schema is closed: every rule that it names is there', () => {
  for (const rule of schema.rules) expect(() => schema.matches(rule, [])).not.toThrow();
});

test.each([
  ['page', pageItems()],
  ['message', messageItems()],
])('every item of a %s is what the schema says', (_, items) => {
  expect(items.length).toBeGreaterThan(100);
  for (const [rule, value] of items) expect(schema.matches(rule, value), JSON.stringify(value)).toBe(true);
});

test('every kind of record has its rule, and is of no other', () => {
  const rules = ['power-on', 'time', 'anchor', 'fix', 'ack', 'session', 'fault', 'lost', 'no-fix', 'kept'];
  const all = ['reading', ...rules, 'later-kind', 'key'];
  const found = new Set<string>();
  for (const [, value] of pageItems().filter(([rule]) => rule === 'record' || rule === 'key')) {
    const matching = all.filter((rule) => schema.matches(rule, value));
    expect(matching, JSON.stringify(value)).toHaveLength(1);
    found.add(matching[0] as string);
  }
  expect(found).toEqual(new Set(all));
});

/** Ways to spoil an item, none of which leaves it what it was. */
function spoilt(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [24, -25, null, 'x', Buffer.alloc(254), [], [-1]];
  const each = value.flatMap((_, i) => ['', 2 ** 32, 0.5, {}].map((other) => value.with(i, other)));
  return [...each, value.slice(0, -1), [...value, 0], [], Buffer.alloc(17)];
}

test('an item with a field too few, too many, of another type or out of range is none', () => {
  const items = [...pageItems(), ...messageItems()];
  const isOpen = ([, value]: [string, unknown]) => Array.isArray(value) && (value[0] as number) > 10;
  for (const [rule, value] of items.filter((item) => !isOpen(item) && item[0] !== 'checks')) {
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
    fc.property(fc.nat(12), fc.array(item, { maxLength: 12 }), (kind, items) => {
      const { records } = decodeJournalImage(new JournalWriter({ firstSeq: 99 }).record(kind, items).image());
      taken += records.length;
      if (records.length > 0) expect(schema.matches('record', [kind, ...items])).toBe(true);
    }),
    { numRuns: 3000, seed: 20261121 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('the answer of the collector', () => {
  expect(schema.matches('answer', [1, 0])).toBe(true);
  for (const other of [[2, 0], [1], [1, -1], [1, 2 ** 32], [1, 0, 0]]) {
    expect(schema.matches('answer', other)).toBe(false);
  }
});
