import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { OK } from '../../hal/faults.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { configPage } from './config-page.ts';
import { readConfigCopy } from './read-config.ts';
import { anyConfig } from './testing/any-config.ts';
import {
  copyOf,
  copyOfMap,
  flashWith,
  loadWhole,
  mapOf,
  ours,
  PAGE_SIZE,
  pageWith,
} from './testing/copies.ts';

test('a copy tells its generation and its configuration', () => {
  fc.assert(
    fc.property(anyConfig, fc.integer({ min: 0, max: 0xffffffff }), (config, generation) => {
      expect(readConfigCopy(pageWith(configPage(config, generation)))).toEqual({
        verified: true,
        generation,
        config: { ...config, deviceKey: config.deviceKey && '(secret)' },
        accounted: true,
      });
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('the device key is nowhere in what is told, whole or damaged', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const page = pageWith(configPage({ ...ours, deviceKey: key }, 1));
  const torn = page.with(30, 0);
  for (const bytes of [page, torn]) {
    const told = JSON.stringify(readConfigCopy(bytes));
    for (const form of ['latin1', 'hex', 'base64'] as const) expect(told).not.toContain(key.toString(form));
    expect(told).not.toContain(Array.from(key).join());
  }
});

test.each([
  ['an erased page', new Uint8Array(0), 'erased', true],
  ['a map without a header', Buffer.concat([Buffer.alloc(17, 255), mapOf([[1, 'D1']])]), 'erased', false],
  ['a page of the journal', Buffer.from('8963435231', 'hex'), 'bad-header', false],
  ['half a header', copyOf(ours).subarray(0, 10), 'bad-header', false],
  ['half a map', copyOf(ours).subarray(0, 300), 'bad-crc', false],
  ['no map', copyOfMap(Buffer.from([0x83, 1, 2, 3])), 'bad-map', false],
] as const)(
  '%s: the flaw is told, and whether all of its bytes are accounted for',
  (_, bytes, flaw, accounted) => {
    expect(readConfigCopy(pageWith(bytes))).toEqual({
      verified: false,
      flaw,
      detail: expect.stringMatching(/^The.*\.$/),
      accounted,
    });
  },
);

test('a value out of its range shows as the default that the device takes', () => {
  const told = readConfigCopy(pageWith(copyOf({ ...ours, intervalS: 5 })));
  expect(told).toMatchObject({ verified: true, config: { intervalS: DEFAULT_CONFIG.intervalS } });
});

test('any byte behind the map that is not FF is not accounted for, and the copy verifies all the same', () => {
  const copy = copyOf(ours, 3);
  for (let at = copy.length; at < PAGE_SIZE; at += 97)
    expect(readConfigCopy(pageWith(copy).with(at, 0xfe))).toMatchObject({ verified: true, accounted: false });
});

test('any flipped bit of a copy is noticed', () => {
  const copy = copyOf({ ...ours, caPem: '' }, 8);
  for (let bit = 0; bit < copy.length * 8; bit++) {
    const at = bit >> 3;
    const flipped = pageWith(copy).with(at, (copy[at] as number) ^ (1 << (bit & 7)));
    expect(readConfigCopy(flipped), `bit ${bit}`).toMatchObject({ verified: false, accounted: false });
  }
});

test('a page that is cut off gives a flaw, at any length', () => {
  const copy = copyOf(ours);
  for (let length = 0; length < copy.length; length++)
    expect(readConfigCopy(copy.subarray(0, length)).verified).toBe(false);
  expect(readConfigCopy(copy)).toMatchObject({ verified: true, accounted: true });
});

/** Pieces of CBOR, in hex: whole items and broken ones, in and out of the forms for a device. */
const PIECES =
  '01 02 0a 0b 0c 20 1817 1864 19012c 1a00000258 3a0001869f 397530 1b0000000000000001 f4 f6 f7 f800 f93c00' +
  ' 6144 6378797a 617f 60 78 5820 40 420102 80 8101 82 9f ff a0 a10102 a1 8281f6a1816101 63c3a9 6163 00';
const piece = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...PIECES.split(' ')) },
  { weight: 1, arbitrary: fc.constant(`5820${'ab'.repeat(32)}`) },
);
const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES.split(' ').slice(0, 12)) }, piece);

test('a host reads exactly what a device reads, whatever the map', () => {
  let verified = 0;
  const map = fc.record({
    head: fc.constantFrom('', '', '', '', 'a1', 'a4', 'b803', '83', 'bf'),
    entries: fc.array(fc.tuple(key, piece), { maxLength: 4 }),
    rest: fc.constantFrom('', '', '', '00', 'ff'),
  });
  fc.assert(
    fc.property(map, ({ head, entries, rest }) => {
      const hex = (head || `a${entries.length}`) + entries.flat().join('') + rest;
      const copy = copyOfMap(Buffer.from(hex, 'hex'));
      const told = readConfigCopy(pageWith(copy));
      const { config, fault } = loadWhole(flashWith(copy), mockCrypto);
      expect(told.verified, hex).toBe(fault === OK);
      if (!told.verified) return;
      verified++;
      expect(told.config).toEqual({ ...config, deviceKey: config.deviceKey && '(secret)' });
    }),
    { numRuns: 5000, seed: 8 },
  );
  expect(verified).toBeGreaterThan(500);
});
