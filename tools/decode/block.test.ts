import { crc32 } from 'node:zlib';
import { encode } from 'cbor-x';
import { expect, test } from 'vitest';
import { blockLayout, checksOf, walkDataBlock } from './page.ts';
import { readPageHeader } from './page-header.ts';
import { JournalWriter } from './testing/write-journal.ts';

const KEY_AT = 57;
const CHECKS = 15 * 256 + 3;

function headerOf(page: Uint8Array) {
  const header = readPageHeader(page, 0);
  if (typeof header === 'string') throw new Error(header);
  return header;
}

/** How many records of a block are believed, the KEY counted. */
function believed(page: Uint8Array, block = 0): number {
  return walkDataBlock(page, block, headerOf(page)).believed;
}

/** A page with a KEY and readings in its first block, `items` in all. */
function pageOf(items: number): Buffer {
  const journal = new JournalWriter();
  for (let i = 1; i < items; i++) journal.reading(40 + 7 * (i % 5), 120, 60 + i);
  // Nothing but a reading opens a page.
  return items === 1 ? keyOnly() : journal.image();
}

function keyOnly(): Buffer {
  const page = new JournalWriter().reading(40, 120, 60).image();
  const { items } = walkDataBlock(page, 0, headerOf(page));
  page.fill(0xff, items[1]?.at, items[1]?.end);
  page[CHECKS + 1] = 0xff;
  return page;
}

const counts = [1, 2, 3, 4, 5, 6, 7, 12];

test('a block as it was written is believed, from the KEY alone on', () => {
  for (const items of counts) expect(believed(pageOf(items)), `${items} items`).toBe(items);
});

test('a check that is missing ends the block: the record was under way', () => {
  for (const items of counts) {
    for (let at = 0; at < items; at++) {
      const page = pageOf(items);
      page[CHECKS + at] = 0xff;
      expect(believed(page), `${at} of ${items}`).toBe(at);
    }
  }
});

test('a check that has changed: of the last record, it was under way; of one before, three must vouch', () => {
  for (const items of counts) {
    for (let at = 0; at < items; at++) {
      const page = pageOf(items);
      page[CHECKS + at] = page[CHECKS + at] === 0x55 ? 0xaa : 0x55;
      // Three that agree stand behind it; it is the last; three stand before it; fewer do.
      const expected = at < items - 3 ? items : at === items - 1 ? at : at >= 3 ? at - 2 : 0;
      expect(believed(page), `${at} of ${items}`).toBe(expected);
    }
  }
});

test('a record that has changed takes with it what stands behind, and two before for which fewer than three vouch', () => {
  for (const items of [5, 6, 7, 12]) {
    const { items: written } = walkDataBlock(pageOf(items), 0, headerOf(pageOf(items)));
    for (let at = 1; at < items; at++) {
      const page = pageOf(items);
      // A bit of the last byte: the record keeps its length.
      const last = (written[at]?.end as number) - 1;
      page[last] = (page[last] as number) ^ 1;
      const expected = at === items - 1 ? at : at >= 3 ? at - 2 : 0;
      const walk = walkDataBlock(page, 0, headerOf(page));
      expect([walk.believed, walk.rotten], `${at} of ${items}`).toEqual([expected, at < items - 1]);
    }
  }
});

test('what is believed of a damaged block is what was written', () => {
  const whole = walkDataBlock(pageOf(12), 0, headerOf(pageOf(12))).block;
  const page = pageOf(12);
  page[CHECKS + 9] = 0x55;
  const walk = walkDataBlock(page, 0, headerOf(page));
  expect(walk.block).toEqual({ ...whole, readings: whole?.readings.slice(0, 6) });
  expect(walk.end).toBe(walk.items[6]?.end);
});

test('noise behind the last record, without checks, costs nothing', () => {
  const page = pageOf(7);
  const { end } = walkDataBlock(page, 0, headerOf(page));
  for (let at = end; at < 256; at++) page[at] = (at * 89) & 255;
  expect(believed(page)).toBe(7);
});

