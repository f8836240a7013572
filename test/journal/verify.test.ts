/**
 * What `coldrail verify` makes of flash that the firmware wrote: an image as it is proves, and nothing that was done to it
 * goes unnoticed, but for what docs/journal.md lists under "What a proof does not show".
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_SIZE, HEADER_SIZE, PAGE_SIZE, SEAL_SIZE } from '../../firmware/journal/format.ts';
import { Journal } from '../../firmware/journal/journal.ts';
import { type MockFlash, mockFlash, PowerCut } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import type { Walk } from '../../tools/decode/block.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { blockLayout, blockStart, checksOf, dataBlocks, walkDataBlock } from '../../tools/decode/page.ts';
import { type PageHeader, readPageHeader } from '../../tools/decode/page-header.ts';
import { explain } from '../../tools/verify/text.ts';
import { type Verification, verifyImage } from '../../tools/verify/verify.ts';
import { scriptedLife, type Wake } from './testing/life.ts';
import { Witness } from './testing/witness.ts';

/** The witness's own. */
const KEY = new Uint8Array(32).fill(7);

/** Live a scripted life on a new ring; `visit` sees flash behind each wake, and says when it has seen enough. */
function live(pages: number, seed: number, visit: (flash: MockFlash) => boolean): Uint8Array {
  const flash = mockFlash(pages, PAGE_SIZE);
  const witness = new Witness(flash);
  for (const wake of scriptedLife(seed)) {
    wake.live(witness.boot(wake.intervalS, hostCrypto));
    if (visit(flash)) break;
  }
  return flash.read(0, flash.cells.length);
}

/** The newest page by its header, and how many of its blocks are in use: there is no time to decode all at every wake. */
function newestOf(cells: Uint8Array): { sequence: number; index: number; blocks: number } | undefined {
  let newest: PageHeader | undefined;
  for (let at = 0; at < cells.length; at += PAGE_SIZE) {
    const header = readPageHeader(cells, at);
    if (typeof header !== 'string' && header.sequence > (newest?.sequence ?? 0)) newest = header;
  }
  if (!newest) return undefined;
  const { sequence, index } = newest;
  return { sequence, index, blocks: dataBlocks(pageOf(cells, index)).length };
}

/** An image on which the ring was lapped `laps` times, and `blocks` of its newest page are in use. */
function lived(pages: number, seed: number, laps: number, blocks: number): Uint8Array {
  return live(
    pages,
    seed,
    ({ cells, erasesOf }) => erasesOf[1] === laps && newestOf(cells)?.blocks === blocks,
  );
}

const detailsOf = ({ findings }: Verification): string => findings.map(({ detail }) => detail).join('\n');
const kindsOf = ({ findings }: Verification): string[] => findings.map(({ kind }) => kind);

function changed(image: Uint8Array, change: (cells: Uint8Array) => void): Uint8Array {
  const copy = new Uint8Array(image);
  change(copy);
  return copy;
}

const pageOf = (image: Uint8Array, index: number): Uint8Array =>
  image.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);

describe('an image that nobody has touched', () => {
  test.each([
    [2, 4],
    [3, 3],
    [5, 2],
    [16, 1],
  ])('proves at every moment from the second page on, ring of %d pages', (pages, laps) => {
    let seen = 0;
    let wakes = 0;
    live(pages, pages, ({ cells, erasesOf }) => {
      // Every one of them would prove nothing more.
      if (wakes++ % (5 * pages) > 0) return false;
      const held = decodeJournalImage(cells).pages.length;
      const result = verifyImage(cells, KEY);
      expect(detailsOf(result)).toBe('');
      expect(result.verdict).toBe(held > 1 ? 'proven' : 'not proven');
      expect(result.sealed.map(({ firstPage, lastPage }) => lastPage - firstPage + 1)).toEqual(
        held > 1 ? [held - 1] : [],
      );
      seen++;
      return (erasesOf[1] as number) > laps;
    });
    expect(seen).toBeGreaterThan(10);
  });

  test('tells from when to when it is sealed, what was lost and what was kept', () => {
    const image = lived(3, 1, 2, 3);
    const result = verifyImage(image, KEY);
    const { readings, records } = decodeJournalImage(image);
    const [sealed] = result.sealed;
    expect(result.verdict).toBe('proven');
    expect(sealed?.records?.firstSeq).toBe(Math.min(...[...readings, ...records].map(({ seq }) => seq)));
    expect(result.newest?.records?.firstSeq).toBe((sealed?.records?.lastSeq ?? 0) + 1);
    expect(sealed?.times?.first.utc).toMatch(/^2026-/);
    expect(result.lost.length).toBeGreaterThan(0);
    expect(result.keptReadings).toBeGreaterThan(0);
    const text = explain('flash.bin', result).join('\n');
    expect(text).toContain('which is not sealed yet');
    expect(text).toContain('lost to the collector, as the log says: ');
    expect(text).toContain('PROVEN: pages');
  });

  test('of one page proves nothing yet', () => {
    const result = verifyImage(
      live(3, 1, ({ counts }) => counts.programs > 200),
      KEY,
    );
    expect(result).toMatchObject({ verdict: 'not proven', sealed: [], findings: [] });
    expect(explain('flash.bin', result).at(-1)).toContain('no page is sealed yet');
  });
});

