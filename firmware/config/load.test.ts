import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFIG_DAMAGED, CONFIG_MISSING, OK } from '../../hal/faults.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import {
  copyOf,
  copyOfMap,
  flashWith,
  loadWhole,
  mapOf,
  ours,
  PAGE_SIZE,
} from '../../tools/provision/testing/copies.ts';
import type { Config } from './schema.ts';
import { DEFAULT_CONFIG } from './values.ts';

function load(flash: MockFlash): { config: Config; fault: number } {
  const { config, fault } = loadWhole(flash, mockCrypto);
  return { config, fault };
}

test('what the technician wrote is in force', () => {
  expect(load(flashWith(copyOf(ours, 1)))).toEqual({ config: ours, fault: OK });
});

test('erased flash gives the defaults and says that there is no configuration', () => {
  expect(load(mockFlash(2, PAGE_SIZE))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_MISSING });
});

test.each([
  [1, 2, 1],
  [2, 1, 0],
  [0xfffffffe, 0xffffffff, 1],
  [0xffffffff, 0, 1],
  [0, 0xffffffff, 0],
  [1, 0xffffffff, 0],
  [0x7fffffff, 0x80000000, 1],
  [0, 0x80000001, 0],
  [5, 5, 0],
  [0, 0, 0],
])('of generations %d and %d the one that is ahead on the round is in force', (first, second, winner) => {
  const hosts = ['one.example', 'two.example'];
  const pages = [first, second].map((generation, i) =>
    copyOf({ ...ours, brokerHost: hosts[i] as string }, generation),
  );
  expect(loadWhole(flashWith(...pages), mockCrypto)).toEqual({
    config: { ...ours, brokerHost: hosts[winner] },
    fault: OK,
    page: winner,
    generation: [first, second][winner],
  });
});

test('wherever power fails in the writing of the newer copy, the older one stays in force', () => {
  const newer = copyOf({ ...ours, apn: 'new' }, 8);
  for (let length = 0; length < newer.length; length++) {
    const { config, fault } = load(flashWith(newer.subarray(0, length), copyOf(ours, 7)));
    expect(config).toEqual(ours);
    expect(fault).toBe(length === 0 ? OK : CONFIG_DAMAGED);
  }
});

test('no flipped bit in the newer copy is taken for a configuration', () => {
  const newer = copyOf({ ...ours, caPem: '' }, 8);
  for (let bit = 0; bit < newer.length * 8; bit++) {
    const flipped = new Uint8Array(newer);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    expect(load(flashWith(flipped, copyOf(ours, 7))), `bit ${bit}`).toEqual({
      config: ours,
      fault: CONFIG_DAMAGED,
    });
  }
});