test('checks go on in the check block below, behind its head', () => {
  const journal = new JournalWriter();
  for (let i = 0; i < 400; i++) journal.reading(40, 120, 60);
  const page = journal.image();
  const [first, second] = journal.pages[0]?.blocks ?? [];
  const records = second?.records.length as number;
  const inTheFirst = 253 - (first?.records.length as number);
  expect(inTheFirst).toBeGreaterThan(0);
  expect(records).toBeGreaterThan(inTheFirst);
  expect(believed(page, 1)).toBe(records);

  const below = 14 * 256 + 3;
  page[below] = 0xff;
  expect(believed(page, 1)).toBe(inTheFirst);
  page[14 * 256] = 0;
  expect(believed(journal.image(), 1)).toBe(records);
});

test('the head of a check block is not asked for: its checks speak for themselves', () => {
  const page = pageOf(5);
  page[15 * 256] = 0x11;
  expect(believed(page)).toBe(5);
});

/** A page whose first KEY names `place` for its check, which stands there. */
function keyNaming(place: number): Buffer {
  const page = pageOf(5);
  page.writeUInt16BE(place, KEY_AT + 3);
  for (let check = 0; check < 256; check++) {
    if (place < 4096) page[place] = check;
    if (believed(page) > 0) break;
  }
  return page;
}

test.each([
  ['behind the head of a check block', 9 * 256 + 3, 1],
  ['last in a check block', 9 * 256 + 255, 1],
  ['in the head of a check block', 9 * 256 + 2, 0],
  ['in its own data block', 200, 0],
  ['beyond the page', 4096, 0],
])('a KEY whose check stands %s', (_, place, expected) => {
  expect(believed(keyNaming(place))).toBe(expected);
});

test('the checks of a block do not go on into the block itself', () => {
  const page = pageOf(5);
  const layout = { checksAt: 256 + 254, items: 200 };
  page.fill(7, 256, 512);
  expect([...checksOf(page, 0, layout)]).toEqual([7, 7]);
});

test('layout and checks, and nothing else of the page, decide about a block', () => {
  const journal = new JournalWriter();
  for (let i = 0; i < 500; i++) journal.reading(40 + (i % 9), 120, 60);
  const page = journal.image();
  for (const block of [0, 1, 2]) {
    const layout = blockLayout(page, block);
    if (!layout) throw new Error('no layout');
    const checks = checksOf(page, block, layout);
    expect([...checks]).toEqual(journal.pages[0]?.blocks[block]?.checks);
    const alone = Buffer.alloc(4096, 0xff);
    page.copy(alone, 0, 0, KEY_AT);
    page.copy(alone, block * 256, block * 256, block * 256 + 256);
    const here = 256 - (layout.checksAt % 256);
    alone.set(checks.subarray(0, here), layout.checksAt);
    alone.set(checks.subarray(here), (layout.checksAt & ~255) - 256 + 3);
    expect(walkDataBlock(alone, block, headerOf(page))).toEqual(walkDataBlock(page, block, headerOf(page)));
  }
});

test.each([
  ['an ACK without its number', [0x81, 0x05]],
  ['an ACK with an item more', [0x83, 0x05, 0x00, 0x00]],
  ['an ACK of a negative number', [0x82, 0x05, 0x20]],
  ['an ACK of null', [0x82, 0x05, 0xf6]],
  ['an ANCHOR of an unknown source', [0x85, 0x03, 0x00, 0x00, 0x04, 0x00]],
  ['a LOST of what is still to come', [0x83, 0x08, 0x00, 0x05]],
  ['a LOST that ends before it begins', [0x83, 0x08, 0x01, 0x00]],
  ['an INTERVAL without its seconds', [0x81, 0x0b]],
  ['an INTERVAL of no time', [0x82, 0x0b, 0x00]],
  ['an INTERVAL of more than 65535 s', [0x82, 0x0b, 0x1a, 0x00, 0x01, 0x00, 0x00]],
])('%s has a number, and is passed over as an unknown kind is', (_, bytes) => {
  const page = pageOf(5);
  const { end, items } = walkDataBlock(page, 0, headerOf(page));
  page.set(bytes, end);
  const layout = blockLayout(page, 0);
  if (!layout) throw new Error('no layout');
  const crc = crc32(page.subarray(KEY_AT, end + bytes.length)) ^ headerOf(page).crc;
  page[layout.checksAt + items.length] = ((crc >>> 7) ^ (crc >>> 18)) & 0xff;
  const { block, believed } = walkDataBlock(page, 0, headerOf(page));
  expect(believed).toBe(items.length + 1);
  expect(block?.records.at(-1)).toMatchObject({ kind: 'UNKNOWN', code: bytes[1] });
});

