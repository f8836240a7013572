/**
 * The boot guard on flash that clears bits only, in a page that is erased or holds a configuration, with power failing at
 * every byte that it programs.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OK } from '../hal/faults.ts';
import { mockCrypto } from '../hal/mock/crypto.ts';
import { type MockFlash, PowerCut } from '../hal/mock/flash.ts';
import { type Aftermath, scrambleCuts } from '../test/journal/testing/damage.ts';
import { copyOf, flashWith, loadWhole, longest, ours, PAGE_SIZE } from '../tools/provision/testing/copies.ts';
import { bootBegan, bootFailures, bootSucceeded, SAFE_FROM, UNCOUNTED } from './boot-guard.ts';
import { STRIP_SIZE } from './strip.ts';

const SEED = 20261122;
const STRIP = 4064;
const MARKS = 128;

/** A tracker's configuration pages; the strip's bytes are programmed bit by bit, which the mock must let pass. */
function pages(...copies: (Uint8Array | null)[]): MockFlash {
  const flash = flashWith(...copies);
  flash.again = [{ from: STRIP, to: PAGE_SIZE }];
  return flash;
}

const stripOf = (flash: MockFlash): string =>
  Buffer.from(flash.cells.subarray(STRIP, PAGE_SIZE)).toString('hex');
const restOf = (flash: MockFlash): Buffer =>
  Buffer.concat([flash.cells.subarray(0, STRIP), flash.cells.subarray(PAGE_SIZE)]);

function failedBoots(flash: MockFlash, boots: number): number[] {
  return Array.from({ length: boots }, () => bootBegan(flash));
}

test('a new tracker has not failed', () => {
  expect(bootFailures(pages())).toBe(0);
  expect(bootBegan(pages())).toBe(0);
});

test('after three boots in a row that failed, a wake is a safe one, and stays so until one goes well', () => {
  const flash = pages();
  expect(failedBoots(flash, 6)).toEqual([0, 1, 2, 3, 3, 3]);
  expect(SAFE_FROM).toBe(3);
  expect(bootFailures(flash)).toBe(3);
  bootSucceeded(flash);
  expect(bootFailures(flash)).toBe(0);
  expect(failedBoots(flash, 4)).toEqual([0, 1, 2, 3]);
});

test('a boot that went well ends the row', () => {
  const flash = pages();
  failedBoots(flash, 2);
  bootSucceeded(flash);
  expect(failedBoots(flash, 3)).toEqual([0, 1, 2]);
});

test('the strip is drawn in docs/config.md: a bit for each boot from the lowest on, then the marks once more', () => {
  const flash = pages(copyOf(ours));
  for (const marks of ['fe', 'fc', 'f8', 'f0', 'e0', 'c0', '80', '00', '00fe']) {
    const before = stripOf(flash).slice(32);
    bootBegan(flash);
    expect(stripOf(flash)).toBe(marks.padEnd(32, 'f') + before);
    bootSucceeded(flash);
    expect(stripOf(flash)).toBe(marks.padEnd(32, 'f').repeat(2));
  }
});

test('to look at the failures marks nothing, and a safe wake leaves no mark either', () => {
  const flash = pages();
  failedBoots(flash, 3);
  const before = stripOf(flash);
  bootFailures(flash);
  bootBegan(flash);
  expect(stripOf(flash)).toBe(before);
});

test('the strip has room for 128 boots; a full one counts for no failure and says so, until the page is erased', () => {
  const flash = pages();
  for (let boot = 0; boot < MARKS; boot++) {
    expect(bootBegan(flash)).toBe(0);
    bootSucceeded(flash);
  }
  expect(stripOf(flash)).toBe('00'.repeat(32));
  expect(bootFailures(flash)).toBe(UNCOUNTED);
  expect(failedBoots(flash, 5)).toEqual([-1, -1, -1, -1, -1]);
  flash.erase(0);
  expect(failedBoots(flash, 2)).toEqual([0, 1]);
});

test('the last boots of a strip that fail do not keep the tracker in safe mode', () => {
  const flash = pages();
  for (let boot = 0; boot < MARKS - 3; boot++) {
    bootBegan(flash);
    bootSucceeded(flash);
  }
  expect(failedBoots(flash, 5)).toEqual([0, 1, 2, -1, -1]);
});

test('no byte around the strip is touched, and the longest configuration holds', () => {
  const flash = pages(copyOf(longest, 2), copyOf(ours, 1));
  const before = restOf(flash);
  for (let boot = 0; boot < 2 * MARKS; boot++) {
    bootBegan(flash);
    if (boot % 2) bootSucceeded(flash);
  }
  expect(restOf(flash)).toEqual(before);
  expect(loadWhole(flash, mockCrypto)).toMatchObject({ config: longest, fault: OK, page: 0 });
});

