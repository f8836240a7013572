import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIRST_RECORD, PAGE_SIZE } from '../../firmware/journal/format.ts';
import { JOURNAL_TORN } from '../../hal/faults.ts';
import { journalMemory } from '../../tools/bench/append.ts';
import { checkBundle } from '../../tools/check/check.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { BLOCK_BYTES, blockLayout, walkDataBlock } from '../../tools/decode/page.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { readBack } from '../journal/testing/read-back.ts';
import { RING_PAGES } from './device/life.ts';
import { problemsOf } from './testing/audit.ts';
import { bundleLife, InterpreterBench } from './testing/bench.ts';
import { type Place, placeOf } from './testing/expected.ts';

const APPENDS = 10_000;
const TWO_LAPS = 2 * RING_PAGES + 1;
/** Appends until the next kill, at most; and how long the interpreter goes on meanwhile. */
const LONGEST_LIFE = 120;
const LONGEST_DELAY_MS = 3;
/** JsVars: what the journal remembers of the record before, and the table of its pages, read when the first is full. */
const MEMORY_OF_A_RECORD = 48;

function newestSequence(cells: Uint8Array): number {
  return decodeJournalImage(cells.subarray(0, RING_PAGES * PAGE_SIZE)).pages.at(-1)?.sequence ?? 0;
}

test('the device program that tests the journal is one that a device takes', async () => {
  expect(checkBundle(await bundleLife())).toEqual([]);
});

describe.skipIf(!process.env['ESPRUINO'])('the journal on the interpreter that ESPRUINO names', () => {
  let bench: InterpreterBench;

  beforeAll(async () => {
    bench = new InterpreterBench(await bundleLife());
  });

  afterAll(() => {
    bench.remove();
  });

  test('keeps every append that has returned through 10 000 of them and two laps, whenever it is killed', async () => {
    const random = randomStream(1, 'kills');
    const promised: Place[] = [];
    let kills = 0;
    let killsInErase = 0;
    let erases = 0;
    while (promised.length < APPENDS || newestSequence(bench.cells) < TWO_LAPS) {
      let left = random.int(1, LONGEST_LIFE);
      let dying = false;
      await bench.live((line, life) => {
        const place = placeOf(line);
        if (place !== undefined) promised.push(place);
        left--;
        const isErase = place === undefined;
        if (isErase) erases++;
        // Every other time: a page that could never be erased would end the life of the ring.
        const inErase = isErase && erases % 2 === 0;
        if (dying || (left > 0 && !inErase)) return;
        dying = true;
        if (inErase) killsInErase++;
        const delayMs = inErase ? 0 : random.int(0, LONGEST_DELAY_MS);
        if (delayMs === 0) life.kill();
        else setTimeout(() => life.kill(), delayMs);
      });
      kills++;
      expect({ kills, problems: problemsOf(bench.cells, promised) }).toEqual({ kills, problems: [] });
    }
    expect(kills).toBeGreaterThan(30);
    expect(killsInErase).toBeGreaterThan(3);
  });

  test('takes no more memory after 1000 appends than after the first', async () => {
    const { mounted, afterAppends } = await journalMemory();
    expect(mounted).toBeGreaterThan(0);
    expect(afterAppends - mounted).toBeLessThanOrEqual(MEMORY_OF_A_RECORD);
  });

  test('goes on behind a position that is cut short at any of its bytes, and says so', async () => {
    bench.load(new Uint8Array(0));
    await bench.live((line, life) => {
      if (line === 'fix 5') life.kill();
    });
    const { cells } = bench;
    const fix = firstFix(cells);
    for (let cut = 1; cut <= fix.end - fix.at; cut++) {
      const torn = cells.slice();
      torn.fill(0xff, fix.at + cut, BLOCK_BYTES);
      torn.fill(0xff, fix.check, PAGE_SIZE);
      bench.load(torn);
      const promised = [0, 1, 2, 3, 4, 5].map((reading) => placeOf(`reading ${reading}`) as Place);
      await bench.live((line, life) => {
        promised.push(placeOf(line) as Place);
        if (line === 'reading 9') life.kill();
      });
      expect(promised[6]).toBe(placeOf('reading 6'));
      expect(problemsOf(bench.cells, promised)).toEqual([]);
      const words = readBack(bench.cells.subarray(0, PAGE_SIZE), PAGE_SIZE).flat();
      expect(words.map(({ content }) => content)).toContain(`FAULT ${JOURNAL_TORN} ${cut}`);
    }
  });
});

/** The first FIX of an image: its bytes, and its check. */
function firstFix(cells: Uint8Array): { at: number; end: number; check: number } {
  const { pages } = decodeJournalImage(cells.subarray(0, PAGE_SIZE));
  const page = cells.subarray(0, PAGE_SIZE);
  const header = pages[0];
  const layout = blockLayout(page, 0);
  if (header === undefined || layout === undefined) throw new Error('there is no page, or no block');
  const { items } = walkDataBlock(page, 0, header);
  const index = items.findIndex(({ at }) => at > FIRST_RECORD && page[at] === 0x86 && page[at + 1] === 4);
  const item = items[index];
  if (item === undefined) throw new Error('there is no FIX in the first block');
  return { at: item.at, end: item.end, check: layout.checksAt + index };
}
