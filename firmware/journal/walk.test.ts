import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { walkBlock as walkOnHost } from '../../tools/decode/block.ts';
import { JournalWriter } from '../../tools/decode/testing/write-journal.ts';
import { BLOCK_SIZE, CODE_BIAS, HEADER_SIZE, PAGE_SIZE } from './format.ts';
import { readHeader } from './header.ts';
import { Journal } from './journal.ts';
import type { JournalState } from './state.ts';
import { walkBlock } from './walk.ts';

/** A block of every kind of record, and the state and the end that the writer had behind each of them. */
function everyKind(): { bytes: Uint8Array; salt: number; after: { end: number; state: JournalState }[] } {
  const flash = mockFlash(2, PAGE_SIZE);
  const journal = new Journal(flash, mockCrypto, 300);
  journal.mount();
  const after: { end: number; state: JournalState }[] = [];
  const append = (put: () => void): void => {
    put();
    let end = BLOCK_SIZE;
    while (flash.cells[end - 1] === 255) end--;
    after.push({ end, state: { ...journal.state } });
  };
  const row = (t: number) => ({ t: CODE_BIAS + t, h: CODE_BIAS + 120, r: CODE_BIAS + 60 });
  append(() => journal.poweredOn(0, 10));
  append(() => journal.reading(10.4, row(41)));
  append(() => journal.reading(310, row(42)));
  append(() => journal.fix(330, -3_450_000, 10_612_345, 9));
  append(() => journal.anchor(330, 1_790_000_000, 1, 1));
  append(() => journal.reading(610, row(-400)));
  append(() => journal.noFix(700, 30));
  append(() => journal.ack(3));
  append(() => journal.session(705, 45));
  append(() => journal.session(800, 46));
  append(() => journal.fault(20, 1, 810));
  append(() => journal.lost(0, 2));
  append(() => journal.poweredOn(1, 5));
  append(() => journal.reading(5, row(40)));
  append(() => journal.session(60, 0));
  const bytes = flash.read(0, BLOCK_SIZE);
  return { bytes, salt: readHeader(bytes, mockCrypto)?.crc as number, after };
}

test('a block cut off at any byte gives the state behind its last whole record', () => {
  const { bytes, salt, after } = everyKind();
  for (let length = (after[0]?.end as number) - 1; length <= BLOCK_SIZE; length++) {
    const cut = new Uint8Array(BLOCK_SIZE).fill(255);
    cut.set(bytes.subarray(0, length));
    const block = walkBlock(cut, HEADER_SIZE, salt, mockCrypto);
    const whole = after.filter(({ end }) => end <= length).at(-1);
    if (whole) expect({ end: block?.end, state: block?.state }, `${length} bytes`).toEqual(whole);
    else expect(block?.state.nextSeq ?? 0).toBe(0);
  }
});

test('no flipped bit is read over: the walk ends before it', () => {
  const { bytes, salt, after } = everyKind();
  const last = after.at(-1)?.end as number;
  for (let bit = HEADER_SIZE * 8; bit < last * 8; bit++) {
    const flipped = new Uint8Array(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    const block = walkBlock(flipped, HEADER_SIZE, salt, mockCrypto);
    expect(block?.end ?? 0, `bit ${bit}`).toBeLessThanOrEqual(bit >> 3);
  }
});

test('a block of another page, or of another lap of this one, holds nothing', () => {
  const { bytes, salt } = everyKind();
  expect(walkBlock(bytes, HEADER_SIZE, salt ^ 1, mockCrypto)).toBeNull();
});

test('an erased block holds nothing', () => {
  expect(walkBlock(new Uint8Array(BLOCK_SIZE).fill(255), 0, 0, mockCrypto)).toBeNull();
});

test('a kind that a later firmware writes is passed over and counts as one', () => {
  const image = new JournalWriter()
    .powerOnAt(1, 0)
    .record(23, ['later', { a: [1, null] }, -5])
    .reading(41, 120, 60)
    .image();
  const salt = readHeader(image, mockCrypto)?.crc as number;
  const block = walkBlock(new Uint8Array(image.subarray(0, BLOCK_SIZE)), HEADER_SIZE, salt, mockCrypto);
  expect(block?.state).toMatchObject({ nextSeq: 3, rowClockS: 0 });
  expect(block?.row).toEqual({ t: CODE_BIAS + 41, h: CODE_BIAS + 120, r: CODE_BIAS + 60 });
});

test('firmware and host end a walk at the same byte, whatever stands behind the last good record', () => {
  const { bytes, salt, after } = everyKind();
  const ends = after.map(({ end }) => end);
  const noise = fc.uint8Array({ minLength: BLOCK_SIZE, maxLength: BLOCK_SIZE });
  fc.assert(
    fc.property(fc.constantFrom(...ends), noise, fc.boolean(), (from, tail, keepType) => {
      const torn = new Uint8Array(bytes);
      torn.set(tail.subarray(0, BLOCK_SIZE - from), from);
      if (keepType) torn[from] = bytes[from] as number;
      const steps = { temperatureMilliC: 100, humidityMilliPercent: 500 };
      const host = walkOnHost(torn, HEADER_SIZE, BLOCK_SIZE, { pageCrc: salt, steps });
      const block = walkBlock(torn, HEADER_SIZE, salt, mockCrypto);
      expect([block?.end, host.end]).toEqual([from, from]);
    }),
    { numRuns: 500, seed: 1 },
  );
});