test.each([4, 9, 14])('a header with another CBOR head at byte %d is none, whatever its CRC', (at) => {
  const copy = copyOf(ours);
  copy[at] = 0x1b;
  copy.writeUInt32BE(crc32(Buffer.concat([copy.subarray(4, 9), copy.subarray(17)])), 10);
  expect(load(flashWith(copy))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
});

test('a damaged copy without another leaves the defaults, and says so', () => {
  const torn = copyOf(ours, 1).subarray(0, 40);
  expect(load(flashWith(torn))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
  expect(load(flashWith(null, torn))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
});

test.each([
  ['intervalS', [0, 59, 3601, -1], [60, 3600]],
  ['fixIntervalS', [599, 86401], [600, 86400]],
  ['uplinkIntervalS', [899, 86401, 4294967295], [900, 86400]],
  ['brokerPort', [0, 65536], [1, 65535]],
  ['coldLimitMilliC', [-100_001, 100_001], [-100_000, 7999]],
  ['warmLimitMilliC', [-100_001, 100_001], [-20_499, 100_000]],
  ['powerSavingS', [599, 111_601, 1], [600, 111_600]],
  ['tripHours', [-1, 2401], [1, 2400]],
  ['excursionIntervalS', [59, 901], [60, 900]],
  ['cargoProfile', ['a b', 'x'.repeat(33)], ['frozen', 'x'.repeat(32)]],
  ['probes', [0, 1, 7, 255, 256], [2, 254]],
  ['simPin', ['123', '123456789', '12a4'], ['1234', '12345678']],
] as const)('%s out of its range takes the default, at its ends it holds', (key, beyond, ends) => {
  for (const value of beyond) {
    expect(load(flashWith(copyOf({ ...ours, [key]: value }, 1))).config).toEqual({
      ...ours,
      [key]: DEFAULT_CONFIG[key],
    });
  }
  for (const value of ends) {
    expect(load(flashWith(copyOf({ ...ours, [key]: value }, 1))).config[key]).toBe(value);
  }
});

test.each(['', 'a/b', '#', '+', 'x y', 'CRLU\u0000', 'x'.repeat(33), 'x'.repeat(500)])(
  'a device id that is no level of a topic leaves the tracker unprovisioned: %j',
  (deviceId) => {
    const { config } = load(flashWith(copyOf({ ...ours, deviceId }, 1)));
    expect(config).toEqual({ ...ours, deviceId: '' });
  },
);

test.each(['iot"\rAT+CPOWD=1', 'a b', 'a,b', 'x\u0000', 'x'.repeat(300)])(
  'an access point or host name that would leave its place in a command is not taken: %j',
  (name) => {
    const { config } = load(flashWith(copyOf({ ...ours, apn: name, brokerHost: name }, 1)));
    expect(config).toEqual({ ...ours, apn: '', brokerHost: '' });
  },
);

test.each([
  [8000, 8000],
  [8001, 8000],
])('a cold limit of %d that is not below a warm limit of %d: both are ignored', (cold, warm) => {
  const { config } = load(flashWith(copyOf({ ...ours, coldLimitMilliC: cold, warmLimitMilliC: warm })));
  expect(config).toEqual({ ...ours, coldLimitMilliC: null, warmLimitMilliC: null });
});

test('one limit of the cargo holds without the other', () => {
  const cold = { ...ours, coldLimitMilliC: -1000, warmLimitMilliC: null };
  const warm = { ...ours, coldLimitMilliC: null, warmLimitMilliC: -1000 };
  for (const config of [cold, warm]) expect(load(flashWith(copyOf(config))).config).toEqual(config);
});

test('a device key of another length than 32 bytes, or that is none, means no seals', () => {
  for (const key of [Buffer.alloc(0), Buffer.alloc(31), Buffer.alloc(33), 'k'.repeat(32), 32, [1], null])
    expect(load(flashWith(copyOfMap(mapOf([[9, key]]))))).toEqual({ config: DEFAULT_CONFIG, fault: OK });
});

test('the device key is its own, and does not keep the rest of the copy in memory', () => {
  const { deviceKey } = load(flashWith(copyOf(ours))).config;
  expect(deviceKey?.buffer.byteLength).toBe(32);
});

test.each([2, -1, 'yes', null])('a resolution that is neither 0 nor 1 is the coarse one: %j', (value) => {
  expect(load(flashWith(copyOfMap(mapOf([[10, value]])))).config.fineResolution).toBe(false);
});

test('a CA certificate that is too long is none', () => {
  const at = (length: number) => load(flashWith(copyOf({ ...ours, caPem: 'x'.repeat(length) }))).config.caPem;
  expect([at(2900).length, at(2901).length]).toEqual([2900, 0]);
});

test('what stands behind the map does not count', () => {
  const rubbish = Buffer.concat([copyOf(ours), Buffer.from('rubbish')]);
  expect(load(flashWith(rubbish))).toEqual({ config: ours, fault: OK });
});

test('a device id of 32 characters holds', () => {
  const deviceId = 'Abc-9_'.repeat(6).slice(0, 32);
  expect(load(flashWith(copyOf({ ...ours, deviceId }, 1))).config.deviceId).toBe(deviceId);
});

test('keys of a later tool are passed over, and missing ones take their defaults', () => {
  const map = mapOf([
    [1, 'D1'],
    [99, [1, 'x', [null]]],
    [98, Buffer.from([1, 2])],
    [97, new Map([[1, [true, 2]]])],
    [-5, 'text'],
    [2, 120],
  ]);
  expect(load(flashWith(copyOfMap(map)))).toEqual({
    config: { ...DEFAULT_CONFIG, deviceId: 'D1', intervalS: 120 },
    fault: OK,
  });
});

test('a value of the wrong type takes the default', () => {
  const map = mapOf([
    [1, 7],
    [2, 'often'],
    [7, null],
    [11, 'cold'],
    [12, [8000]],
  ]);
  expect(load(flashWith(copyOfMap(map)))).toEqual({ config: DEFAULT_CONFIG, fault: OK });
});

test.each([
  ['no map', Buffer.from([0x83, 1, 2, 3])],
  ['a map that is cut off', Buffer.from([0xa2, 1, 0x61, 0x41])],
  ['a text that is cut off', Buffer.from([0xa1, 1, 0x78, 0xff, 0x41])],
  ['a map of 2^32 - 1 entries', Buffer.from([0xba, 0xff, 0xff, 0xff, 0xff, 1, 1])],
  ['a byte string that is cut off', Buffer.from([0xa1, 9, 0x58, 0x20, 0x41])],
  ['a map and one more item', Buffer.from([0xa1, 2, 0x19, 1, 0x2c, 0])],
  ['a number of 64 bits', Buffer.from('a1021b000000000000012c', 'hex')],
  ['a map of indefinite length', Buffer.from('bf0219012cff', 'hex')],
  ['a tag', Buffer.from('a11863c119012c', 'hex')],
  ['a key that is no number', mapOf([['deviceId', 'D1']])],
])('%s with a good CRC is damage, not a configuration', (_, map) => {
  expect(load(flashWith(copyOfMap(map)))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
});

test('a newer copy that verifies but holds no map leaves the older one in force, and the next is newer than that', () => {
  const flash = flashWith(copyOf(ours, 7), copyOfMap(Buffer.from([0x80]), 9));
  expect(loadWhole(flash, mockCrypto)).toEqual({
    config: ours,
    fault: CONFIG_DAMAGED,
    page: 0,
    generation: 7,
  });
});

test('any bytes give the defaults or the good copy', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(30), (noise, kept) => {
      const page = new Uint8Array(400).fill(255);
      page.set(copyOf({ ...ours, caPem: '' }, 9).subarray(0, kept));
      page.set(noise, kept);
      expect(load(flashWith(page, copyOf(ours, 7))).config).toEqual(ours);
      expect(load(flashWith(page)).config).toEqual(DEFAULT_CONFIG);
    }),
    { numRuns: 500, seed: 3 },
  );
});