describe('power cuts', () => {
  /** A cut at its worst: all that it leaves open is programmed to 0. */
  function cutAt(flash: MockFlash, witness: Witness, wake: Wake, fuel: number): string {
    let during = 'nothing';
    flash.fuel = fuel;
    flash.afterCut = (damage) => {
      during = damage.during;
      if (during === 'program' && fuel % 2) flash.cells.fill(0, damage.from, damage.to);
    };
    try {
      wake.live(witness.boot(wake.intervalS, hostCrypto));
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
    }
    flash.restore();
    flash.afterCut = null;
    return during;
  }

  test('are in order once the tracker has started again, and an image from before that says so', () => {
    const flash = mockFlash(3, PAGE_SIZE);
    const witness = new Witness(flash);
    const seen: Record<string, number> = { program: 0, erase: 0, nothing: 0 };
    let cuts = 0;
    let torn = 0;
    let skipped = 0;
    for (const wake of scriptedLife(9)) {
      const start = flash.snapshot();
      const past = witness.fork();
      flash.fuel = 1e9;
      wake.live(witness.boot(wake.intervalS, hostCrypto));
      const bytes = 1e9 - flash.fuel;
      const end = flash.snapshot();
      for (let fuel = (7 * cuts) % 41; fuel < bytes; fuel += bytes > PAGE_SIZE ? 411 : 41) {
        cuts++;
        flash.load(start);
        const future = past.fork();
        const during = cutAt(flash, future, wake, fuel);
        seen[during] = (seen[during] ?? 0) + 1;
        if (decodeJournalImage(flash.cells).pages.length < 2) continue;
        const before = verifyImage(flash.cells, KEY);
        if (before.sealed.length === 0) continue;
        expect(['', 'missing-pages', 'rubbish'], detailsOf(before)).toContain(
          [...new Set(kindsOf(before))].join(),
        );
        if (kindsOf(before).join() === 'rubbish') {
          torn++;
          expect(detailsOf(before)).toContain('the next start of the tracker will say so');
        }
        future.boot(wake.intervalS, hostCrypto).reading(1e6, [-12300, 45500, 67800]);
        const after = verifyImage(flash.cells, KEY);
        if (during === 'program') expect(detailsOf(after), `cut ${fuel} of ${bytes}`).toBe('');
        // No record tells of an erase: it is done again before the page is used.
        else expect(detailsOf(after)).toMatch(/^(Neither .* next behind the newest page.*)?$/);
        if (after.skipped.length > 0) skipped++;
      }
      flash.load(end);
      if ((flash.erasesOf[1] as number) > 1) break;
    }
    expect(seen['program']).toBeGreaterThan(300);
    expect(seen['erase']).toBeGreaterThan(10);
    expect(torn).toBeGreaterThan(100);
    expect(skipped).toBeGreaterThan(100);
  });

  test('leave a log that proves when the pages they were in are sealed', () => {
    const flash = mockFlash(5, PAGE_SIZE);
    const witness = new Witness(flash);
    let wakes = 0;
    for (const wake of scriptedLife(4)) {
      if (wakes++ % 10 === 9) cutAt(flash, witness, wake, 2 * (wakes % 23) + 5);
      else wake.live(witness.boot(wake.intervalS, hostCrypto));
      if (wakes === 705) break;
    }
    const result = verifyImage(flash.cells, KEY);
    expect(detailsOf(result)).toBe('');
    expect(result).toMatchObject({ verdict: 'proven', ring: { pages: 5 } });
    expect(result.skipped.length).toBeGreaterThan(5);
  });
});

