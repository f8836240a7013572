/** Copies of a configuration made without the firmware's encoder, and so with anything in them. */
import { crc32 } from 'node:zlib';
import { Encoder, type Options } from 'cbor-x';
import type { Config } from '../../../firmware/config/config.ts';
import { type MockFlash, mockFlash } from '../../../hal/mock/flash.ts';

export const PAGE_SIZE = 4096;

export const ours: Config = {
  deviceId: 'CRLU-123456_7',
  intervalS: 300,
  fixIntervalS: 1800,
  uplinkIntervalS: 7200,
  apn: 'iot.example',
  brokerHost: 'collector.example.org',
  brokerPort: 8883,
  caPem: `-----BEGIN CERTIFICATE-----\n${'A'.repeat(1500)}\n-----END CERTIFICATE-----\n`,
  deviceKey: new Uint8Array(32).map((_, i) => 7 * i),
  fineResolution: true,
  coldLimitMilliC: -20_500,
  warmLimitMilliC: 8000,
  simPin: '1234',
  powerSavingS: 21_600,
  tripHours: 600,
  excursionIntervalS: 120,
  rules: new Uint8Array(50).map((_, i) => 5 * i),
  cargoProfile: 'frozen-fish',
  probes: 0x1e,
  calibration: new Uint8Array(20).map((_, i) => 11 * i),
};

/** The longest configuration that there can be. */
export const longest: Config = {
  deviceId: 'x'.repeat(32),
  intervalS: 3600,
  fixIntervalS: 86_400,
  uplinkIntervalS: 86_400,
  apn: 'x'.repeat(100),
  brokerHost: 'x'.repeat(255),
  brokerPort: 65_535,
  caPem: 'x'.repeat(3200),
  deviceKey: new Uint8Array(32).fill(255),
  fineResolution: true,
  coldLimitMilliC: -100_000,
  warmLimitMilliC: 100_000,
  simPin: '12345678',
  powerSavingS: 111_600,
  tripHours: 2400,
  excursionIntervalS: 900,
  rules: new Uint8Array(80).fill(255),
  cargoProfile: 'x'.repeat(32),
  probes: 254,
  calibration: new Uint8Array(112).fill(255),
};

/** Plain CBOR: without the tags that cbor-x would put before a Map and a byte string. */
const encoder = new Encoder({
  mapsAsObjects: false,
  useTag259ForMaps: false,
  tagUint8Array: false,
} as Options);

export function mapOf(entries: [unknown, unknown][]): Buffer {
  return encoder.encode(new Map(entries));
}

/** A copy that verifies, with any map in it. */
export function copyOfMap(map: Uint8Array, generation = 1): Buffer {
  const header = Buffer.from('634346311a000000001a00000000190000', 'hex');
  header.writeUInt32BE(generation, 5);
  header.writeUInt32BE(crc32(map, crc32(header.subarray(4, 9))), 10);
  header.writeUInt16BE(map.length, 15);
  return Buffer.concat([header, map]);
}

/** A copy of a configuration, also of one that nothing would write. */
export function copyOf(config: Config, generation = 1): Buffer {
  return copyOfMap(
    mapOf([
      [1, config.deviceId],
      [2, config.intervalS],
      [3, config.fixIntervalS],
      [4, config.uplinkIntervalS],
      [5, config.apn],
      [6, config.brokerHost],
      [7, config.brokerPort],
      [8, config.caPem],
      [9, config.deviceKey],
      [10, Number(config.fineResolution)],
      [11, config.coldLimitMilliC],
      [12, config.warmLimitMilliC],
      [13, config.simPin],
      [14, config.powerSavingS],
      [15, config.tripHours],
      [16, config.excursionIntervalS],
      [17, config.rules],
      [18, config.cargoProfile],
      [19, config.probes],
      [20, config.calibration],
    ]),
    generation,
  );
}

export function flashWith(...pages: (Uint8Array | null)[]): MockFlash {
  const flash = mockFlash(2, PAGE_SIZE);
  for (const [page, bytes] of pages.entries()) if (bytes) flash.cells.set(bytes, page * PAGE_SIZE);
  return flash;
}

/** One page of flash that begins with these bytes. */
export function pageWith(bytes: Uint8Array): Uint8Array {
  return flashWith(bytes).cells.slice(0, PAGE_SIZE);
}