test('any history is counted as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 120 }), (wentWell) => {
      const flash = pages();
      let failures = 0;
      for (const well of wentWell) {
        expect(bootBegan(flash)).toBe(failures);
        failures = well ? 0 : Math.min(failures + 1, 3);
        if (well) bootSucceeded(flash);
      }
      expect(bootFailures(flash)).toBe(failures);
    }),
    { numRuns: 300, seed: SEED },
  );
});

test('anything in the page gives a count, and after a wake that went well none has failed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (noise) => {
      const flash = pages();
      flash.cells.set(noise, STRIP);
      for (const failures of failedBoots(flash, 5)) expect([-1, 0, 1, 2, 3]).toContain(failures);
      bootSucceeded(flash);
      expect([-1, 0]).toContain(bootFailures(flash));
    }),
    { numRuns: 2000, seed: SEED + 1 },
  );
});

test('more failures than there can be are rubbish: they count for none, and the next boots are counted again', () => {
  const flash = pages();
  flash.cells[STRIP] = 0x15;
  expect(failedBoots(flash, 4)).toEqual([-1, 1, 2, 3]);
});

test('a page that takes no mark is said not to count, and nothing is thrown', () => {
  const dead = pages();
  dead.defects.deadToProgram[0] = true;
  expect(failedBoots(dead, 4)).toEqual([-1, -1, -1, -1]);
  bootSucceeded(dead);
  const stuck = pages();
  stuck.defects.stuckAt1[STRIP] = 1;
  expect(failedBoots(stuck, 2)).toEqual([-1, -1]);
});

test('a region without a page throws nothing', () => {
  const none = { ...pages(), pages: 0, pageSize: 0 };
  expect(bootFailures(none)).toBe(UNCOUNTED);
  expect(bootBegan(none)).toBe(UNCOUNTED);
  bootSucceeded(none);
});

/** What the guard does in a life of boots, some of which fail, as single steps. */
const STEPS = [bootBegan, bootSucceeded, bootBegan, bootBegan, bootBegan, bootSucceeded];

/** Cut the power in each step of three such lives, at each byte that it programs. */
function cuts(
  copy: Uint8Array | null,
  aftermath: Aftermath,
  visit: (flash: MockFlash, left: number, full: number) => void,
): number {
  const flash = pages(copy);
  let count = 0;
  for (let life = 0; life < 3; life++)
    for (const step of STEPS) {
      const before = flash.snapshot();
      flash.fuel = 1e9;
      step(flash);
      const bytes = 1e9 - flash.fuel;
      const after = flash.snapshot();
      const full = bootFailures(flash);
      for (let fuel = 0; fuel < bytes; fuel++, count++) {
        flash.load(before);
        const left = bootFailures(flash);
        if (aftermath === 'scrambled') scrambleCuts(flash, SEED, count);
        flash.fuel = fuel;
        expect(() => step(flash)).toThrow(PowerCut);
        flash.restore();
        flash.afterCut = null;
        visit(flash, left, full);
      }
      flash.load(after);
    }
  return count;
}

for (const [name, copy] of [
  ['an erased page', null],
  ['a page with the longest configuration', copyOf(longest)],
] as const)
  test(`in ${name}, a cut leaves the failures before the step or behind it, and the next boots are counted`, () => {
    const count = cuts(copy, 'clean', (flash, before, after) => {
      const found = bootFailures(flash);
      expect([before, after]).toContain(found);
      expect(failedBoots(flash, 4).slice(0, 1)).toEqual([found]);
      expect(bootFailures(flash)).toBe(3);
      bootSucceeded(flash);
      expect(bootFailures(flash)).toBe(0);
    });
    expect(count).toBeGreaterThan(100);
  });

test('a cut that leaves anything behind it harms no configuration, and a wake that goes well settles it', () => {
  cuts(copyOf(longest), 'scrambled', (flash) => {
    expect(loadWhole(flash, mockCrypto)).toMatchObject({ fault: OK, page: 0 });
    expect(flash.cells.subarray(PAGE_SIZE).every((byte) => byte === 0xff)).toBe(true);
    for (const failures of failedBoots(flash, 4)) expect([-1, 0, 1, 2, 3]).toContain(failures);
    bootSucceeded(flash);
    expect([-1, 0]).toContain(bootFailures(flash));
  });
});

test('the strip is 32 bytes, and the rest of the page is for the configuration', () => {
  expect(PAGE_SIZE - STRIP_SIZE).toBe(STRIP);
});
