import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFIG_MISSING, CONFIG_REFUSED, CONFIG_UNWRITABLE, OK } from '../../hal/faults.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { anyConfig } from '../../tools/provision/testing/any-config.ts';
import {
  copyOf,
  flashWith,
  loadWhole,
  longest,
  ours,
  PAGE_SIZE,
  pemOf,
  saveConfig,
} from '../../tools/provision/testing/copies.ts';
import { bootBegan, bootFailures } from '../boot-guard.ts';
import type { Config } from './schema.ts';
import { DEFAULT_CONFIG } from './values.ts';

const theirs: Config = { ...DEFAULT_CONFIG, deviceId: 'theirs', intervalS: 60 };

const load = (flash: MockFlash) => loadWhole(flash, mockCrypto);
const save = (flash: MockFlash, config: Config) => saveConfig(flash, mockCrypto, config);
const pageOf = (flash: MockFlash, page: number) =>
  Buffer.from(flash.cells.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE));

test('any configuration comes back as it was saved, over any other', () => {
  const flash = flashWith();
  let saves = 0;
  fc.assert(
    fc.property(anyConfig, (config) => {
      expect(save(flash, config)).toBe(OK);
      expect(load(flash)).toEqual({ config, fault: OK, page: saves % 2, generation: ++saves });
    }),
    { numRuns: 60, seed: 5 },
  );
});

test('the bytes are those of an encoder that shares nothing with it, and the rest of the page is erased', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const flash = flashWith();
      save(flash, config);
      expect(pageOf(flash, 0)).toEqual(pageOf(flashWith(copyOf(config, 1)), 0));
    }),
    { numRuns: 60, seed: 6 },
  );
});

test('the longest configuration fits, and leaves room in the page for keys to come', () => {
  const flash = flashWith();
  expect(save(flash, longest)).toBe(OK);
  expect(load(flash).config).toEqual(longest);
  expect(
    pageOf(flash, 0)
      .subarray(-84)
      .every((byte) => byte === 255),
  ).toBe(true);
});

test('saves take the pages in turn, and what is in force is not touched', () => {
  const flash = flashWith();
  for (let n = 0; n < 6; n++) {
    const before = pageOf(flash, (n + 1) % 2);
    const config = n % 2 ? ours : theirs;
    expect(save(flash, config)).toBe(OK);
    expect(pageOf(flash, (n + 1) % 2)).toEqual(before);
    expect(load(flash)).toEqual({ config, fault: OK, page: n % 2, generation: n + 1 });
  }
  expect(flash.erasesOf).toEqual([3, 3]);
});

test('generations go round', () => {
  const flash = flashWith(copyOf(theirs, 0xfffffffe));
  for (const generation of [0xffffffff, 0, 1]) {
    expect(save(flash, ours)).toBe(OK);
    expect(load(flash)).toMatchObject({ config: ours, fault: OK, generation });
  }
});

test('of two copies with the same generation the first holds, and the next save writes over the second', () => {
  const flash = flashWith(copyOf(theirs, 7), copyOf(ours, 7));
  expect(load(flash)).toMatchObject({ config: theirs, page: 0 });
  expect(save(flash, longest)).toBe(OK);
  expect(load(flash)).toEqual({ config: longest, fault: OK, page: 1, generation: 8 });
});

test('a damaged page is the one that is written over', () => {
  for (const damaged of [0, 1]) {
    const copies = [copyOf(theirs, 3), copyOf(theirs, 3)];
    (copies[damaged] as Buffer)[20] = 0;
    const flash = flashWith(...copies);
    expect(save(flash, ours)).toBe(OK);
    expect(load(flash)).toEqual({ config: ours, fault: OK, page: damaged, generation: 4 });
  }
});