test.each([
  ['an integer of two bytes', [0x38, 0xff]],
  ['an integer that is no reading', [0x18, 0x18]],
  ['a reading of another number of channels', [0x44, 1, 2, 3, 4]],
  ['a number with a digit too many', [0x41, 216]],
  ['a byte string longer than the block', [0x58, 0xff]],
  ['a text', [0x61, 0x41]],
  ['null', [0xf6]],
  ['a map', [0xa0]],
  ['an item without end', [0x9f]],
  ['an array without a kind', [0x80]],
  ['an array whose first item is a text', [0x81, 0x60]],
  ['a negative kind', [0x82, 0x20, 0x00]],
  ['a second KEY', [0x8a, 0, 0x19, 15, 9, 0, 0, 0, 1, 0, 0xf6, 0, 0xf6]],
])('%s is no record: with a check it is rot, and without one a record that was under way', (_, bytes) => {
  for (const [items, rest] of [
    [5, 3],
    [3, 1],
    [2, 0],
  ] as const) {
    const page = pageOf(items);
    page.set(bytes, walkDataBlock(page, 0, headerOf(page)).end);
    const outcome = () => {
      const walk = walkDataBlock(page, 0, headerOf(page));
      return [walk.items.length, walk.believed, walk.rotten];
    };
    expect(outcome(), `behind ${items}, without a check`).toEqual([items, items, false]);
    for (let check = 0; check < 255; check++) {
      page[CHECKS + items] = check;
      expect(outcome(), `behind ${items}, with check ${check}`).toEqual([items, rest, true]);
    }
  }
});

test('a check behind the last item of a full block, or before FF, is of another block and says nothing', () => {
  const journal = new JournalWriter();
  for (let i = 0; i < 500; i++) journal.reading(40, 120, 60 + (i % 2));
  const page = journal.image();
  const { items, end } = walkDataBlock(page, 0, headerOf(page));
  expect([end, page[CHECKS + items.length]]).toEqual([256, journal.pages[0]?.blocks[1]?.checks[0]]);
  expect(believed(page)).toBe(items.length);

  const short = pageOf(5);
  short[CHECKS + 5] = 0x55;
  expect(believed(short)).toBe(5);
});

test.each([
  ['a KEY as it is written', [0, CHECKS, 7, 1, -300, 300, 7, -20, 0, null], 1],
  ['one of an interval of 0', [0, CHECKS, 7, 1, 0, 0, 0, null, 0, null], 0],
  ['one of the longest interval', [0, CHECKS, 7, 1, 0, 65535, 0, null, 0, null], 1],
  ['one of a longer interval', [0, CHECKS, 7, 1, 0, 65536, 0, null, 0, null], 0],
  ['one without an interval', [0, CHECKS, 7, 1, 0, 7, null, 0, null], 0],
  ['one with more backlog than there are records', [0, CHECKS, 7, 1, 0, 300, 8, null, 0, null], 0],
  ['one of a negative seq', [0, CHECKS, -7, 1, 0, 300, 0, null, 0, null], 0],
  ['one without a row clock', [0, CHECKS, 7, 1, null, 300, 0, null, 0, null], 0],
  ['one with an item more', [0, CHECKS, 7, 1, 0, 300, 0, null, 0, null, 0], 0],
])('whether a block begins with a KEY: %s', (_, items, expected) => {
  const page = keyOnly();
  page.fill(0xff, KEY_AT, 256).set(encode(items), KEY_AT);
  const most = Array.from({ length: 255 }, (_, check) => {
    page[CHECKS] = check;
    return believed(page);
  });
  expect(Math.max(...most)).toBe(expected);
});