describe('worn flash', () => {
  /**
   * Verify every few wakes of a life on a ring of 5 of which page 2 is bad; `bad` strikes while it is erased. That page 2 was
   * passed over counts only when the page that says so is sealed: so not while that one is the newest.
   */
  function verdicts(bad: (flash: MockFlash) => void): Set<string> {
    const found = new Set<string>();
    let wakes = 0;
    live(5, 8, (flash) => {
      if (flash.erasesOf[2] === 0 || (wakes === 0 && flash.cells[2 * PAGE_SIZE] !== 255)) return false;
      if (wakes++ === 0) bad(flash);
      if (wakes % 10 === 9 && newestOf(flash.cells)?.index !== 3)
        found.add(detailsOf(verifyImage(flash.read(0, flash.cells.length), KEY)));
      return (flash.erasesOf[0] as number) > 4;
    });
    return found;
  }

  test('that takes no programs is passed over, and the log says so', () => {
    expect(
      verdicts(({ defects }) => {
        defects.deadToProgram[2] = true;
      }),
    ).toEqual(new Set(['']));
  });

  test('that can no longer be erased is passed over, though it holds a page of an earlier lap', () => {
    expect(
      verdicts(({ defects }) => {
        defects.deadToErase[2] = true;
      }),
    ).toEqual(new Set(['']));
  });

  test('in which a block takes no record costs that block alone', () => {
    expect(
      verdicts(({ defects }) => {
        defects.stuckAt1[2 * PAGE_SIZE + 5 * BLOCK_SIZE + 30] = 255;
      }),
    ).toEqual(new Set(['']));
  });
});

describe('a flipped bit', () => {
  const walks = new Map<string, Walk>();
  const latin1 = (bytes: Uint8Array): string =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

  /** Blocks of which no bit has changed are not walked again. */
  function walkOnce(page: Uint8Array, block: number, header: PageHeader): Walk {
    const layout = blockLayout(page, block);
    const records = latin1(page.subarray(blockStart(block), (block + 1) * BLOCK_SIZE));
    const name = `${block} ${header.crc} ${records} ${layout && latin1(checksOf(page, block, layout))}`;
    let walk = walks.get(name);
    if (!walk) {
      walk = walkDataBlock(page, block, header);
      if (walks.size < 100) walks.set(name, walk);
    }
    return walk;
  }

  /** Bits, of every `step`, that may be flipped and the image still proves. */
  function unnoticed(image: Uint8Array, step: number): string[] {
    expect(verifyImage(image, KEY).verdict).toBe('proven');
    const cells = new Uint8Array(image);
    const missed: string[] = [];
    for (let bit = 0; bit < 8 * cells.length; bit += step) {
      // One of an erased byte is enough, each in turn: what is not erased there is not in order, whatever it is.
      if (cells[bit >> 3] === 255 && (bit >> 3) % 8 !== bit % 8) continue;
      const at = bit >> 3;
      const flip = (): void => {
        cells[at] = (cells[at] as number) ^ (1 << (bit & 7));
      };
      flip();
      if (verifyImage(cells, KEY, walkOnce).verdict === 'proven') missed.push(`byte ${at}, bit ${bit & 7}`);
      flip();
    }
    return missed;
  }

  test('is noticed, whichever it is: of a sealed page, of the newest, of one that is erased', () => {
    const flash = mockFlash(3, PAGE_SIZE);
    // A new scale begins a new page, so that the sealed one has few records, and there is time for each bit.
    for (const tempStep of [100, 10]) {
      const sampling = { intervalS: 300, tempStep, humidityStep: 500, channels: [0x01, 0x11, 0x02] };
      const limits = { coldLimitMilliC: null, warmLimitMilliC: null };
      const journal = new Journal(flash, hostCrypto, sampling, KEY, limits);
      journal.mount();
      journal.poweredOn(0, 0);
      journal.anchor(3, 1790000000, 1, 1);
      for (let i = 1; i < 60; i++) journal.reading(300 * i, [16384 + ((i * 37) % 50), 16384 + i, 16384]);
      journal.fix(60 * 300, 5123456, 1034567, 7, null);
      for (let i = 60; i < 120; i++) journal.reading(300 * i, [16384 + ((i * 31) % 9), 16384 + i, 16384]);
    }
    const image = flash.read(0, flash.cells.length);
    expect(decodeJournalImage(image).pages.map(({ blocks }) => blocks.length)).toEqual([3, 3]);
    expect(unnoticed(image, 1)).toEqual([]);
  });

  test('is noticed in full pages too, one of each 101 bits', () => {
    /** Page 0 is being written and half full, so page 1 is erased ahead of its time, and page 2 is sealed. */
    const image = live(
      3,
      6,
      ({ cells, erasesOf }) => erasesOf[1] === 2 && cells[PAGE_SIZE] === 255 && newestOf(cells)?.index === 0,
    );
    expect(unnoticed(image, 101)).toEqual([]);
  });

  test('in a sealed page is found by page, place and records', () => {
    const image = lived(5, 2, 1, 3);
    const [page] = decodeJournalImage(image).pages;
    const at = (page?.offset ?? 0) + 3 * BLOCK_SIZE + 40;
    const result = verifyImage(
      changed(image, (cells) => {
        cells[at] = (cells[at] as number) ^ 4;
      }),
      KEY,
    );
    expect(result.brokenAt).toMatchObject({ firstPage: page?.sequence, offset: page?.offset });
    expect(explain('flash.bin', result).join('\n')).toContain(
      `breaks first at page ${page?.sequence}, at byte ${page?.offset} (records ${page?.firstSeq} to `,
    );
  });
});

