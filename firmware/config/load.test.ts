import { crc32 } from 'node:zlib';
import { Encoder, type Options } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFIG_DAMAGED, CONFIG_MISSING, OK } from '../../hal/faults.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { configPage } from '../../tools/provision/config-page.ts';
import { type Config, DEFAULT_CONFIG } from './config.ts';
import { CONFIG_HEADER_SIZE, loadConfig } from './load.ts';

const PAGE_SIZE = 4096;

const ours: Config = {
  deviceId: 'CRLU-123456_7',
  intervalS: 300,
  fixIntervalS: 1800,
  uplinkIntervalS: 7200,
  apn: 'iot.example',
  brokerHost: 'collector.example.org',
  brokerPort: 8883,
  caPem: `-----BEGIN CERTIFICATE-----\n${'A'.repeat(1500)}\n-----END CERTIFICATE-----\n`,
};

function flashWith(...pages: (Uint8Array | null)[]): MockFlash {
  const flash = mockFlash(2, PAGE_SIZE);
  for (const [page, bytes] of pages.entries()) if (bytes) flash.cells.set(bytes, page * PAGE_SIZE);
  return flash;
}

function load(flash: MockFlash) {
  return loadConfig(flash, mockCrypto);
}

/** A copy that verifies, with any map in it. */
function pageOf(map: Uint8Array, generation = 1): Uint8Array {
  const page = Buffer.from(configPage(ours, generation));
  page.writeUInt16BE(map.length, 15);
  const whole = Buffer.concat([page.subarray(0, CONFIG_HEADER_SIZE), map]);
  whole.writeUInt32BE(crc32(map, crc32(whole.subarray(4, 9))), 10);
  return whole;
}

const encoder = new Encoder({
  mapsAsObjects: false,
  useTag259ForMaps: false,
  tagUint8Array: false,
} as Options);

function mapOf(entries: [unknown, unknown][]): Uint8Array {
  return encoder.encode(new Map(entries));
}

test('what the technician wrote is in force', () => {
  expect(load(flashWith(configPage(ours, 1)))).toEqual({ config: ours, fault: OK });
});

test('erased flash gives the defaults and says that there is no configuration', () => {
  expect(load(mockFlash(2, PAGE_SIZE))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_MISSING });
});

test.each([
  [1, 2, 1],
  [2, 1, 0],
  [0xfffffffe, 0xffffffff, 1],
])('of generations %d and %d the higher one is in force', (first, second, winner) => {
  const hosts = ['one.example', 'two.example'];
  const pages = [first, second].map((generation, i) =>
    configPage({ ...ours, brokerHost: hosts[i] as string }, generation),
  );
  expect(load(flashWith(...pages))).toMatchObject({ config: { brokerHost: hosts[winner] }, fault: OK });
});

test('wherever power fails in the writing of the newer copy, the older one stays in force', () => {
  const newer = configPage({ ...ours, apn: 'new' }, 8);
  for (let length = 0; length < newer.length; length++) {
    const { config, fault } = load(flashWith(newer.subarray(0, length), configPage(ours, 7)));
    expect(config).toEqual(ours);
    expect(fault).toBe(length === 0 ? OK : CONFIG_DAMAGED);
  }
});

test('no flipped bit in the newer copy is taken for a configuration', () => {
  const newer = configPage({ ...ours, caPem: '' }, 8);
  // The heads of the generation's neighbours carry nothing: only these two bytes may change unnoticed.
  const idle = [9, 14];
  for (let bit = 0; bit < newer.length * 8; bit++) {
    if (idle.includes(bit >> 3)) continue;
    const flipped = new Uint8Array(newer);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    expect(load(flashWith(flipped, configPage(ours, 7))), `bit ${bit}`).toEqual({
      config: ours,
      fault: CONFIG_DAMAGED,
    });
  }
});