test.each([
  ['deviceId', ['a/b', 'x'.repeat(33)]],
  ['intervalS', [59, 3601, 60.5, Number.NaN]],
  ['fixIntervalS', [599, 86_401]],
  ['uplinkIntervalS', [899, 86_401]],
  ['apn', ['a b', 'x'.repeat(101)]],
  ['brokerHost', ['a"b', 'x'.repeat(256)]],
  ['brokerPort', [0, 65_536]],
  [
    'caPem',
    [
      pemOf('x'.repeat(2849)),
      'x',
      'x'.repeat(100_000),
      pemOf('caf\u00e9'),
      pemOf('\u4e2d'),
      pemOf('a\u0000'),
    ],
  ],
  ['deviceKey', [new Uint8Array(0), new Uint8Array(31), new Uint8Array(33)]],
  ['coldLimitMilliC', [-100_001, 100_001, 8000, 0.5]],
  ['warmLimitMilliC', [-100_001, 100_001, -20_500]],
  ['powerSavingS', [599, 111_601, 3600.5]],
  ['tripHours', [-1, 2401, 0.5]],
  ['excursionIntervalS', [59, 901]],
  ['rules', [new Uint8Array(0), new Uint8Array(81)]],
  ['cargoProfile', ['a b', 'x'.repeat(33)]],
  ['probes', [0, 1, 7, 255, 256]],
  ['calibration', [new Uint8Array(0), new Uint8Array(113)]],
  ['simPin', ['123', '123456789', '12a4', ' 1234']],
] as const)('%s out of its range is refused before anything is erased', (field, values) => {
  for (const value of values) {
    const flash = flashWith(copyOf(theirs, 1), copyOf(ours, 2));
    const before = flash.snapshot();
    expect(save(flash, { ...ours, [field]: value })).toBe(CONFIG_REFUSED);
    expect(flash.snapshot()).toEqual(before);
  }
});

test('what is too long for a smaller page is refused before anything is erased', () => {
  const flash = mockFlash(2, 1024);
  expect(save(flash, theirs)).toBe(OK);
  expect(save(flash, ours)).toBe(CONFIG_REFUSED);
  expect(flash.erasesOf).toEqual([1, 0]);
  expect(load(flash).config).toEqual(theirs);
});

test('a copy leaves the last 32 bytes of its page to the boot guard, or is refused before anything is erased', () => {
  const bytes = copyOf(ours).length;
  const large = mockFlash(2, bytes + 32);
  expect(save(large, ours)).toBe(OK);
  expect(large.isErased(bytes, 32)).toBe(true);
  const small = mockFlash(2, bytes + 31);
  expect(save(small, ours)).toBe(CONFIG_REFUSED);
  expect(small.erasesOf).toEqual([0, 0]);
});

test('a configuration written to the first page takes the marks of failed boots away, and one to the second does not', () => {
  const flash = flashWith();
  for (const [page, failures] of [
    [0, 0],
    [1, 1],
    [0, 0],
  ]) {
    if (page === 1) bootBegan(flash);
    expect(save(flash, ours)).toBe(OK);
    expect([load(flash).page, bootFailures(flash)]).toEqual([page, failures]);
  }
});

type Wear = (flash: MockFlash, page: number) => void;

const wears: [string, Wear][] = [
  ['does not erase', (flash, page) => Object.assign(flash.defects.deadToErase, { [page]: true })],
  ['does not program', (flash, page) => Object.assign(flash.defects.deadToProgram, { [page]: true })],
  ...[0, 8, 12, 16, 17, 60, 300].flatMap((at): [string, Wear][] => [
    [`reads byte ${at} as 0`, (flash, page) => stick(flash.defects.stuckAt0, page, at)],
    [`reads byte ${at} as FF`, (flash, page) => stick(flash.defects.stuckAt1, page, at)],
  ]),
];

function stick(cells: Record<string, number>, page: number, at: number): void {
  cells[page * PAGE_SIZE + at] = 255;
}

test.each(wears)('a page that %s is said to be unwritable, and what was in force still is', (_, wear) => {
  const flash = flashWith(copyOf(theirs, 1), copyOf(ours, 2));
  wear(flash, 0);
  expect(save(flash, longest)).toBe(CONFIG_UNWRITABLE);
  expect(load(flash)).toMatchObject({ config: ours, page: 1, generation: 2 });
  expect(flash.erasesOf[1]).toBe(0);
});

test.each(wears)('a first page that %s does not keep a new tracker from its configuration', (_, wear) => {
  const flash = flashWith(copyOf(theirs).subarray(0, 40));
  wear(flash, 0);
  expect(save(flash, ours)).toBe(OK);
  expect(load(flash)).toMatchObject({ config: ours, page: 1, generation: 1 });
});

test('a header that reads right again after it was given up is no copy', () => {
  const flash = flashWith(copyOf(theirs, 1), copyOf(ours, 2));
  stick(flash.defects.stuckAt1, 0, 0);
  expect(save(flash, longest)).toBe(CONFIG_UNWRITABLE);
  delete flash.defects.stuckAt1[0];
  expect(load(flash)).toMatchObject({ config: ours, fault: OK });
});

test('where no page takes a copy, the defaults stay', () => {
  const flash = flashWith();
  for (const page of [0, 1]) Object.assign(flash.defects.deadToProgram, { [page]: true });
  expect(save(flash, ours)).toBe(CONFIG_UNWRITABLE);
  expect(load(flash)).toMatchObject({ config: DEFAULT_CONFIG, fault: CONFIG_MISSING });
});