describe('what is missing', () => {
  let image: Uint8Array;

  beforeAll(() => {
    image = lived(5, 2, 1, 3);
    expect(verifyImage(image, KEY).verdict).toBe('proven');
  });

  test('is told of an image that ends anywhere', () => {
    for (let length = BLOCK_SIZE; length < image.length; length += BLOCK_SIZE) {
      const result = verifyImage(image.subarray(0, length), KEY);
      const place = Math.floor(length / PAGE_SIZE);
      expect(result.verdict, `${length} bytes`).toBe('not proven');
      expect(detailsOf(result)).toMatch(
        length % PAGE_SIZE > 0
          ? new RegExp(`Cut off by the end of the image: place ${place} `)
          : new RegExp(`Not in the image: places? ${place} `),
      );
      if (place < 3) expect(detailsOf(result)).toMatch(/Not in the image: places \d to 4 of the ring of 5/);
    }
  });

  test('is told of an image that begins inside of the ring', () => {
    const result = verifyImage(image.subarray(2 * PAGE_SIZE), KEY);
    expect(result.ring.offset).toBe(-2 * PAGE_SIZE);
    expect(detailsOf(result)).toContain('Not in the image: places 0 to 1 of the ring of 5 (2 pages)');
  });

  test('is told of a page that was erased between two others, with its records', () => {
    const [, second, third] = decodeJournalImage(image).pages;
    const gone = changed(image, (cells) => pageOf(cells, second?.index ?? 0).fill(255));
    const result = verifyImage(gone, KEY);
    expect(detailsOf(result)).toContain(
      `Missing: page ${second?.sequence} of the log, with records ${second?.firstSeq} to ${(third?.firstSeq ?? 0) - 1}.`,
    );
    expect(detailsOf(result)).toContain(`Erased: place ${second?.index} of the ring of 5`);
  });

  test('is told of a page whose header does not verify', () => {
    const [, second] = decodeJournalImage(image).pages;
    const bad = changed(image, (cells) => {
      pageOf(cells, second?.index ?? 0)[HEADER_SIZE - 1] = 0;
    });
    const result = verifyImage(bad, KEY);
    expect(detailsOf(result)).toContain(`Missing: page ${second?.sequence} of the log`);
    expect(detailsOf(result)).toContain('No header verifies there');
  });

  test('is told of newest pages that were erased where the ring has been full', () => {
    const gone = changed(image, (cells) => {
      for (const { index } of decodeJournalImage(image).pages.slice(-2)) pageOf(cells, index).fill(255);
    });
    expect(kindsOf(verifyImage(gone, KEY))).toEqual(['erased-page']);
  });
});