test('a damaged copy without another leaves the defaults, and says so', () => {
  const torn = configPage(ours, 1).subarray(0, 40);
  expect(load(flashWith(torn))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
  expect(load(flashWith(null, torn))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
});

test.each([
  ['intervalS', [0, 59, 3601, -1], [60, 3600]],
  ['fixIntervalS', [599, 86401], [600, 86400]],
  ['uplinkIntervalS', [899, 86401, 4294967295], [900, 86400]],
  ['brokerPort', [0, 65536], [1, 65535]],
] as const)('%s out of its range takes the default, at its ends it holds', (key, beyond, ends) => {
  for (const value of beyond) {
    expect(load(flashWith(configPage({ ...ours, [key]: value }, 1))).config).toEqual({
      ...ours,
      [key]: DEFAULT_CONFIG[key],
    });
  }
  for (const value of ends) {
    expect(load(flashWith(configPage({ ...ours, [key]: value }, 1))).config[key]).toBe(value);
  }
});

test.each(['', 'a/b', '#', '+', 'x y', 'CRLU\u0000', 'x'.repeat(33), 'x'.repeat(500)])(
  'a device id that is no level of a topic leaves the tracker unprovisioned: %j',
  (deviceId) => {
    const { config } = load(flashWith(configPage({ ...ours, deviceId }, 1)));
    expect(config).toEqual({ ...ours, deviceId: '' });
  },
);

test.each(['iot"\rAT+CPOWD=1', 'a b', 'a,b', 'x\u0000', 'x'.repeat(300)])(
  'an access point or host name that would leave its place in a command is not taken: %j',
  (name) => {
    const { config } = load(flashWith(configPage({ ...ours, apn: name, brokerHost: name }, 1)));
    expect(config).toEqual({ ...ours, apn: '', brokerHost: '' });
  },
);

test('a device id of 32 characters holds', () => {
  const deviceId = 'Abc-9_'.repeat(6).slice(0, 32);
  expect(load(flashWith(configPage({ ...ours, deviceId }, 1))).config.deviceId).toBe(deviceId);
});

test('keys of a later tool are passed over, and missing ones take their defaults', () => {
  const map = mapOf([
    [1, 'D1'],
    [99, [1, 'x', [null]]],
    [98, Buffer.from([1, 2])],
    [-5, 'text'],
    [2, 120],
  ]);
  expect(load(flashWith(pageOf(map)))).toEqual({
    config: { ...DEFAULT_CONFIG, deviceId: 'D1', intervalS: 120 },
    fault: OK,
  });
});

test('a value of the wrong type takes the default', () => {
  const map = mapOf([
    [1, 7],
    [2, 'often'],
    [7, null],
  ]);
  expect(load(flashWith(pageOf(map)))).toEqual({ config: DEFAULT_CONFIG, fault: OK });
});

test.each([
  ['no map', Buffer.from([0x83, 1, 2, 3])],
  ['a map that is cut off', Buffer.from([0xa2, 1, 0x61, 0x41])],
  ['a text that is cut off', Buffer.from([0xa1, 1, 0x78, 0xff, 0x41])],
  ['a map of 2^32 - 1 entries', Buffer.from([0xba, 0xff, 0xff, 0xff, 0xff, 1, 1])],
  ['a key that is no number', mapOf([['deviceId', 'D1']])],
])('%s with a good CRC is damage, not a configuration', (_, map) => {
  expect(load(flashWith(pageOf(map)))).toEqual({ config: DEFAULT_CONFIG, fault: CONFIG_DAMAGED });
});

test('any bytes give the defaults or the good copy', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(30), (noise, kept) => {
      const page = new Uint8Array(400).fill(255);
      page.set(configPage({ ...ours, caPem: '' }, 9).subarray(0, kept));
      page.set(noise, kept);
      expect(load(flashWith(page, configPage(ours, 7))).config).toEqual(ours);
      expect(load(flashWith(page)).config).toEqual(DEFAULT_CONFIG);
    }),
    { numRuns: 500, seed: 3 },
  );
});
