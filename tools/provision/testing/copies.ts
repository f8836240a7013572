/** Copies of a configuration made without the firmware's encoder, and so with anything in them. */
import { crc32 } from 'node:zlib';
import { Encoder, type Options } from 'cbor-x';
import { type LoadedConfig, loadValues } from '../../../firmware/config/load.ts';
import { saveValues } from '../../../firmware/config/save.ts';
import type { Config } from '../../../firmware/config/schema.ts';
import { configOf, outOfRange, valuesOf } from '../../../firmware/config/values.ts';
import type { Crypto } from '../../../hal/crypto.ts';
import { CONFIG_REFUSED } from '../../../hal/faults.ts';
import type { FlashRegion } from '../../../hal/flash.ts';
import { type MockFlash, mockFlash } from '../../../hal/mock/flash.ts';

export const PAGE_SIZE = 4096;

/** A text that passes for a certificate. */
export function pemOf(body: string): string {
  return `-----BEGIN CERTIFICATE-----${body}-----END CERTIFICATE-----`;
}

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
  consolePin: '4711',
  radios: 14,
  setPointMilliC: -18_000,
  trip: 'spring-7',
  container: 'CSQU3054383',
  wagon: '218124712173',
  consignment: 'CIM:702688,SMGS:A-17',
  seals: 'H:ML123456,S:77-A',
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
  caPem: pemOf('x'.repeat(2848)),
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
  consolePin: '12345678',
  radios: 30,
  setPointMilliC: 99_999,
  trip: 'x'.repeat(32),
  container: 'CSQU3054383',
  wagon: '218124712173',
  consignment: 'CIM:0000000000000000,CIM:0000000,SMGS:1234567890',
  seals: 'H:1234567890123456,H:1234567890123456,S:1234567890123456,I:12345',
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
      [21, config.consolePin],
      [22, config.radios],
      [23, config.setPointMilliC],
      [24, config.trip],
      [25, config.container],
      [26, config.wagon],
      [27, config.consignment],
      [28, config.seals],
    ]),
    generation,
  );
}

export function flashWith(...pages: (Uint8Array | null)[]): MockFlash {
  const flash = mockFlash(2, PAGE_SIZE);
  for (const [page, bytes] of pages.entries()) if (bytes) flash.cells.set(bytes, page * PAGE_SIZE);
  return flash;
}

/** A configuration as the console would write it: checked as a whole first. */
export function saveConfig(flash: FlashRegion, crypto: Crypto, config: Config): number {
  return outOfRange(config) === '' ? saveValues(flash, crypto, valuesOf(config)) : CONFIG_REFUSED;
}

/** All of the configuration in force, the CA too. */
export function loadWhole(flash: FlashRegion, crypto: Crypto): LoadedConfig {
  const { values, ...rest } = loadValues(flash, crypto, 'all');
  return { config: configOf(values), ...rest };
}

/** One page of flash that begins with these bytes. */
export function pageWith(bytes: Uint8Array): Uint8Array {
  return flashWith(bytes).cells.slice(0, PAGE_SIZE);
}