describe('pages that are not what belongs there', () => {
  let image: Uint8Array;
  let target: { sequence: number; index: number };

  beforeAll(() => {
    image = lived(5, 2, 2, 3);
    target = decodeJournalImage(image).pages[1] as typeof target;
  });

  const replaced = (place: number, page: Uint8Array): Verification =>
    verifyImage(
      changed(image, (cells) => cells.set(page, place * PAGE_SIZE)),
      KEY,
    );

  test('two that changed places', () => {
    const swapped = changed(image, (cells) => {
      cells.set(pageOf(image, 1), 2 * PAGE_SIZE);
      cells.set(pageOf(image, 2), PAGE_SIZE);
    });
    const misplaced = verifyImage(swapped, KEY).findings.filter(({ kind }) => kind === 'place');
    expect(misplaced.map(({ offset }) => offset)).toEqual([PAGE_SIZE, 2 * PAGE_SIZE]);
  });

  test('one that stands in the place of another too', () => {
    const result = replaced((target.index + 1) % 5, pageOf(image, target.index));
    expect(kindsOf(result)).toContain('place');
    expect(kindsOf(result)).toContain('missing-pages');
  });

  test('one from another log of the same key, of the same sequence and place', () => {
    const other = live(5, 3, ({ cells }) => newestOf(cells)?.sequence === target.sequence + 1);
    const result = replaced(target.index, pageOf(other, target.index));
    expect(result.brokenAt?.firstPage).toBe(target.sequence - 1);
    expect(detailsOf(result)).toMatch(
      new RegExp(`Page ${target.sequence} \\(.*is not the page that was sealed: it was changed, or put in`),
    );
  });

  test('one that stood in this place an earlier time round', () => {
    const earlier = live(5, 2, ({ cells }) => newestOf(cells)?.sequence === target.sequence - 4);
    const result = replaced(target.index, pageOf(earlier, target.index));
    expect(detailsOf(result)).toContain(`Missing: page ${target.sequence} of the log, with records `);
    expect(detailsOf(result)).toContain(
      `Missing: pages ${target.sequence - 4} to ${target.sequence - 2} of the log`,
    );
  });

  test('one as it was before it was full', () => {
    const earlier = live(5, 2, ({ cells }) => {
      const newest = newestOf(cells);
      return newest?.sequence === target.sequence && newest.blocks > 5;
    });
    const result = replaced(target.index, pageOf(earlier, target.index));
    expect(result.brokenAt?.firstPage).toBe(target.sequence);
    expect(detailsOf(result)).toContain('is not the page that was sealed');
  });
});

describe('what cannot be noticed', () => {
  test('a newest page as it was earlier: what is said of it is that it is not sealed', () => {
    const earlier = lived(5, 2, 1, 3);
    const image = lived(5, 2, 1, 5);
    const newest = newestOf(image)?.index ?? 0;
    const back = changed(image, (cells) => cells.set(pageOf(earlier, newest), newest * PAGE_SIZE));
    const result = verifyImage(back, KEY);
    expect(back).not.toEqual(image);
    expect(result.verdict).toBe('proven');
    expect(result.newest?.records?.lastSeq).toBeLessThan(
      verifyImage(image, KEY).newest?.records?.lastSeq ?? 0,
    );
    expect(explain('flash.bin', result).join('\n')).toMatch(/newest page, which is not sealed yet: page/);
  });

  test('a log that ends earlier, where the ring has never been full: the newest page told is one that was full', () => {
    const image = live(5, 2, ({ cells }) => newestOf(cells)?.sequence === 4);
    const shorter = changed(image, (cells) => pageOf(cells, newestOf(image)?.index ?? 0).fill(255));
    expect(verifyImage(shorter, KEY)).toMatchObject({ verdict: 'proven', newest: { firstPage: 3 } });
  });
});

describe('the key', () => {
  let image: Uint8Array;

  beforeAll(() => {
    image = lived(5, 2, 1, 3);
  });

  test('of another device proves nothing, and may be what is wrong', () => {
    const result = verifyImage(image, new Uint8Array(32).fill(8));
    expect(result).toMatchObject({ verdict: 'not proven', sealed: [] });
    expect(explain('flash.bin', result).join('\n')).toContain('the key may be that of another device');
  });

  test('is not doubted where one page of several was changed', () => {
    const result = verifyImage(
      changed(image, (cells) => cells.fill(0, 3 * BLOCK_SIZE, 3 * BLOCK_SIZE + 1)),
      KEY,
    );
    expect(result).toMatchObject({ verdict: 'not proven', keyDoubt: null });
  });

  test('is needed: without it nothing is proven, though nothing is wrong', () => {
    const result = verifyImage(image);
    expect(result).toMatchObject({ verdict: 'not proven', findings: [], sealed: [] });
    expect(explain('flash.bin', result).at(-1)).toContain(
      'without --key nothing is proven against tampering',
    );
  });

  test('was not there: a log that was never sealed says so', () => {
    const unsealed = changed(image, (cells) => {
      const seal = HEADER_SIZE + 1;
      for (let page = 0; page < 5; page++) pageOf(cells, page).fill(0, seal, seal + SEAL_SIZE);
    });
    const result = verifyImage(unsealed, KEY);
    expect(new Set(kindsOf(result))).toEqual(new Set(['not-sealed']));
    expect(detailsOf(result)).toContain('was written without a key');
  });
});
